import './style/index.css';
import { createRoot } from 'react-dom/client';
import { remembered } from '../shared/choices.ts';
import { startLanguage } from '../shared/words.ts';
import { App } from './App.tsx';
import { live } from './live/live.ts';
import { session } from './session/session.ts';
import { showChosenTheme } from './shell/theme.ts';
import { startWords } from './words/index.ts';

showChosenTheme();
await Promise.all([startWords(startLanguage(remembered('language'), navigator.languages)), session.check()]);
live.start();
createRoot(document.getElementById('root')!).render(<App />);

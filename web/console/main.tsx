import './style/index.css';
import { createRoot } from 'react-dom/client';
import { remembered } from '../shared/choices.ts';
import { Console } from './Console.tsx';
import { Watch } from './data/watch.ts';
import { browserWorld } from './data/world.ts';
import { Mishap } from './parts/Mishap.tsx';
import { showTheme, themeFrom } from './parts/theme.ts';
import { startLanguage, startWords } from './words/index.ts';

showTheme(themeFrom(remembered('theme')));
await startWords(startLanguage(remembered('language'), navigator.languages));

const watch = new Watch(browserWorld);
watch.connect();
window.addEventListener('online', watch.hurry);
document.addEventListener('visibilitychange', () => document.hidden || watch.hurry());

createRoot(document.getElementById('root')!).render(
  <Mishap>
    <Console watch={watch} />
  </Mishap>,
);

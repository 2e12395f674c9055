import './style/index.css';
import { createRoot } from 'react-dom/client';
import { remembered } from '../shared/choices.ts';
import { showTheme, themeFrom } from '../shared/theme.ts';
import { startLanguage } from '../shared/words.ts';
import { Console } from './Console.tsx';
import { Watch } from './data/watch.ts';
import { browserWorld } from './data/world.ts';
import { Mishap } from './parts/Mishap.tsx';
import { startWords } from './words/index.ts';

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

import { useEffect, useState } from 'react';
import type { Theme } from '../../shared/theme.ts';
import { useStore } from '../live/store.ts';
import { themeChoice } from './theme.ts';

export function useMatches(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const look = () => setMatches(media.matches);
    media.addEventListener('change', look);
    look();
    return () => media.removeEventListener('change', look);
  }, [query]);
  return matches;
}

/** The theme that is shown now: the reader's choice, else the browser's. */
export function useTheme(): Theme {
  const isDark = useMatches('(prefers-color-scheme: dark)');
  const choice = useStore(themeChoice);
  return choice === 'system' ? (isDark ? 'dark' : 'light') : choice;
}

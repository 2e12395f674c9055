// Light, dark, or as the browser has it; and our colours for the parts that antd draws. They are those of
// shared/style/tokens.css: a test holds that.
import { remember, remembered } from '../../shared/choices.ts';
import { showTheme, type Theme, themeFrom } from '../../shared/theme.ts';
import { Store } from '../live/store.ts';

export type ThemeChoice = Theme | 'system';

export const themeChoice = new Store<ThemeChoice>('system');

/** To be called before anything is drawn. */
export function showChosenTheme(): void {
  const chosen = themeFrom(remembered('theme'));
  showTheme(chosen);
  themeChoice.set(chosen ?? 'system');
}

export function chooseTheme(choice: ThemeChoice): void {
  remember('theme', choice);
  showTheme(choice === 'system' ? undefined : choice);
  themeChoice.set(choice);
}

export interface Palette {
  readonly ground: string;
  readonly panel: string;
  readonly raised: string;
  readonly line: string;
  readonly edge: string;
  readonly text: string;
  readonly quiet: string;
  readonly ready: string;
  readonly charging: string;
  readonly low: string;
  readonly bad: string;
  /** On an area filled with one of the four colours above. */
  readonly onColour: string;
}

export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    ground: '#e9edec',
    panel: '#ffffff',
    raised: '#f4f7f6',
    line: '#d5dddb',
    edge: '#7d8c89',
    text: '#13201d',
    quiet: '#4a5b57',
    ready: '#0a7a56',
    charging: '#1d6bb0',
    low: '#955a00',
    bad: '#bd2c22',
    onColour: '#ffffff',
  },
  dark: {
    ground: '#0a0f12',
    panel: '#11181c',
    raised: '#182126',
    line: '#26323a',
    edge: '#62757f',
    text: '#e8eef0',
    quiet: '#a3b3ba',
    ready: '#41cf9c',
    charging: '#62acea',
    low: '#e9a945',
    bad: '#ff8576',
    onColour: '#06251b',
  },
};

export const font =
  '"Inter", "SF Pro Text", "Segoe UI", system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif';

export type Theme = 'light' | 'dark';

export const themeFrom = (text: string | undefined): Theme | undefined =>
  text === 'light' || text === 'dark' ? text : undefined;

/** Without a choice the browser decides, also when it changes its mind at nightfall. */
export function showTheme(chosen: Theme | undefined): void {
  if (chosen) document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
}

export const themeNow = (chosen: Theme | undefined): Theme =>
  chosen ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

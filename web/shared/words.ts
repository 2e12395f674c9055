// What both pages know of language: which there are, and with which one a reader begins.
import type { en as consoleWords } from '../console/words/en/index.ts';
import type { en as liveWords } from '../live/words/en.ts';

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    /** `translation` is the public page's, `console` the console's. */
    resources: { translation: typeof liveWords; console: typeof consoleWords };
  }
}

/** The language to start with: the reader's choice, else the first of the browser's that we speak. */
export function startLanguage(chosen: string | undefined, browser: readonly string[]): Language {
  const known = languages.find((it) => it === chosen);
  if (known) return known;
  const spoken = browser.map((it) => it.toLowerCase().split('-')[0]).find((it) => it === 'zh' || it === 'en');
  return spoken === 'zh' ? 'zh-CN' : 'en';
}

/** The same keys, whatever the texts: what a second language has to fill. */
export type Texts<T> = { [Key in keyof T]: T[Key] extends string ? string : Texts<T[Key]> };

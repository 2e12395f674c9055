import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import { zh } from './zh.ts';

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** The language to start with: the reader's choice, else the first of the browser's that we speak. */
export function startLanguage(chosen: string | undefined, browser: readonly string[]): Language {
  const known = languages.find((it) => it === chosen);
  if (known) return known;
  const spoken = browser.map((it) => it.toLowerCase().split('-')[0]).find((it) => it === 'zh' || it === 'en');
  return spoken === 'zh' ? 'zh-CN' : 'en';
}

export async function startWords(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, 'zh-CN': { translation: zh } },
    interpolation: { escapeValue: false },
  });
}

// Words of the console. Only the language in use is loaded.
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { remember } from '../../shared/choices.ts';
import { type Formats, formatsFor } from '../../shared/formats.ts';
import type { Language } from '../../shared/words.ts';

const load = {
  'zh-CN': async () => (await import('./zh/index.ts')).zh,
  en: async () => (await import('./en/index.ts')).en,
};

async function say(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'console'))
    i18next.addResourceBundle(language, 'console', await load[language]());
  document.documentElement.lang = language;
}

export async function startWords(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    ns: ['console'],
    defaultNS: 'console',
    resources: {},
    interpolation: { escapeValue: false }, // React does it
  });
  await say(language);
}

export async function chooseLanguage(language: Language): Promise<void> {
  remember('language', language);
  await say(language);
  await i18next.changeLanguage(language);
}

/** `t('devices.title')`, with keys that the compiler knows, and the language in use. */
export function useWords() {
  const { t, i18n } = useTranslation('console');
  return { t, language: i18n.language as Language };
}

export const useFormats = (): Formats => {
  const { language } = useWords();
  return formatsFor(language);
};

export type T = ReturnType<typeof useWords>['t'];

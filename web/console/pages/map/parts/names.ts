// Codes in words: kinds of stations, regions, steps of a swap. What nobody has a word for is said as it is.
import { provinces } from '../../../basemap/provinces.ts';
import { useWords } from '../../../words/index.ts';
import { stateInWords } from '../../swap/said.ts';

const profiles = ['chassis-robot', 'truck-side', 'truck-top', 'cabinet'] as const;
const provinceOf = new Map(Object.values(provinces).map((it) => [it.iso, it]));

export function useNamed() {
  const { t, language } = useWords();
  return {
    profile: (code: string | undefined): string => {
      const known = profiles.find((it) => it === code);
      return known ? t(`map.profile.${known}`) : (code ?? '–');
    },
    /** CN-GD-SZ: province and what the operator calls the rest. */
    region: (code: string | undefined): string => {
      if (!code) return '–';
      const [country, part, ...rest] = code.split('-');
      const province = country === 'CN' ? provinceOf.get(part ?? '') : undefined;
      if (!province) return code;
      return [language === 'en' ? province.en : province.zh, ...rest].join(' · ');
    },
    step: (state: string): string => stateInWords(t, state),
  };
}

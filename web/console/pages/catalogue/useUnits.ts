import { useFormats, useWords } from '../../words/index.ts';
import type { Line } from './Detail.tsx';
import type { Mount, Range } from './models.ts';

/** Figures of the catalogue with their units. */
export function useUnits() {
  const { t } = useWords();
  const { number, count, energy, power, wholeYuan } = useFormats();
  const range = ({ min, max }: Range, unit = '') =>
    min === max
      ? `${number(min, 1)}${unit}`
      : t('catalogue.range', { min: number(min, 1), max: `${number(max, 1)}${unit}` });
  const yesNo = (it: boolean) => t(it ? 'catalogue.yes' : 'catalogue.no');
  const mount = (it: Mount): Line[] =>
    (
      [
        [t('catalogue.size'), `${it.lengthMm} × ${it.widthMm} × ${it.heightMm} mm`],
        [t('catalogue.lock'), it.lock],
        [t('catalogue.electrical'), it.electrical],
        [t('catalogue.cooling'), it.cooling],
        [t('catalogue.bms'), it.bms],
      ] as const
    ).map(([title, value]) => ({ field: 'mount', title, value }));
  return {
    t,
    number,
    count,
    energy,
    power,
    price: (fen: number | null) => (fen === null ? '–' : wholeYuan(fen)),
    range,
    yesNo,
    mount,
    kg: (it: number) => `${count(it)} kg`,
    mm: (it: number | null) => (it === null ? '–' : `${count(it)} mm`),
    volts: (it: number) => `${number(it, 1)} V`,
  };
}

// The parts of a pack's code in words. What the server says of a part and we have no words for stands as it came.
import type { en } from '../../words/en/index.ts';
import type { T } from '../../words/index.ts';
import type { Story } from './Pack.tsx';

type Part = Story['code']['parts'][number];
type Words = (typeof en)['pack']['code'];

const partNames = [
  'manufacturer',
  'productType',
  'batteryType',
  'specification',
  'traceability',
  'date',
  'serial',
  'secondUse',
  'enterprise',
  'design',
  'variable',
] as const satisfies readonly (keyof Words['of'])[];
const products = ['P', 'M', 'C'] as const satisfies readonly (keyof Words['product'])[];
const batteries = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'Z'] as const satisfies readonly (keyof Words['battery'])[];

const oneOf = <Word extends string>(words: readonly Word[], it: string): Word | undefined =>
  words.find((word) => word === it);

export function partInWords({ part }: Part, t: T): string {
  const name = oneOf(partNames, part);
  return name ? t(`pack.code.of.${name}`) : part;
}

const GBT_34014 = 'GB/T 34014-2017';

export function meaningInWords(
  { part, written, meaning }: Part,
  standard: string,
  { t, count }: { t: T; count: (value: number) => string },
): string {
  if (standard !== GBT_34014) return meaning;
  switch (part) {
    case 'manufacturer':
      return t('pack.code.assigned');
    case 'specification':
    case 'traceability':
      return t('pack.code.filed');
    case 'productType': {
      const product = oneOf(products, written);
      return product ? t(`pack.code.product.${product}`) : meaning;
    }
    case 'batteryType': {
      const battery = oneOf(batteries, written);
      return battery ? t(`pack.code.battery.${battery}`) : meaning;
    }
    case 'secondUse': {
      const product = oneOf(products, written.at(-1) ?? '');
      return product ? t(`pack.code.product.${product}`) : meaning;
    }
    case 'serial': {
      const no = /\d+/.exec(meaning)?.[0];
      return no ? t('pack.code.serialOf', { no: count(Number(no)) }) : meaning;
    }
    default:
      return meaning;
  }
}

// What the palette offers, and what of it fits what was typed. Pure.
import type { IconName } from '../shell/icons.tsx';

export interface Entry {
  readonly key: string;
  readonly kind: 'page' | 'action' | 'station' | 'pack' | 'vehicle' | 'driver' | 'account' | 'swap';
  readonly title: string;
  readonly icon: IconName;
  /** Other words that find it. */
  readonly also?: string;
  /** Where it leads, below /console … */
  readonly to?: string;
  /** … or what it does. */
  readonly act?: () => void;
}

/** Every word typed occurs in the title or beside it; those that begin with what was typed come first. */
export function fitting(entries: readonly Entry[], text: string): readonly Entry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  const whole = text.trim().toLowerCase();
  return entries
    .filter((it) => {
      const said = `${it.title} ${it.also ?? ''}`.toLowerCase();
      return words.every((word) => said.includes(word));
    })
    .toSorted((a, b) => Number(begins(b, whole)) - Number(begins(a, whole)));
}

const begins = (it: Entry, text: string): boolean => it.title.toLowerCase().startsWith(text);

const swapId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A swap is found by its whole id only. */
export const swapEntry = (text: string): readonly Entry[] =>
  swapId.test(text.trim())
    ? [{ key: `swap ${text}`, kind: 'swap', title: text.trim(), icon: 'swaps', to: `/swaps/${text.trim()}` }]
    : [];

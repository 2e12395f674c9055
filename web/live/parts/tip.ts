// The one tooltip of the page: who wants it shows it, parts/Tip.tsx draws it.
import type { Slot } from '../data/contract.ts';

export interface TipFor {
  readonly slot: Slot;
  readonly beside: DOMRect;
}

let shown: TipFor | undefined;
const readers = new Set<() => void>();

export function showTip(tip: TipFor | undefined): void {
  shown = tip;
  for (const read of readers) read();
}

export const tipShown = (): TipFor | undefined => shown;
export const onTip = (reader: () => void): (() => void) => {
  readers.add(reader);
  return () => void readers.delete(reader);
};

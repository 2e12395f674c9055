// Which packs a station gives. It knows its own stock only: what fits the vehicle, what is charged enough, what works.
import { storedAboveWh } from '../pack.ts';
import type { Slot } from './memory.ts';

export interface Wish {
  readonly packModelIds: readonly string[];
  /** How many packs the vehicle runs on. */
  readonly count: number;
  readonly targetSoc: number;
  /** The slots whose packs the server has set aside for this driver, if it said so. */
  readonly slots?: readonly number[];
}

/** The packs set aside for the driver; else the fullest charged ones that fit, all of one model; or there are not enough. */
export function chosen(
  slots: readonly Slot[],
  { packModelIds, count, targetSoc, slots: setAside }: Wish,
): Slot[] | undefined {
  const ready = slots.filter(
    (it) =>
      it.pack && it.operative && !it.isLifted && it.pack.soc >= targetSoc && packModelIds.includes(it.pack.modelId),
  );
  const wanted = ready.filter((it) => setAside?.includes(it.no));
  if (wanted.length === count) return wanted;
  const byModel = Map.groupBy(ready, (it) => it.pack!.modelId);
  return [...byModel.values()]
    .filter((it) => it.length >= count)
    .map((it) => it.toSorted(fullestFirst).slice(0, count))
    .toSorted(([a], [b]) => fullestFirst(a!, b!))[0];
}

const fullestFirst = (a: Slot, b: Slot): number => storedAboveWh(b.pack!, 0) - storedAboveWh(a.pack!, 0) || a.no - b.no;

/** Empty slots for the packs that come in. Not enough: then they go where the packs that go out have been (Out-In). */
export const freeSlots = (slots: readonly Slot[], count: number): Slot[] | undefined => {
  const free = slots.filter((it) => it.pack === undefined && it.operative);
  return free.length >= count ? free.slice(0, count) : undefined;
};

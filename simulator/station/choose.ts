// Which packs a station gives. It knows its own stock only: what fits the vehicle, what is charged enough, what works.
import type { Slot } from './memory.ts';

export interface Wish {
  readonly packModelIds: readonly string[];
  /** How many packs the vehicle runs on. */
  readonly count: number;
  readonly targetSoc: number;
}

/** The fullest charged packs that fit, all of one model; nothing when there are not enough. */
export function chosen(slots: readonly Slot[], { packModelIds, count, targetSoc }: Wish): Slot[] | undefined {
  const ready = slots.filter(
    (it) =>
      it.pack && it.operative && !it.isLifted && it.pack.soc >= targetSoc && packModelIds.includes(it.pack.modelId),
  );
  const byModel = Map.groupBy(ready, (it) => it.pack!.modelId);
  return [...byModel.values()]
    .filter((it) => it.length >= count)
    .map((it) => it.toSorted((a, b) => b.pack!.soc - a.pack!.soc || a.no - b.no).slice(0, count))
    .toSorted((a, b) => b[0]!.pack!.soc - a[0]!.pack!.soc || a[0]!.no - b[0]!.no)[0];
}

/** Empty slots for the packs that come in. Not enough: then they go where the packs that go out have been (Out-In). */
export const freeSlots = (slots: readonly Slot[], count: number): Slot[] | undefined => {
  const free = slots.filter((it) => it.pack === undefined && it.operative);
  return free.length >= count ? free.slice(0, count) : undefined;
};

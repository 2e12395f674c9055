// How old a figure is that is made of many readings: as old as the oldest of them. Pure.
import type { Twin } from './Station.tsx';

type Slot = Twin['slots'][number];

/** When the oldest of these slots' readings was measured; undefined when none of them has one. */
export function oldestReading(
  slots: readonly Pick<Slot, 'measuredAt' | 'packCode' | 'powerW'>[],
  isMeant: (slot: Pick<Slot, 'packCode' | 'powerW'>) => boolean,
): string | undefined {
  const times = slots.flatMap((it) => (isMeant(it) && it.measuredAt ? [it.measuredAt] : []));
  return times.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0];
}

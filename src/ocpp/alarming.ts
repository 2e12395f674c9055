// Which samples cannot wait for the end of a charge. Cheap, for it looks at every message: what is alarming is judged by
// others, with the minutes before it.
import type { MeterValue } from './schema/types.ts';

/** No pack that is well gets so warm in a slot, and none runs away below. Makers allow 60 to 65 (GB/T 44500-2024 Annex B). */
const WARM_C = 50;
/** GB 38031-2025 C.5.3.7 (a): a voltage falls by a quarter of what it was; no sound cell is so far below its neighbours. */
const FALLEN = 0.75;

/** Whether a pack may be running away, by what its cells and probes show now (docs/decisions/0012). */
export const isAlarming = (values: readonly MeterValue[] | undefined): boolean =>
  values?.some(({ customData }) => {
    const { vendorId, cellMv, probesC } = (customData ?? {}) as Readonly<Record<string, unknown>>;
    return vendorId === 'org.packloop' && (isWarm(probesC) || isFallen(cellMv));
  }) ?? false;

const isWarm = (probesC: unknown): boolean => numbersIn(probesC).some((it) => it >= WARM_C);

function isFallen(cellMv: unknown): boolean {
  const cells = numbersIn(cellMv);
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const it of cells) {
    if (it < least) least = it;
    if (it > most) most = it;
  }
  return least < FALLEN * most;
}

const numbersIn = (value: unknown): readonly number[] =>
  Array.isArray(value) ? value.filter((it) => typeof it === 'number') : [];

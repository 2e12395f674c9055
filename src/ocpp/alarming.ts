// Which samples cannot wait for the end of a charge. Cheap, for it looks at every message: what is alarming is judged by
// others, with the minutes before it.
import { isAlarmingC } from '#station';
import type { Celsius } from '#units';
import type { MeterValue } from './schema/types.ts';

/** GB 38031-2025 C.5.3.7 (a): a voltage falls by a quarter of what it was; no sound cell is so far below its neighbours. */
const FALLEN = 0.75;
/** Makers end a discharge at 2 V or more: all cells may fall at once. */
const LOW_MV = 1500;
/** GB 18384-2020 5.1.4.1: poles against body, for direct current. */
const LAW_OHM_PER_V = 100;

/** Whether a pack may be running away, by what its cells and probes show now (docs/decisions/0012). */
export const isAlarming = (values: readonly MeterValue[] | undefined): boolean =>
  values?.some(({ customData }) => {
    const { vendorId, cellMv, probesC, insulationOhmPerV } = (customData ?? {}) as Readonly<Record<string, unknown>>;
    const isBare = typeof insulationOhmPerV === 'number' && insulationOhmPerV < LAW_OHM_PER_V;
    return vendorId === 'org.packloop' && (isWarm(probesC) || isFallen(cellMv) || isBare);
  }) ?? false;

/** What a thermometer of a pack reads, in degrees Celsius; beyond it is an open wire or a short one. */
const readable = (celsius: number): boolean => celsius >= -50 && celsius <= 200;

/** How warm a pack is by the warmest of its thermometers, in the newest of these values that tells it. */
export function warmest(values: readonly MeterValue[] | undefined): Celsius | undefined {
  for (const { customData } of values?.toReversed() ?? []) {
    const { vendorId, probesC } = (customData ?? {}) as Readonly<Record<string, unknown>>;
    const read = vendorId === 'org.packloop' ? numbersIn(probesC).filter(readable) : [];
    if (read.length > 0) return Math.max(...read) as Celsius;
  }
  return undefined;
}

const isWarm = (probesC: unknown): boolean => numbersIn(probesC).some(isAlarmingC);

function isFallen(cellMv: unknown): boolean {
  const cells = numbersIn(cellMv);
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const it of cells) {
    if (it < least) least = it;
    if (it > most) most = it;
  }
  return least < FALLEN * most || least < LOW_MV;
}

const numbersIn = (value: unknown): readonly number[] =>
  Array.isArray(value) ? value.filter((it) => typeof it === 'number') : [];

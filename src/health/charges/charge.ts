// One charge of one pack in a slot, as the station told it, and what of it can be used.
import { type Pack, packModel } from '#pack';
import type { Celsius, Instant, PackCode, Percent, StationId } from '#units';
import type { Abstention } from '../api/charge.ts';

/** What a station read at one moment; it may tell less. */
export interface ChargeSample {
  readonly at: Instant;
  /** As the pack's own management believes. */
  readonly soc?: Percent;
  /** At the poles of the pack. */
  readonly voltageV?: number;
  /** Positive charges. */
  readonly currentA?: number;
  readonly probesC?: readonly number[];
}

export interface Charge {
  readonly stationId: StationId;
  readonly transactionId: string;
  readonly packCode: PackCode;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly samples: readonly ChargeSample[];
}

/** What the pack's plate says. */
export interface Plate {
  readonly chemistry: 'LFP' | 'NMC';
  /** Cells, or groups of parallel cells, in series. */
  readonly series: number;
  readonly capacityAh: number;
}

export function plateOf(pack: Pack | undefined): Plate | undefined {
  const model = pack && packModel(pack.model);
  return model && { chemistry: model.chemistry, series: model.series, capacityAh: pack.capacityWh / model.nominalV };
}

/** A usable reading, small enough to be kept for ever: an estimate must be repeatable. */
export interface Point {
  /** Since the charge began. */
  readonly s: number;
  /** Of a typical cell. */
  readonly cellV: number;
  /** Positive charges. */
  readonly a: number;
  readonly celsius: Celsius;
  /** 0 to 100, null where the pack told none. */
  readonly soc: number | null;
}

/** No cell of ours is ever outside; what is, was told in another unit or by a broken sensor. */
const CELL_V = { least: 1.5, most: 5 };
/** As a multiple of 1C: no pack of ours is charged so fast. Assumed. */
const MOST_C = 10;
const FEWEST = 8;
/** Nothing is known of the current between two readings that lie further apart. */
const LONGEST_GAP_S = 15 * 60;
/** A smaller part of the plate's charge tells too little of the whole. */
const LEAST_SHARE = 0.15;
/** Where no probe told anything. Assumed. */
const ROOM_C = 25 as Celsius;

/** The readings that can be used, in time order, or why the charge cannot be. */
export function pointsOf({ samples, startedAt }: Charge, plate: Plate): Point[] | Abstention {
  const withVoltage = samples.filter((it) => Number.isFinite(it.voltageV));
  if (withVoltage.length === 0) return 'no-voltage';
  const complete = withVoltage.filter((it) => Number.isFinite(it.currentA));
  if (complete.length === 0) return 'no-current';
  const points: Point[] = [];
  for (const it of complete.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))) {
    const s = (it.at.epochMilliseconds - startedAt.epochMilliseconds) / 1000;
    const cellV = it.voltageV! / plate.series;
    if (cellV < CELL_V.least || cellV > CELL_V.most) return 'voltage-implausible';
    if (Math.abs(it.currentA!) > MOST_C * plate.capacityAh) return 'current-implausible';
    if (s < (points.at(-1)?.s ?? Number.NEGATIVE_INFINITY) + 1) continue; // told twice
    points.push({ s, cellV, a: it.currentA!, celsius: warmth(it.probesC), soc: it.soc ?? null });
  }
  dropLongRest(points, plate);
  if (points.length < FEWEST) return 'too-few-readings';
  const isGap = (it: Point, index: number) => index > 0 && it.s - points[index - 1]!.s > LONGEST_GAP_S;
  if (points.some(isGap)) return 'readings-missing';
  return chargedAh(points, plate) < LEAST_SHARE * plate.capacityAh ? 'too-short' : points;
}

/** How the pack rests long after its charge is not part of it. */
function dropLongRest(points: Point[], plate: Plate): void {
  const last = points.findLast((it) => !isAtRest(it, plate));
  while (last && points.at(-1)!.s > last.s + LONGEST_GAP_S) points.pop();
}

/** Below this current, as a share of 1C, a pack is at rest. */
const REST_C = 0.01;
export const isAtRest = ({ a }: Pick<Point, 'a'>, { capacityAh }: Pick<Plate, 'capacityAh'>): boolean =>
  Math.abs(a) < REST_C * capacityAh;

/**
 * The current in the first half of the time between two readings. A charger is switched on and off at once, so that what
 * was read last is what ran; in between its current goes in straight lines.
 */
export const currentBefore = (
  before: Pick<Point, 'a'>,
  it: Pick<Point, 'a'>,
  plate: Pick<Plate, 'capacityAh'>,
): number => (isAtRest(before, plate) || isAtRest(it, plate) ? it.a : before.a);

/** What flowed in, in Ah. */
const chargedAh = (points: readonly Point[], plate: Plate): number =>
  points.reduce((sum, it, index) => {
    const before = points[index - 1];
    return before ? sum + ((it.a + currentBefore(before, it, plate)) / 2) * ((it.s - before.s) / 3600) : sum;
  }, 0);

function warmth(probesC: readonly number[] | undefined): Celsius {
  const told = (probesC ?? []).filter((it) => Number.isFinite(it) && it > -60 && it < 150).toSorted((a, b) => a - b);
  return (told[told.length >> 1] ?? ROOM_C) as Celsius;
}

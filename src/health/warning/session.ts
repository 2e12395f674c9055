// What a station or a T-Box sees of one pack: one charge in a slot, or one rest of at least half an hour. Missing readings
// are null; a reading that is no number is refused, because nothing after it could be trusted.
import type { Chemistry } from '#twin/api';

/** What is known of a pack before anything is measured. */
export interface PackFacts {
  readonly chemistry: Chemistry;
  readonly capacityAh: number;
  /** Cells, or groups of parallel cells, in series. */
  readonly cells: number;
  /** Temperature sensors; each is beside as many cells as the others, in order. */
  readonly probes: number;
  /** The highest temperature its maker allows, in °C. GB/T 44500-2024 Annex B: LFP 65, NMC 60, where the maker is silent. */
  readonly hottestC: number;
}

/** So long a pack rests before its cells are compared, in seconds. */
export const REST_S = 1800;
/** The charge, 0 to 1, at which all cells are read under the same current. */
export const EQUAL_SOC = 0.6;

/** Where in a session all cells are read at once, so that they can be compared. */
export type PointName = 'rest-before' | 'equal-soc' | 'end-of-charge' | 'rest-after';

export interface Point {
  readonly at: PointName;
  /** Positive charges. */
  readonly currentA: number | null;
  /** As the pack says, 0 to 100. */
  readonly soc: number | null;
  /** One for each cell. */
  readonly cellMv: readonly (number | null)[];
}

export interface Session {
  readonly kind: 'charge' | 'rest';
  /** Seconds since 1970. A rest ends with the point `rest-after`; a charge, half an hour after its current. */
  readonly startedS: number;
  readonly endedS: number;
  readonly points: readonly Point[];
  /** As the pack says, 0 to 100, at the beginning and the end. */
  readonly socBefore: number | null;
  readonly socAfter: number | null;
  /** Counted by the station; of a rest nothing. */
  readonly chargedAh: number | null;
  /** Seconds in which current flowed. */
  readonly chargingS: number | null;
  /** One for each probe, when the current began and when it ended; of a rest at both its ends. */
  readonly probeBeforeC: readonly (number | null)[];
  readonly probeAfterC: readonly (number | null)[];
  readonly ambientC: number | null;
  /** Poles against body. */
  readonly insulationKOhm: number | null;
}

/** One moment of the stream, 1 to 60 s apart, for the rule of thermal runaway. */
export interface Sample {
  readonly atS: number;
  readonly currentA: number | null;
  readonly cellMv: readonly (number | null)[];
  readonly probeC: readonly (number | null)[];
}

export class WrongSession extends RangeError {
  override readonly name = 'WrongSession';
}

/** @throws WrongSession when figures are no numbers, too few or too many, or in another unit than their names say */
export function demandSession(session: Session, facts: PackFacts): void {
  const { startedS, endedS, points } = session;
  if (!(Number.isFinite(startedS) && Number.isFinite(endedS) && endedS > startedS))
    throw new WrongSession(`a session ends after it began, got ${startedS} to ${endedS}`);
  demandNumber('socBefore', session.socBefore, 0, 100);
  demandNumber('socAfter', session.socAfter, 0, 100);
  demandNumber('chargedAh', session.chargedAh, 0, 1e5);
  demandNumber('chargingS', session.chargingS, 0, endedS - startedS);
  demandNumber('ambientC', session.ambientC, -60, 80);
  demandNumber('insulationKOhm', session.insulationKOhm, 0, 1e9);
  demandProbes('probeBeforeC', session.probeBeforeC, facts);
  demandProbes('probeAfterC', session.probeAfterC, facts);
  for (const [n, point] of points.entries()) {
    if (points.findIndex((it) => it.at === point.at) !== n) throw new WrongSession(`two points are ${point.at}`);
    demandNumber(`${point.at}: currentA`, point.currentA, -1e5, 1e5);
    demandNumber(`${point.at}: soc`, point.soc, 0, 100);
    demandCells(point.at, point.cellMv, facts);
  }
}

/**
 * @param knownMv the highest that a cell of this pack is known to have shown in mV; 0 when none is
 * @throws WrongSession as `demandSession`
 */
export function demandSample(sample: Sample, facts: PackFacts, { knownMv = 0 } = {}): void {
  if (!Number.isFinite(sample.atS)) throw new WrongSession(`a sample has a moment, got ${sample.atS}`);
  demandNumber('currentA', sample.currentA, -1e5, 1e5);
  demandCells('sample', sample.cellMv, facts, knownMv);
  demandProbes('probeC', sample.probeC, facts);
}

/** @throws RangeError when no pack is like that */
export function demandFacts({ capacityAh, cells, probes, hottestC }: PackFacts): void {
  if (!(Number.isInteger(cells) && cells >= 1 && cells <= 1000)) throw new RangeError(`no pack has ${cells} cells`);
  if (!(Number.isInteger(probes) && probes >= 0 && probes <= cells))
    throw new RangeError(`no pack has ${probes} probes`);
  if (!(capacityAh > 0 && capacityAh < 1e5)) throw new RangeError(`no pack holds ${capacityAh} Ah`);
  if (!(hottestC > 30 && hottestC < 150)) throw new RangeError(`no maker allows ${hottestC} °C`);
}

/** Which probe is beside a cell. */
export const probeOf = ({ cells, probes }: PackFacts, cell: number): number =>
  probes === 0 ? -1 : Math.min(probes - 1, Math.floor(cell / Math.ceil(cells / probes)));

export const pointOf = (session: Session, at: PointName): Point | undefined =>
  session.points.find((it) => it.at === at);

const LEAST_MV = 500;

function demandCells(what: string, cellMv: readonly (number | null)[], { cells }: PackFacts, knownMv = 0): void {
  if (cellMv.length !== cells) throw new WrongSession(`${what}: ${cellMv.length} voltages of ${cells} cells`);
  let highest: number | undefined;
  for (const it of cellMv) {
    if (it === null) continue;
    if (!(it >= 0 && it <= 6000)) throw new WrongSession(`${what}: a cell is at 0 to 6000 mV, got ${it}`);
    if (highest === undefined || it > highest) highest = it;
  }
  // A cell can be dead; that all of them are is a reading in volts, unless they were told in mV before and fell.
  if (highest !== undefined && highest < LEAST_MV && knownMv < LEAST_MV)
    throw new WrongSession(`${what}: no cell above ${highest} mV: volts?`);
}

function demandProbes(what: string, probeC: readonly (number | null)[], { probes }: PackFacts): void {
  if (probeC.length !== probes) throw new WrongSession(`${what}: ${probeC.length} temperatures of ${probes} probes`);
  for (const it of probeC) demandNumber(what, it, -60, 2000);
}

function demandNumber(what: string, value: number | null, from: number, to: number): void {
  if (value !== null && !(value >= from && value <= to))
    throw new WrongSession(`${what} is from ${from} to ${to}, got ${value}`);
}

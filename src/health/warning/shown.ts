// What the sessions of a healthy simulated pack show, reckoned at their few moments.
//
// The same as stepping the twin by minutes: voltages at rest (half an hour is 60 time constants of the slow part) and under a
// current that has flowed for minutes. Approximate: warmth of a charge with one resistance for all of it; the test beside
// says by how much. Added, because the twin does not have it, and ASSUMED: cells that leak a little differently and are
// balanced against it, probes that are not equally warm, weather in the insulation, a pack's own error about its charge.
import { COOLED_S, coldness, normal, type PackTwin, usualSensors as sensors, valueAt } from '#twin';
import { type Chance, chance } from '#units';
import type { Life } from './healthy.ts';
import { EQUAL_SOC, type Point, type PointName, probeOf, REST_S, type Session } from './session.ts';

export const DAY_S = 86_400;
/** A waiting pack is read so often: each is a session of rest. */
export const ROUND_S = 2 * 3600;
const STATION_C = 25;
const BALANCED_DAYS = 90;

/** Deviations of what is added to the twin. */
export const assumed = {
  /** Of a cell's charge from its pack's, of 1, as balancing leaves it. */
  unbalanced: 0.0015,
  /** Of a probe, in K under load. */
  probeK: 0.7,
  ambientK: 1,
  /** Of insulation: between packs and between sessions, as logarithms; and for each K outside. */
  insulation: { kOhm: 4000, packs: 0.4, sessions: 0.15, perK: -0.01 },
  /** Of a told charge, in percent: of the pack, of a session, of what rest corrects. */
  told: { pack: 0.8, session: 0.7, rest: 0.3 },
  counter: 0.005,
} as const;

export interface Arrival {
  /** 0 to 1. */
  readonly from: number;
  readonly chargeC: number;
  readonly arrivesC: number;
  readonly weatherC: number;
  /** It rests for half an hour before it is charged, and is read then. */
  readonly waitsFirst: boolean;
  /** Its cells are read on the way up too. */
  readonly readsMidway: boolean;
}

/**
 * How the sessions of one pack look; `twin` may age between them.
 * @param isExact nothing errs and all cells are balanced: for holding it against the twin
 */
export function shownBy({ facts, chargeTo }: Life, twin: PackTwin, dice: Chance, isExact = false) {
  const { kind, nominalAh, capacityAh, ohms } = twin.cells;
  const noise = isExact ? () => 0 : drawsOf(dice);
  const drops = isExact ? () => false : dropsOf(dice, sensors.dropout);
  const many = facts.cells;
  const drawn = (length: number, by: number) => Float64Array.from({ length }, () => by * noise());
  const first = drawn(many, assumed.unbalanced);
  const last = drawn(many, assumed.unbalanced);
  const probeK = drawn(facts.probes, assumed.probeK);
  const soundKOhm = assumed.insulation.kOhm * Math.exp(assumed.insulation.packs * noise());
  const bias = assumed.told.pack * noise();
  const counter = 1 + assumed.counter * noise();

  /** Charge of all cells when the pack is at `soc` of a charge that ended at `top`. */
  const charges = (soc: number, top: number, atS: number): Float64Array => {
    const kept = Math.exp(-atS / DAY_S / BALANCED_DAYS);
    const mean = meanOf(capacityAh);
    return capacityAh.map((ah, i) =>
      within(top + (soc - top) * (mean / ah) + last[i]! + (first[i]! - last[i]!) * kept),
    );
  };
  /** The fullest cell ends the charge of all. */
  const topAt = (atS: number): number => {
    const kept = Math.exp(-atS / DAY_S / BALANCED_DAYS);
    const fullest = last.reduce((most, it, i) => Math.max(most, it + (first[i]! - it) * kept), 0);
    return Math.min(chargeTo, 1 - fullest);
  };
  const read = (at: PointName, soc: Float64Array, amps: number, celsius: Float64Array): Point => {
    const cold = celsius.map((it) => (1000 * coldness(kind, it)) / nominalAh);
    const cellMv: (number | null)[] = [];
    for (let i = 0; i < many; i++) {
      const ohm =
        amps === 0
          ? 0
          : cold[probeOf(facts, i)]! * ohms[i]! * (kind.ohmAh * valueAt(kind.ohmShape, soc[i]!) + kind.slowOhmAh);
      const mv = 1000 * (valueAt(kind.ocvV, soc[i]!) + sensors.voltNoise * noise()) + amps * ohm;
      cellMv.push(drops() ? null : Math.round(mv));
    }
    const currentA = amps === 0 ? 0 : amps + sensors.currentNoise * nominalAh * noise();
    return { at, currentA, soc: told(meanOf(soc)), cellMv };
  };
  /** Above this current a cell would pass its highest voltage. */
  const limitA = (soc: Float64Array, celsius: Float64Array): number => {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < many; i++) {
      const ohm =
        ohms[i]! *
        coldness(kind, celsius[probeOf(facts, i)]!) *
        (kind.ohmAh * valueAt(kind.ohmShape, soc[i]!) + kind.slowOhmAh);
      least = Math.min(least, ((kind.maxV - valueAt(kind.ocvV, soc[i]!)) * nominalAh) / ohm);
    }
    return least;
  };
  const told = (soc: number) => Math.round(100 * within(soc + (bias + assumed.told.session * noise()) / 100));
  const probes = (celsius: Float64Array) =>
    Array.from(celsius, (it) => (drops() ? null : Math.round(it / sensors.celsiusStep) * sensors.celsiusStep));
  const insulation = (weatherC: number) =>
    drops()
      ? null
      : Math.round(
          soundKOhm * Math.exp(assumed.insulation.perK * (weatherC - 15) + assumed.insulation.sessions * noise()),
        );

  return {
    charge(atS: number, { from, chargeC, arrivesC, weatherC, waitsFirst, readsMidway }: Arrival): Session {
      const amps = chargeC * nominalAh;
      const ambientC = STATION_C + assumed.ambientK * noise();
      const top = topAt(atS);
      const chargedAh = (top - from) * meanOf(capacityAh);
      const chargingS = (3600 * chargedAh) / amps;
      const beganS = atS + (waitsFirst ? REST_S : 0);
      const before = probeK.map((it) => arrivesC + it / 2);
      const ohm =
        (meanOf(ohms) * (MEAN_SHAPE * kind.ohmAh + kind.slowOhmAh) * coldness(kind, (arrivesC + ambientC) / 2 + 2)) /
        nominalAh;
      const watts = amps ** 2 * ohm + amps * (ambientC + 275) * kind.entropyVPerK;
      const kept = Math.exp(-chargingS / COOLED_S);
      const warmed = (watts / (kind.heatJPerK * nominalAh)) * COOLED_S * (1 - kept);
      const after = before.map((it, p) => ambientC + (it - ambientC) * kept + warmed + probeK[p]!);
      const rested = after.map((it) => ambientC + (it - ambientC) * Math.exp(-REST_S / COOLED_S));
      const full = charges(top, top, atS);
      const endsA = Math.min(amps, Math.max(0.05 * nominalAh, limitA(full, after)));
      return {
        kind: 'charge',
        startedS: atS,
        endedS: beganS + chargingS + REST_S,
        points: [
          ...(waitsFirst ? [read('rest-before', charges(from, top, atS), 0, before)] : []),
          ...(readsMidway ? [read('equal-soc', charges(EQUAL_SOC, top, atS), amps, after)] : []),
          read('end-of-charge', full, endsA, after),
          read('rest-after', full, 0, rested),
        ],
        socBefore: told(from),
        socAfter: told(top),
        chargedAh: chargedAh * counter,
        chargingS,
        probeBeforeC: probes(before),
        probeAfterC: probes(after),
        ambientC: Math.round(ambientC),
        insulationKOhm: insulation(weatherC),
      };
    },
    rest(fromS: number, toS: number, weatherC: number): Session {
      const ambientC = STATION_C + assumed.ambientK * noise();
      const top = topAt(toS);
      const celsius = probeK.map((it) => ambientC + it / 3);
      const point = read('rest-after', charges(top, top, toS), 0, celsius);
      return {
        kind: 'rest',
        startedS: fromS,
        endedS: toS,
        points: [point],
        socBefore: point.soc,
        socAfter:
          point.soc === null
            ? null
            : Math.min(100, Math.max(0, point.soc + Math.round(0.5 * noise() + assumed.told.rest * noise()))),
        chargedAh: null,
        chargingS: null,
        probeBeforeC: probes(celsius),
        probeAfterC: probes(celsius),
        ambientC: Math.round(ambientC),
        insulationKOhm: insulation(weatherC),
      };
    },
  };
}

/** Of the twin's resistance over a charge from near empty to near full. */
const MEAN_SHAPE = 1.06;

const within = (share: number): number => Math.min(1, Math.max(0, share));

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** So many draws of the normal distribution are made once; each reading takes the next, from a place that is drawn anew. */
const POOL = 1 << 20;
const DRAWN_ANEW = 400;
let pool: Float64Array | undefined;

/** The pool is the same in every run: which part of it a reading meets is chance. It reaches to 4.9 deviations. */
function drawsOf(dice: Chance): () => number {
  if (!pool) {
    const first = chance(1);
    pool = Float64Array.from({ length: POOL }, () => normal(first));
  }
  const draws = pool;
  let at = 0;
  let left = 0;
  return () => {
    if (left-- === 0) {
      at = dice.between(0, POOL - 1 - DRAWN_ANEW);
      left = DRAWN_ANEW;
    }
    return draws[at++]!;
  };
}

/** Whether a reading does not come: the gaps between such readings are drawn, not each reading. */
function dropsOf(dice: Chance, share: number): () => boolean {
  const gap = () => Math.floor(Math.log(1 - dice.next()) / Math.log(1 - share));
  let left = gap();
  return () => {
    if (left-- > 0) return false;
    left = gap();
    return true;
  };
}

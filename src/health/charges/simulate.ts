// Charges of twins, for the calibration of intervals and for tests where no real charge is to be had. SIMULATED, and called so.
import { duties, dutyUsage, normal, over, PackTwin, type Sensed, sensed, stored, usualSpread } from '#twin';
import { Celsius, type Chance, type PackCode, Percent, type StationId } from '#units';
import type { Charge, ChargeSample, Plate } from './charge.ts';

/** Ageing models that stand for the two chemistries of the catalogue. */
const MODELS = { LFP: 'lfp-250', NMC: 'nmc-75a' } as const;
const START = Temporal.Instant.from('2026-01-01T00:00:00Z');

/** A pack with a past, and sensors that are always a little wrong. */
export interface Simulated {
  readonly twin: PackTwin;
  readonly plate: Plate;
  readonly dice: Chance;
  /** Of the pack's voltage for each cell, and of its current as a share: the same in all its charges. Assumed. */
  readonly offV: number;
  readonly offA: number;
  /** What its management believes too much of its charge, in points. Assumed. */
  readonly offSoc: number;
}

export function simulatedPack(plate: Plate, dice: Chance): Simulated {
  const twin = new PackTwin({
    model: MODELS[plate.chemistry],
    series: plate.series,
    capacityAh: plate.capacityAh,
    spread: { of: usualSpread, dice },
    soc: Percent(50),
  });
  const [taxi, family] = duties;
  const duty = dice.next() < 0.5 ? taxi : family;
  const days = 8 * 365 * dice.next() ** 2;
  if (days > 1) twin.live(over(dutyUsage(duty, duty.policy, 17), days));
  return { twin, plate, dice, offV: 0.002 * normal(dice), offA: 0.002 * normal(dice), offSoc: 2 * normal(dice) };
}

/** What a charge is like: how far, how fast, how often it is read. */
export interface Course {
  readonly fromSoc: number;
  readonly toSoc: number;
  readonly chargeC: number;
  readonly everyS: number;
}

/** One as stations have them. */
export const usualCourse = (dice: Chance): Course => ({
  fromSoc: 0.1 + 0.25 * dice.next(),
  toSoc: 0.9 + 0.1 * dice.next(),
  chargeC: 0.3 + 0.6 * dice.next(),
  everyS: 60 * (1 + Math.floor(4 * dice.next())),
});

const AMBIENT = Celsius(25);
/** The current at which a charge is over, as a share of 1C. */
const CUT_OFF_C = 0.05;
const LONGEST_S = 12 * 3600;

/** Drives the pack down, lets it rest, charges it, and tells what the station saw. */
export function simulatedCharge(pack: Simulated, course: Course, no: number): Charge {
  const { twin, plate, dice } = pack;
  const { everyS, fromSoc, toSoc, chargeC } = course;
  twin.live(stored(0.5, 25, 1));
  moveTo(twin, fromSoc, plate.capacityAh);
  twin.step(0, 20 * 60, AMBIENT);

  const startedAt = START.add({ hours: 24 * no });
  const samples: ChargeSample[] = [];
  let before: Sensed | undefined;
  let seconds = 0;
  const tell = (currentA: number) => {
    const seen = sensed(twin, -currentA, dice, before ? { before } : {});
    before = seen;
    const told = seen.cellVolts.filter((it) => it !== null);
    const voltageV = (told.reduce((sum, it) => sum + it, 0) / told.length + pack.offV) * plate.series;
    const probesC = seen.celsius.filter((it) => it !== null);
    samples.push({
      at: startedAt.add({ seconds }),
      soc: Percent(Math.min(100, Math.max(0, twin.truth().soc + pack.offSoc))),
      voltageV,
      ...(seen.currentA !== null && { currentA: -seen.currentA * (1 + pack.offA) }),
      probesC,
    });
  };
  tell(0);
  for (let a = 0; seconds < LONGEST_S; ) {
    a = Math.min(chargeC * plate.capacityAh, twin.chargeLimitA(everyS));
    if (a < CUT_OFF_C * plate.capacityAh || twin.truth().soc >= 100 * toSoc) break;
    twin.step(-a, everyS, AMBIENT);
    seconds += everyS;
    tell(a);
  }
  twin.step(0, 60, AMBIENT);
  seconds += 60;
  tell(0);
  return {
    ...{ stationId: 'SIMULATED' as StationId, transactionId: `simulated-${no}`, packCode: 'SIMULATED' as PackCode },
    ...{ startedAt, endedAt: startedAt.add({ seconds }), samples },
  };
}

/** Drives, or charges, until the pack is so full. */
function moveTo(twin: PackTwin, soc: number, capacityAh: number): void {
  for (let tries = 0; tries < 2000; tries++) {
    const off = twin.truth().soc / 100 - soc;
    if (Math.abs(off) < 0.01) return;
    const a = off > 0 ? 0.3 * capacityAh : -Math.min(0.3 * capacityAh, twin.chargeLimitA(120));
    twin.step(a, 120, AMBIENT);
  }
}

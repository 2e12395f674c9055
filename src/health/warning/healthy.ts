// Healthy packs by the thousand, session by session: SIMULATED. Ageing and the spread between packs and cells are the twin's;
// what a session shows is reckoned from the twin's own formulas at its few moments instead of stepping through its minutes
// (`shownBy`). Capacities and resistances stand still for a month.
import {
  type Climate,
  climates,
  type Duty,
  duties,
  dutyUsage,
  type Fault,
  normal,
  outsideC,
  PackTwin,
  usualSensors,
  usualSpread,
} from '#twin';
import type { Chemistry } from '#twin/api';
import { type Chance, Percent } from '#units';
import { type PackFacts, REST_S, type Session } from './session.ts';
import { DAY_S, ROUND_S, shownBy } from './shown.ts';
import { chemistries } from './thresholds.ts';

/** What a simulated pack is, and where it lives. */
export interface Life {
  readonly facts: PackFacts;
  /** Of the twin's ageing models. */
  readonly model: string;
  readonly duty: Duty;
  readonly climate: Climate;
  /** How full it is charged, 0 to 1. LFP to the top, as its makers ask: only there its cells can be told apart. */
  readonly chargeTo: number;
  readonly ageYears: number;
}

/** Pack-years are lived two by two: so long is a pack followed. */
export const YEARS = 2;
export const DAYS = 365;

const CELLS = 96;
/** NCA: its maker being silent, as NMC. */
const kindsOfPack = {
  NMC: { model: 'nmc-75a', hottestC: 60 },
  LFP: { model: 'lfp-250', hottestC: 65 },
  NCA: { model: 'nca-panasonic', hottestC: 60 },
} as const;

/** A pack of a car: its facts, and the ageing model of its chemistry. */
export function carPack(chemistry: Chemistry): { facts: PackFacts; model: string } {
  const { model, hottestC } = kindsOfPack[chemistry];
  return {
    facts: { chemistry, capacityAh: 100, cells: CELLS, probes: CELLS / usualSensors.cellsForEach, hottestC },
    model,
  };
}

/** Any pack of a network: all chemistries, taxi and family in equal parts, all climates, up to six years old. */
export function anyLife(dice: Chance, chemistry: Chemistry = dice.pick(chemistries)): Life {
  return {
    ...carPack(chemistry),
    duty: dice.pick([duties[0], duties[1]]),
    climate: dice.pick(climates),
    chargeTo: chemistry === 'LFP' ? 1 : dice.pick([0.9, 0.95, 0.95, 1]),
    ageYears: 6 * dice.next(),
  };
}

/** Tells all sessions of a healthy pack in order, from the day on which it is first watched. */
export function liveHealthy(life: Life, days: number, dice: Chance, tell: (session: Session) => void): void {
  const { duty, climate, chargeTo } = life;
  const { chargeC, returnAt } = duty.policy;
  const twin = twinOf(life, dice);
  const firstDay = dice.between(0, 364);
  const month = (day: number) =>
    twin.live({ ...dutyUsage(duty, duty.policy, outsideC(climate, day)), days: 30, efc: 30 * duty.efcPerDay });
  for (let n = Math.round(12 * life.ageYears); n > 0; n--) month(firstDay - 30 * n);
  const pack = shownBy(life, twin, dice);
  const everyS = (DAY_S * (chargeTo - returnAt)) / duty.efcPerDay;
  let nextMonth = 30;
  for (let atS = DAY_S + dice.next() * everyS; atS < (1 + days) * DAY_S; ) {
    const day = atS / DAY_S;
    if (day > nextMonth) {
      month(firstDay + day);
      nextMonth += 30;
    }
    const weatherC = outsideC(climate, firstDay + day) + climate.weatherC * normal(dice);
    const charge = pack.charge(atS, {
      from: Math.min(0.5, Math.max(0.03, returnAt + 0.06 * normal(dice))),
      chargeC: chargeC * (0.9 + 0.1 * dice.next()),
      arrivesC: Math.min(35, Math.max(15, weatherC)) + 3 * dice.next(),
      weatherC,
      waitsFirst: dice.next() < 0.5,
      readsMidway: dice.next() < 0.25,
    });
    tell(charge);
    const leavesS = atS + everyS * (1 - duty.onRoad) * (0.8 + 0.4 * dice.next());
    for (let fromS = charge.endedS; leavesS - fromS >= REST_S; fromS += ROUND_S)
      tell(pack.rest(fromS, Math.min(fromS + ROUND_S, leavesS), weatherC));
    atS = Math.max(atS + everyS * (0.8 + 0.4 * dice.next()), Math.max(leavesS, charge.endedS) + REST_S);
  }
}

/** The twin of a life, new. */
export const twinOf = ({ facts, model, chargeTo }: Life, dice: Chance, faults: readonly Fault[] = []): PackTwin =>
  new PackTwin({
    model,
    faults,
    series: facts.cells,
    capacityAh: facts.capacityAh,
    spread: { of: usualSpread, dice },
    soc: Percent(100 * chargeTo),
  });

// Packs into which the twin puts a fault, minute by minute, told as sessions like those of healthy packs: SIMULATED.
import { type Fault, normal, outsideC, type PackTwin, type Sensed, sensed } from '#twin';
import { Celsius, type Chance } from '#units';
import { type Life, twinOf } from './healthy.ts';
import { EQUAL_SOC, type Point, type PointName, REST_S, type Session } from './session.ts';
import { assumed, ROUND_S } from './shown.ts';

const STATION_C = 25;
const MINUTE_S = 60;
/** Of its current a charge ends with this share. */
const ENDS_BELOW = 0.4;

export interface Stay {
  /** The pack begins well; its fault begins at this second of its life. */
  readonly faults: readonly Fault[];
  readonly dice: Chance;
  /** Told each session; true ends the life. */
  readonly tell: (session: Session, pack: PackTwin) => boolean;
  readonly maxDays: number;
}

/**
 * Lives a pack on its duty: out with a vehicle, back, charged in the slot, waiting. It ends when `tell` says so, when a cell is
 * empty on the road, or after so many days.
 */
export function liveInjected(life: Life, { faults, dice, tell, maxDays }: Stay): void {
  const { duty, chargeTo } = life;
  const { returnAt, chargeC } = duty.policy;
  const pack = twinOf(life, dice, faults);
  for (let i = 0; i < pack.cells.soc.length; i++)
    pack.cells.soc[i] = Math.min(1, pack.cells.soc[i]! + assumed.unbalanced * normal(dice));
  const everyS = (86_400 * (chargeTo - returnAt)) / duty.efcPerDay;
  let before: Sensed | undefined;
  const read = (currentA: number): Sensed => {
    before = sensed(pack, currentA, dice, before ? { before } : {});
    return before;
  };
  const carry = (currentA: number, seconds: number, ambientC: number) => {
    for (let s = 0; s < seconds; s += MINUTE_S) pack.step(currentA, MINUTE_S, Celsius(ambientC));
  };
  while (pack.ageS < maxDays * 86_400) {
    const away = everyS * duty.onRoad * (0.9 + 0.2 * dice.next());
    const goal = Math.max(0.03, returnAt + 0.06 * normal(dice));
    const roadC = Math.min(35, Math.max(15, outsideC(life.climate, pack.ageS / 86_400)));
    const takenA = ((meanOf(pack.cells.soc) - goal) * pack.cells.nominalAh * 3600) / away;
    for (let s = 0; s < away && least(pack.cells.soc) > 0.01; s += MINUTE_S)
      pack.step(takenA, MINUTE_S, Celsius(roadC));
    carry(0, 300, STATION_C);

    const startedS = pack.ageS;
    const points: Point[] = [];
    if (dice.next() < 0.5) {
      carry(0, REST_S, STATION_C);
      points.push(point('rest-before', read(0), pack));
    }
    const socBefore = told(pack);
    const began = read(0);
    const beganS = pack.ageS;
    let chargedAh = 0;
    let isRead = dice.next() > 0.25;
    let amps = 0;
    // As a charger does: constant current, less when a cell would pass its highest voltage, none when little is left of it.
    const wanted = chargeC * pack.cells.nominalAh;
    while (meanOf(pack.cells.soc) < chargeTo) {
      const seconds = pack.chargeLimitA() < wanted ? 10 : MINUTE_S;
      const next = Math.min(wanted, pack.chargeLimitA(seconds));
      if (next < ENDS_BELOW * wanted) break;
      amps = next;
      pack.step(-amps, seconds, Celsius(STATION_C));
      chargedAh += (amps * seconds) / 3600;
      if (!isRead && meanOf(pack.cells.soc) >= EQUAL_SOC) {
        points.push(point('equal-soc', read(-amps), pack));
        isRead = true;
      }
    }
    const chargingS = pack.ageS - beganS;
    const ended = read(-amps);
    points.push(point('end-of-charge', ended, pack));
    const socAfter = told(pack);
    carry(0, REST_S, STATION_C);
    points.push(point('rest-after', read(0), pack));
    const common = { ambientC: STATION_C, insulationKOhm: before!.insulationKOhm };
    const charge: Session = {
      kind: 'charge',
      startedS,
      endedS: pack.ageS,
      points,
      socBefore,
      socAfter,
      chargedAh,
      chargingS,
      probeBeforeC: began.celsius,
      probeAfterC: ended.celsius,
      ...common,
    };
    if (tell(charge, pack)) return;
    const leavesS = startedS + everyS * (1 - duty.onRoad);
    while (leavesS - pack.ageS >= REST_S) {
      const from = pack.ageS;
      const first = read(0);
      const socFrom = told(pack);
      carry(0, Math.min(ROUND_S, leavesS - pack.ageS), STATION_C);
      const last = read(0);
      const rest: Session = {
        kind: 'rest',
        startedS: from,
        endedS: pack.ageS,
        points: [point('rest-after', last, pack)],
        socBefore: socFrom,
        socAfter: told(pack),
        chargedAh: null,
        chargingS: null,
        probeBeforeC: first.celsius,
        probeAfterC: last.celsius,
        ambientC: STATION_C,
        insulationKOhm: last.insulationKOhm,
      };
      if (tell(rest, pack)) return;
    }
  }
}

function point(at: PointName, { currentA, cellVolts }: Sensed, pack: PackTwin): Point {
  return {
    at,
    currentA: currentA === null ? null : -currentA,
    soc: told(pack),
    cellMv: cellVolts.map((it) => (it === null ? null : Math.max(0, Math.round(1000 * it)))),
  };
}

const told = (pack: PackTwin): number => Math.round(100 * meanOf(pack.cells.soc));
const meanOf = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;
const least = (values: Float64Array): number => values.reduce((a, b) => Math.min(a, b));

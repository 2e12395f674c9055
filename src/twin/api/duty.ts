// What a pack does all its life: out with a vehicle, back empty, charged, waiting, out again. Figures assumed, near the fleets
// they are named after.
import { type ProfilePoint, usageOf } from './profile.ts';
import { stored, type Use } from './use.ts';

export interface Duty {
  readonly id: string;
  readonly name: string;
  /** Equivalent full cycles of a new pack a day: what the driving takes, whatever the policy. 0 is a pack that only lies there. */
  readonly efcPerDay: number;
  /** Of its time it is with a vehicle; the rest at a station. */
  readonly onRoad: number;
  /** Hours of driving in a day with the vehicle. */
  readonly drivingHours: number;
  readonly policy: Policy;
}

/** What an operator can choose. States of charge from 0 to 1. */
export interface Policy {
  /** How full packs are handed out, and at what charge they come back. */
  readonly chargeTo: number;
  readonly returnAt: number;
  /** Charging rate over nominal capacity, in 1/h. */
  readonly chargeC: number;
  /** At what charge a pack waits at the station; it is filled up just before it goes. Of a stored pack all its life. */
  readonly storageSoc: number;
}

export const duties = [
  {
    id: 'taxi',
    name: 'taxi, two swaps a day',
    efcPerDay: 1.7,
    onRoad: 0.6,
    drivingHours: 24,
    policy: { chargeTo: 0.95, returnAt: 0.1, chargeC: 0.8, storageSoc: 0.95 },
  },
  {
    id: 'family',
    name: 'family car, a swap in six days',
    efcPerDay: 0.12,
    onRoad: 0.85,
    drivingHours: 1,
    policy: { chargeTo: 0.9, returnAt: 0.2, chargeC: 0.33, storageSoc: 0.9 },
  },
  {
    id: 'storage',
    name: 'only lies there',
    efcPerDay: 0,
    onRoad: 0,
    drivingHours: 0,
    policy: { chargeTo: 0.5, returnAt: 0.5, chargeC: 0.33, storageSoc: 0.5 },
  },
] as const satisfies readonly Duty[];

export type DutyId = (typeof duties)[number]['id'];

/** As in the simulator: stations are kept at this, and charging at 1 C warms a pack by so much. Assumed. */
const STATION_C = 25;
const WARMING_C = 8.64;
/** Within these a vehicle keeps the pack that it drives with. Assumed. */
const DRIVEN_C = [15, 35] as const;

/** @throws RangeError that says which figure of the policy cannot be */
export function demandPolicy({ chargeTo, returnAt, chargeC, storageSoc }: Policy): void {
  const between = (what: string, value: number, from: number, to: number) => {
    if (!(value >= from && value <= to)) throw new RangeError(`${what} is from ${from} to ${to}, got ${value}`);
  };
  between('the charge at hand-out', chargeTo, 0.05, 1);
  between('the charge at return', returnAt, 0, 1);
  between('the charging rate in C', chargeC, 0.02, 6);
  between('the charge in storage', storageSoc, 0, 1);
}

/**
 * What a day of a duty does to a pack under a policy, when it is so warm outside.
 * @throws RangeError when the policy cannot be, or the charging does not fit into the time at the station
 */
export function dutyUsage(duty: Duty, policy: Policy, outsideC: number): Use {
  demandPolicy(policy);
  const { chargeTo, returnAt, chargeC, storageSoc } = policy;
  if (duty.efcPerDay === 0) return stored(storageSoc, STATION_C, 1);
  const window = chargeTo - returnAt;
  if (!(window >= 0.05)) throw new RangeError(`a pack goes out with 5 % more than it returns with, got ${window}`);
  if (storageSoc > chargeTo) throw new RangeError('a pack waits with no more than it goes out with');
  const hours = (24 * window) / duty.efcPerDay;
  const waiting = hours * (1 - duty.onRoad) - window / chargeC;
  if (waiting < 0)
    throw new RangeError(
      `charging takes ${(window / chargeC).toFixed(1)} h of ${(hours * (1 - duty.onRoad)).toFixed(1)} h at the station: charge faster`,
    );

  const profile: ProfilePoint[] = [];
  let hour = 0;
  let soc = chargeTo;
  const goOn = (spent: number, to: number, celsius: number) => {
    if (spent === 0) return;
    profile.push({ hour, soc, celsius }, { hour: hour + spent, soc: to, celsius });
    hour += spent;
    soc = to;
  };
  const drivenC = Math.min(Math.max(outsideC, DRIVEN_C[0]), DRIVEN_C[1]);
  const roadHours = hours * duty.onRoad;
  const drives = Math.max(1, Math.round(roadHours / 24));
  const drive = roadHours * Math.min(1, duty.drivingHours / 24);
  for (let n = 1; n <= drives; n++) {
    goOn(drive / drives, chargeTo - (window * n) / drives, drivenC);
    goOn((roadHours - drive) / drives, soc, outsideC);
  }
  const chargingC = STATION_C + WARMING_C * chargeC;
  const waitsAt = Math.max(storageSoc, returnAt);
  goOn((waitsAt - returnAt) / chargeC, waitsAt, chargingC);
  goOn(waiting, waitsAt, STATION_C);
  goOn((chargeTo - waitsAt) / chargeC, chargeTo, chargingC);
  const use = usageOf(profile);
  return { ...use, days: 1, efc: duty.efcPerDay };
}

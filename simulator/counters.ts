// What a pack's electronics count over its life, and what they think it can do. The limits are assumed, as everything here.
import { type CellKind, valueAt } from '#twin';
import type { RosterPack } from './roster.ts';

/** Beyond these a maker calls a temperature extreme, in degrees Celsius. */
const HOT_C = 45;
const COLD_C = 0;
const HOT_CHARGING_C = 45;
const COLD_CHARGING_C = 5;
/** Below this charge, in percent, it counts as deeply discharged; above this one it has recovered. */
const DEEP = 3;
const RECOVERED = 10;

export class Counters {
  #hotS: number;
  #coldS: number;
  #hotChargingS: number;
  #coldChargingS: number;
  #isDeep = false;
  #isOver = false;
  deepDischarges: number;
  overcharges: number;

  /** @param before what it had counted when the run began */
  constructor(before: RosterPack['counted'] = {}) {
    this.#hotS = 60 * (before.hotMinutes ?? 0);
    this.#coldS = 60 * (before.coldMinutes ?? 0);
    this.#hotChargingS = 60 * (before.hotChargingMinutes ?? 0);
    this.#coldChargingS = 60 * (before.coldChargingMinutes ?? 0);
    this.deepDischarges = before.deepDischarges ?? 0;
    this.overcharges = before.overcharges ?? 0;
  }

  /** So it was for some seconds. */
  lasted(seconds: number, celsius: number, isCharging: boolean): void {
    if (celsius > HOT_C) this.#hotS += seconds;
    if (celsius < COLD_C) this.#coldS += seconds;
    if (isCharging && celsius > HOT_CHARGING_C) this.#hotChargingS += seconds;
    if (isCharging && celsius < COLD_CHARGING_C) this.#coldChargingS += seconds;
  }

  /** So much it holds now, in percent. */
  holds(soc: number): void {
    if (soc < DEEP && !this.#isDeep) this.deepDischarges++;
    this.#isDeep = this.#isDeep ? soc < RECOVERED : soc < DEEP;
  }

  /** Its fullest cell stands at this voltage. */
  reached(volts: number, { maxV }: CellKind): void {
    const isOver = volts > maxV + 0.05;
    if (isOver && !this.#isOver) this.overcharges++;
    this.#isOver = isOver;
  }

  get minutes() {
    const whole = (seconds: number) => Math.floor(seconds / 60);
    return {
      hot: whole(this.#hotS),
      cold: whole(this.#coldS),
      hotCharging: whole(this.#hotChargingS),
      coldCharging: whole(this.#coldChargingS),
    };
  }
}

/**
 * What a pack can do by the resistance of its cells, at half charge and 25 °C: the power at which a cell falls to its lowest
 * voltage, in W, and what comes out of what went in at a current of C/3, in percent.
 */
export function abilities({ kind, cells, nominalAh, ohms }: Weighed): { powerW: number; efficiencyPercent: number } {
  const openV = valueAt(kind.ocvV, 0.5);
  const ohm = (ohms * (kind.ohmAh + kind.slowOhmAh)) / nominalAh;
  const lossV = (nominalAh / 3) * ohm;
  return {
    powerW: Math.round((cells * kind.minV * (openV - kind.minV)) / ohm),
    efficiencyPercent: Math.round((1000 * (openV - lossV)) / (openV + lossV)) / 10,
  };
}

interface Weighed {
  readonly kind: CellKind;
  /** In series. */
  readonly cells: number;
  readonly nominalAh: number;
  /** Times that of new ones. */
  readonly ohms: number;
}

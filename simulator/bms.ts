// What a pack's own electronics believe of it. They err as real ones do: they count charge with a shunt that is a little
// off, find their place again by the voltage at rest where that tells something, and learn their health slowly.
// The shape of it is usual practice; every figure is assumed.
import { type CellKind, normal, type Sensed, valueAt } from '#twin';
import type { Chance } from '#units';

/** Deviations from one pack to the next: of its shunt, of how it weighs its health. */
const SHUNT = 0.003;
const GAUGE = 0.01;
/** How far a pack's charge lies from what its BMS says when a run begins, in percent, as a deviation. */
export const FIRST_SOC = 0.8;
/** Of one weighing of health, in percent; how far a weighing moves the belief; how much must be charged at a time for one. */
const WEIGHING = 0.5;
const LEARNS = 0.1;
const WEIGHS_FROM = 30;
/** So long at rest before the voltage is looked up, in seconds, and how steep it must be: V for a whole charge. */
const SETTLED_S = 1800;
const STEEP_V = 0.4;

/** A pack that holds nothing could not be charged, nor counted. */
export const LEAST_SOH = 1;

export class Bms {
  /** Percent. */
  soc: number;
  soh: number;
  celsius = 25;
  readonly #dice: Chance;
  readonly #shunt: number;
  readonly #gauge: number;
  #restedS = 0;
  #chargedAh = 0;

  constructor({ soc, soh }: { soc: number; soh: number }, dice: Chance) {
    this.#dice = dice.fork('bms');
    this.#shunt = 1 + SHUNT * normal(this.#dice);
    this.#gauge = gaugeOf(dice);
    this.soc = soc;
    this.soh = Math.max(LEAST_SOH, soh);
  }

  /** So much charge flowed, in Ah and positive when it discharges: what the shunt has counted is all it knows. */
  counted(ah: number, nominalAh: number): void {
    const counted = -ah * this.#shunt;
    this.#restedS = 0;
    if (counted > 0) this.#chargedAh += counted;
    this.soc = within(this.soc + (100 * counted) / (nominalAh * (this.soh / 100)));
  }

  /** How warm it is, as its thermometers read. */
  felt({ celsius }: Sensed): void {
    const read = celsius.filter((it) => it !== null);
    if (read.length > 0) this.celsius = Math.max(...read);
  }

  /** Nothing flowed: once it is settled, half of what the voltage says is believed, where the curve is steep enough. */
  rested(seconds: number, look: () => Sensed, it: { kind: CellKind; nominalAh: number; soh: number }): void {
    this.#weigh(it);
    const before = this.#restedS;
    this.#restedS += seconds;
    if (before >= SETTLED_S || this.#restedS < SETTLED_S) return;
    const volts = look().cellVolts.filter((value) => value !== null);
    if (volts.length === 0) return;
    const seen = chargeAt(it.kind.ocvV, volts.reduce((sum, value) => sum + value, 0) / volts.length);
    const steepness = (valueAt(it.kind.ocvV, seen + 0.01) - valueAt(it.kind.ocvV, seen - 0.01)) / 0.02;
    if (steepness > STEEP_V) this.soc = within(this.soc + (100 * seen - this.soc) / 2);
  }

  /** The cells take no more: whatever was counted, this is full. */
  full(): void {
    this.soc = 100;
  }

  /** After a charge that was large enough: its health as it weighs it, which moves the belief a tenth of the way. */
  #weigh({ nominalAh, soh }: { nominalAh: number; soh: number }): void {
    const share = (100 * this.#chargedAh) / nominalAh;
    this.#chargedAh = 0;
    if (share < WEIGHS_FROM) return;
    const weighed = soh * this.#gauge + WEIGHING * normal(this.#dice);
    this.soh = within(this.soh + LEARNS * (weighed - this.soh));
  }
}

/** How many times its true health a pack's BMS would weigh in the long run. */
export const gaugeOf = (dice: Chance): number => 1 + GAUGE * normal(dice.fork('gauge'));

const within = (percent: number): number => Math.min(100, Math.max(0, percent));

/** The charge, 0 to 1, at which a cell at rest has this voltage: the curve only rises. */
function chargeAt(ocvV: Float64Array, volts: number): number {
  let [low, high] = [0, 1];
  for (let n = 0; n < 20; n++) {
    const middle = (low + high) / 2;
    if (valueAt(ocvV, middle) < volts) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

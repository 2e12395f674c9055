// One pack as a thing that can be charged, driven, aged and broken: cells in series that carry one current.
import { Celsius, type Chance, Percent } from '#units';
import { type Knee, withKnee } from './api/knee.ts';
import { type AgeingModel, aged, capacityOf, type Damage, resistanceOf, unworn } from './api/model.ts';
import { modelOf } from './api/models.ts';
import { lognormal, normal, type Spread } from './api/spread.ts';
import type { Use } from './api/use.ts';
import { type Cells, COOLED_S, chargeLimitA, currentFor, newCells, stepCells } from './cells.ts';
import { demandFault, type Fault, grownBy } from './fault.ts';
import { kinds } from './kind.ts';
import { type Meter, metered, newMeter } from './meter.ts';

export interface PackPlan {
  /** Ageing model, such as lfp-250; its chemistry is the pack's. */
  readonly model: string;
  /** Cells, or groups of parallel cells, in series. */
  readonly series: number;
  readonly capacityAh: number;
  /** Off when absent; an assumption. */
  readonly knee?: Knee;
  /** How its cells lie apart; all alike when absent. */
  readonly spread?: { readonly of: Spread; readonly dice: Chance };
  readonly faults?: readonly Fault[];
  /** 0 to 100; half full when absent. */
  readonly soc?: Percent;
  readonly celsius?: Celsius;
}

/** The pack as it truly is, which no sensor quite tells. */
export interface Truth {
  /** At the poles. */
  readonly voltageV: number;
  /** Of its warmest cell. */
  readonly celsius: Celsius;
  /** What can still be taken out, of what could be taken from full: the weakest cell ends both. */
  readonly soc: Percent;
  /** Of its weakest cell, against its plate; a cell that holds more than its plate says counts as 100. */
  readonly soh: Percent;
  /** What can be taken out between the first cell full and the first cell empty. */
  readonly usableAh: number;
  /** Of its cells together, times that of new ones. */
  readonly ohms: number;
  readonly insulationKOhm: number;
}

/** Between a pole and the body of a sound vehicle. Assumed. */
const SOUND_INSULATION_KOHM = 5000;

/** Made once, then stepped; everything in it is simulated. */
export class PackTwin {
  readonly model: AgeingModel;
  readonly cells: Cells;
  readonly faults: readonly Fault[];
  /** Seconds it has lived. */
  ageS = 0;
  readonly #scale: Float64Array;
  readonly #initial: Float64Array;
  readonly #firstOhms: Float64Array;
  readonly #current: Float64Array;
  readonly #ambient: Float64Array;
  readonly #meter: Meter;
  #damage: Damage;
  #insulationKOhm = SOUND_INSULATION_KOHM;

  /** @throws RangeError when the plan names no known model, or figures that no pack has */
  constructor({
    model,
    series,
    capacityAh,
    knee,
    spread,
    faults = [],
    soc = Percent(50),
    celsius = Celsius(25),
  }: PackPlan) {
    if (!(Number.isInteger(series) && series >= 1 && series <= 1000 && capacityAh > 0))
      throw new RangeError(`a pack has 1 to 1000 cells in series of some capacity, got ${series} of ${capacityAh} Ah`);
    for (const it of faults) demandFault(it, series);
    const late = knee && spread ? lognormal(spread.dice, spread.of.knee) : 1;
    this.model = knee ? withKnee(modelOf(model), { ...knee, efc: knee.efc * late }) : modelOf(model);
    this.faults = faults;
    this.cells = newCells(kinds[this.model.chemistry], series, { nominalAh: capacityAh, soc: soc / 100, celsius });
    const all = () => new Float64Array(series);
    const scale = spread ? lognormal(spread.dice, spread.of.packs) : 1;
    this.#scale = all().map(() => scale * (spread ? Math.max(0.1, 1 + spread.of.cells * normal(spread.dice)) : 1));
    this.#initial = all().map(() => (spread ? Math.max(0.5, 1 + spread.of.newCells * normal(spread.dice)) : 1));
    this.#firstOhms = all().map(() => (spread ? Math.max(0.5, 1 + 2 * spread.of.cells * normal(spread.dice)) : 1));
    this.#current = all();
    this.#ambient = all();
    this.#damage = unworn(this.model);
    this.#meter = newMeter(soc / 100, celsius);
    this.#wear();
  }

  /**
   * Carries a constant current for some seconds. It ages by what it goes through, at the end of each of its days. A cell that is
   * empty or full stays so: whoever drives or charges the pack has to stop, as a battery management system would.
   * @param currentA positive discharges
   */
  step(currentA: number, seconds: number, ambientC: Celsius): Truth {
    if (!(seconds > 0 && Number.isFinite(currentA))) throw new RangeError(`${currentA} A for ${seconds} s cannot be`);
    if (this.faults.length > 0) this.#break();
    stepCells(this.cells, this.#current.fill(currentA), seconds, this.#ambient.fill(ambientC));
    this.ageS += seconds;
    const use = metered(this.#meter, seconds, meanOf(this.cells.soc), meanOf(this.cells.celsius));
    if (use) this.live(ofPlate(use, meanOf(this.cells.capacityAh) / this.cells.nominalAh));
    return this.truth();
  }

  /** The most current in A with which it can be charged now without a cell passing its highest voltage. */
  chargeLimitA(seconds = 60): number {
    return chargeLimitA(this.cells, seconds);
  }

  /** The current in A that gives a power in W now; both positive when it discharges. */
  currentFor(powerW: number): number {
    return currentFor(this.cells, powerW);
  }

  /** Ages it by a use that is not stepped through: how a pack gets a past. */
  live(use: Use): void {
    this.#damage = aged(this.model, this.#damage, use);
    this.#wear();
  }

  /**
   * Takes over what is known of the real pack that it is the twin of: all cells move alike, how they lie apart stays.
   * @param known mean charge 0 to 1, capacity and resistance over those of a new cell, as `followed` believes them
   * @param pace how many times the model's loss it loses from now on, as `learnt`; as before when absent
   */
  agree(known: { soc: number; capacity: number; ohms: number }, pace?: number): void {
    const { soc, capacityAh, ohms, nominalAh } = this.cells;
    if (pace !== undefined) {
      const ratio = pace / meanOf(this.#scale);
      for (let i = 0; i < soc.length; i++) this.#scale[i]! *= ratio;
      this.#wear();
    }
    const held = (known.capacity * nominalAh) / meanOf(capacityAh);
    const resisted = known.ohms / meanOf(ohms);
    const shift = known.soc - meanOf(soc);
    for (let i = 0; i < soc.length; i++) {
      this.#initial[i]! *= held;
      this.#firstOhms[i]! *= resisted;
      soc[i] = Math.min(1, Math.max(0, soc[i]! + shift));
    }
    this.#wear();
  }

  truth(): Truth {
    const { soc, capacityAh, volts, celsius, ohms, nominalAh } = this.cells;
    let [left, room, least] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    let [sum, warmest, ohmSum] = [0, Number.NEGATIVE_INFINITY, 0];
    for (let i = 0; i < soc.length; i++) {
      left = Math.min(left, soc[i]! * capacityAh[i]!);
      room = Math.min(room, (1 - soc[i]!) * capacityAh[i]!);
      least = Math.min(least, capacityAh[i]!);
      sum += volts[i]!;
      warmest = Math.max(warmest, celsius[i]!);
      ohmSum += ohms[i]!;
    }
    return {
      voltageV: sum,
      celsius: Celsius(warmest),
      soc: Percent(Math.min(100, (100 * left) / (left + room))),
      soh: Percent(Math.min(100, (100 * least) / nominalAh)),
      usableAh: left + room,
      ohms: ohmSum / soc.length,
      insulationKOhm: this.#insulationKOhm,
    };
  }

  /** What age has made of its cells. */
  #wear(): void {
    const { capacityAh, ohms, nominalAh } = this.cells;
    for (let i = 0; i < capacityAh.length; i++) {
      const scale = this.#scale[i]!;
      capacityAh[i] = nominalAh * capacityOf(this.model, this.#damage, { scale, initial: this.#initial[i]! });
      ohms[i] = this.#firstOhms[i]! * resistanceOf(this.model, this.#damage, scale);
    }
    if (this.faults.length > 0) this.#break();
  }

  #break(): void {
    const { ohms, shortOhm, cooledS } = this.cells;
    for (const it of this.faults) {
      if (this.ageS < it.fromS) continue;
      if (it.kind === 'internal-short') shortOhm[it.cell] = it.ohm;
      if (it.kind === 'coolant') cooledS.fill(COOLED_S / it.remains);
      if (it.kind === 'insulation')
        this.#insulationKOhm = SOUND_INSULATION_KOHM * (it.kOhm / SOUND_INSULATION_KOHM) ** grownBy(it, this.ageS);
      if (it.kind === 'resistance') {
        const sound = this.#firstOhms[it.cell]! * resistanceOf(this.model, this.#damage, this.#scale[it.cell]!);
        ohms[it.cell] = sound * (1 + (it.times - 1) * grownBy(it, this.ageS));
      }
    }
  }
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Charge is metered against what the pack holds now; models ask against what its plate says. */
const ofPlate = (use: Use, soh: number): Use => ({
  ...use,
  efc: use.efc * soh,
  meanC: use.meanC * soh,
  dischargeC: use.dischargeC * soh,
  chargeC: use.chargeC * soh,
});

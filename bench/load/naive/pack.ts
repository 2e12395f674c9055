// Packs as one would write them down first: an object for each, with its history.
import {
  type AgeingModel,
  aged,
  amount,
  capacityOf,
  type Damage,
  grown,
  type Individual,
  type Rate,
  type Use,
  unworn,
} from '#twin';

interface Aging {
  readonly soh: number;
}

/** Asks its model what each of its days was. */
export class AskingPack implements Aging {
  readonly #model: AgeingModel;
  readonly #self: Individual;
  readonly #history: number[] = [];
  #damage: Damage;

  constructor(model: AgeingModel, self: Individual) {
    this.#model = model;
    this.#self = self;
    this.#damage = unworn(model);
  }

  week(days: readonly Use[]): void {
    for (const use of days)
      this.#damage = aged(this.#model, this.#damage, { ...use, efc: use.efc * this.#self.intensity });
    this.#history.push(capacityOf(this.#model, this.#damage, this.#self));
  }

  get soh(): number {
    return this.#history.at(-1) ?? 1;
  }
}

/** Is told the rates that all packs of its kind share on each day. */
export class ToldPack implements Aging {
  readonly #model: AgeingModel;
  readonly #self: Individual;
  readonly #history: number[] = [];
  #damage: Damage;

  constructor(model: AgeingModel, self: Individual) {
    this.#model = model;
    this.#self = self;
    this.#damage = unworn(model);
  }

  week(days: readonly { readonly use: Use; readonly rates: readonly Rate[] }[]): void {
    for (const { use, rates } of days) {
      const own = { ...use, efc: use.efc * this.#self.intensity };
      this.#damage = this.#model.losses.map((loss, n) =>
        grown(loss.law, this.#damage[n]!, rates[n]!, amount(loss, own)),
      );
    }
    this.#history.push(capacityOf(this.#model, this.#damage, this.#self));
  }

  get soh(): number {
    return this.#history.at(-1) ?? 1;
  }
}

// A model of how one kind of cell ages: a list of losses, each with the law it grows by and the rate that its use gives.
import { grown, type Law, lossOf, type Rate } from './damage.ts';
import { over, type Use } from './use.ts';

export type Chemistry = 'LFP' | 'NMC' | 'NCA';

export interface Loss {
  readonly name: string;
  readonly law: Law;
  /** What it grows with: days, or equivalent full cycles; so many make one x of its law. */
  readonly grows: { readonly with: 'days' | 'efc'; readonly per: number };
  readonly rate: (use: Use) => Rate;
  /**
   * Absent: it adds to the others. Present: it competes with them. The capacity is the lesser of what all others leave
   * of 1 and what this one leaves of `from`: lithium or a place for it, whichever is scarcer.
   */
  readonly competes?: { readonly from: number };
  /** Present: packs lie apart in when it comes, beside how much they lose. */
  readonly comes?: 'early or late';
}

export interface AgeingModel {
  readonly id: string;
  readonly name: string;
  readonly chemistry: Chemistry;
  /** Of the cell that was measured; the model itself is relative. */
  readonly capacityAh: number;
  readonly source: string;
  readonly losses: readonly Loss[];
  /** Growth of the resistance, in the same form; where absent it follows the capacity, see `resistanceOf`. */
  readonly resistance?: readonly Loss[];
  /** Where the model was measured. Outside it speaks on its own responsibility. */
  readonly valid: {
    readonly celsius: readonly [from: number, to: number];
    readonly chargeC: number;
    readonly dischargeC: number;
  };
  /** What it does not know. */
  readonly silent: { readonly en: string; readonly zh: string };
}

/** Damage of every loss, in the order of the model; then of every loss of resistance. */
export type Damage = readonly number[];

const all = (model: AgeingModel): readonly Loss[] => [...model.losses, ...(model.resistance ?? [])];

export const unworn = (model: AgeingModel): Damage => all(model).map(() => 0);

/** The damage after one more span of use. */
export const aged = (model: AgeingModel, damage: Damage, use: Use): Damage =>
  all(model).map((loss, n) => grown(loss.law, damage[n]!, loss.rate(use), amount(loss, use)));

/** How much of its x a span of use is for a loss. */
export const amount = ({ grows }: Loss, use: Use): number => (grows.with === 'days' ? use.days : use.efc) / grows.per;

/** No pack reports less: models are not asked what comes after nothing. */
export const LEAST = 0.01;

/**
 * Relative capacity of a cell, 1 when it holds what its plate says.
 * @param scale how much faster than the model this cell loses: every loss times this
 * @param initial what it held when new
 */
export function capacityOf(model: AgeingModel, damage: Damage, { scale = 1, initial = 1 } = {}): number {
  let added = 0;
  let least = Number.POSITIVE_INFINITY;
  model.losses.forEach(({ law, competes }, n) => {
    const loss = scale * lossOf(law, damage[n]!);
    if (competes) least = Math.min(least, initial * (competes.from - loss));
    else added += loss;
  });
  return Math.max(LEAST, Math.min(initial * (1 - added), least));
}

/**
 * Assumed where a model says nothing of resistance: for each share of capacity lost, twice that share is gained. Schmalstieg
 * 2014 measured 1.6 for storage and 3.3 for cycling.
 */
const OHMS_FOR_CAPACITY = 2;

/** Relative resistance of a cell, 1 when new. */
export function resistanceOf(model: AgeingModel, damage: Damage, scale = 1): number {
  if (!model.resistance) return 1 + OHMS_FOR_CAPACITY * Math.max(0, 1 - capacityOf(model, damage, { scale }));
  const from = model.losses.length;
  return model.resistance.reduce((sum, { law }, n) => sum + scale * lossOf(law, damage[from + n]!), 1);
}

/** Capacity after so many days of one use, by steps of `stepDays`. */
export function capacityAfter(model: AgeingModel, use: Use, days: number, stepDays = days): number {
  let damage = unworn(model);
  for (let gone = 0; gone < days; gone += stepDays)
    damage = aged(model, damage, over(use, Math.min(stepDays, days - gone)));
  return capacityOf(model, damage);
}

// Many packs at once: one array for each figure instead of one object for each pack. A step is additions, and a power for
// each loss; what the packs of a group have in common is worked out once.
import { grownSigmoid, paceOf, type SigmoidRate } from './damage.ts';
import { type AgeingModel, amount, LEAST, type Loss } from './model.ts';
import type { Individual } from './spread.ts';
import type { Use } from './use.ts';

export interface Fleet {
  readonly model: AgeingModel;
  /** Which use each pack is put to: an index into the uses of a step. */
  readonly group: Uint16Array;
  readonly scale: Float64Array;
  readonly initial: Float64Array;
  readonly intensity: Float64Array;
  /** How fast each comes nearer to its knee, where one is assumed. */
  readonly kneePace: Float64Array;
  /** For each loss of the model the damage of each pack. */
  readonly damage: readonly Float64Array[];
  /** Equivalent full cycles of each pack. */
  readonly efc: Float64Array;
  /** Relative capacity of each pack, after the last step. */
  readonly soh: Float64Array;
}

/** New packs, each an individual. @param groupOf which use the n-th is put to */
export function newFleet(
  model: AgeingModel,
  individuals: readonly Individual[],
  groupOf: (n: number) => number = () => 0,
): Fleet {
  const many = individuals.length;
  const of = (figure: (it: Individual) => number) => Float64Array.from(individuals, figure);
  const initial = of((it) => it.initial);
  return {
    model,
    group: Uint16Array.from(individuals, (_, n) => groupOf(n)),
    scale: of((it) => it.scale),
    initial,
    intensity: of((it) => it.intensity),
    kneePace: of((it) => it.intensity / it.knee),
    damage: model.losses.map(() => new Float64Array(many)),
    efc: new Float64Array(many),
    soh: initial.slice(),
  };
}

/**
 * All packs go on, each as its group does. Exact however a life is cut into steps: what a group goes through in a step are
 * spans one after the other, and a step of a week may hold seven days of weather.
 * @param lives for each group its spans of this step, in order; all groups over the same days
 */
export function stepFleet(fleet: Fleet, lives: readonly (readonly Use[])[]): void {
  const { model, group, intensity, efc, soh } = fleet;
  const cycles = Float64Array.from(lives, (spans) => spans.reduce((sum, it) => sum + it.efc, 0));
  for (let i = 0; i < efc.length; i++) efc[i]! += cycles[group[i]!]! * intensity[i]!;
  soh.fill(0); // the sum of losses, until the end
  model.losses.forEach((loss, n) => {
    if (!loss.competes) addLoss(fleet, fleet.damage[n]!, loss, lives);
  });
  for (let i = 0; i < soh.length; i++) soh[i] = Math.max(LEAST, fleet.initial[i]! * (1 - fleet.scale[i]! * soh[i]!));
  model.losses.forEach((loss, n) => {
    if (loss.competes) compete(fleet, fleet.damage[n]!, loss, lives, loss.competes.from);
  });
}

/** Lets one loss grow, and adds it to the sum that `soh` holds meanwhile. */
function addLoss(fleet: Fleet, damage: Float64Array, loss: Loss, lives: readonly (readonly Use[])[]): void {
  const { group, soh } = fleet;
  const { law } = loss;
  if (law.law === 'sigmoid') {
    growSigmoid(fleet, damage, loss, lives);
    for (let i = 0; i < soh.length; i++) soh[i]! += damage[i]!;
    return;
  }
  const { p } = law;
  const gains = Float64Array.from(lives, (spans) =>
    spans.reduce((sum, it) => sum + paceOf(law, loss.rate(it) as number) * amount(loss, it), 0),
  );
  const each = loss.comes ? fleet.kneePace : loss.grows.with === 'efc' ? fleet.intensity : undefined;
  for (let i = 0; i < soh.length; i++) {
    const grown = damage[i]! + gains[group[i]!]! * (each ? each[i]! : 1);
    damage[i] = grown;
    soh[i]! += grown ** p;
  }
}

function compete(
  fleet: Fleet,
  damage: Float64Array,
  loss: Loss,
  lives: readonly (readonly Use[])[],
  from: number,
): void {
  const { soh, scale, initial } = fleet;
  growSigmoid(fleet, damage, loss, lives);
  for (let i = 0; i < soh.length; i++)
    soh[i] = Math.max(LEAST, Math.min(soh[i]!, initial[i]! * (from - scale[i]! * damage[i]!)));
}

/** Packs of one group that grow with time alone, from one damage, come to one damage: it is worked out once. */
function growSigmoid(fleet: Fleet, damage: Float64Array, loss: Loss, lives: readonly (readonly Use[])[]): void {
  const { group, intensity } = fleet;
  const rates = lives.map((spans) => spans.map((it) => loss.rate(it) as SigmoidRate));
  const amounts = lives.map((spans) => spans.map((it) => amount(loss, it)));
  const byUse = loss.grows.with === 'efc';
  const from = new Float64Array(lives.length).fill(Number.NaN);
  const to = new Float64Array(lives.length);
  for (let i = 0; i < damage.length; i++) {
    const g = group[i]!;
    const before = damage[i]!;
    if (byUse || before !== from[g]) {
      let now = before;
      for (let n = 0; n < rates[g]!.length; n++)
        now = grownSigmoid(now, rates[g]![n]!, amounts[g]![n]! * (byUse ? intensity[i]! : 1));
      from[g] = before;
      to[g] = now;
    }
    damage[i] = to[g]!;
  }
}

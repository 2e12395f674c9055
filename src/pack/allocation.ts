import { Percent, type SlotNo, type Wh } from '#units';
import { compatible, type Denial, isAllowed, isPackAllowed, packDenials } from './compatibility.ts';
import { MATCHING } from './mixing.ts';
import { type PackFacts, type PackModelId, usableWh } from './model.ts';
import type { Question } from './standards/clause.ts';

/** A pack that stands ready in a slot. */
export interface StandingPack extends PackFacts {
  readonly slot: SlotNo;
  /** Held for another driver's reservation. */
  readonly held: boolean;
}

export interface Wish {
  /** Usable energy the driver was promised, over all packs handed out. */
  readonly promisedWh: Wh;
  readonly standing: readonly StandingPack[];
  /** How many packs to hand out; what the vehicle needs at least when absent. */
  readonly count?: number;
  /** Blocks that stay in the vehicle while others are swapped: the set must match them too. */
  readonly staying?: readonly PackFacts[];
  /** Pack models the driver's plan covers; all when absent. */
  readonly entitledTo?: readonly PackModelId[];
  /** Surpluses that differ by less than this share of the promise count as equal, so that wear decides: 5 % when absent. */
  readonly sameEnough?: Percent;
}

/** Why, as a code for programs, a sentence for people, and the numbers behind it. */
export interface Reason<Code extends string> {
  readonly code: Code;
  readonly sentence: string;
  readonly facts: Readonly<Record<string, number | string>>;
}
export type ChosenBecause = 'only-choice' | 'just-enough' | 'least-worn' | 'least-mated' | 'first-slot';
export type NoneBecause = 'no-pack' | 'not-entitled' | 'all-denied' | 'not-served' | 'no-matched-set' | 'too-little';

export type Allocation =
  | {
      readonly chosen: true;
      readonly packs: readonly StandingPack[];
      readonly usableWh: Wh;
      readonly reason: Reason<ChosenBecause>;
    }
  | { readonly chosen: false; readonly reason: Reason<NoneBecause>; readonly denied: readonly Denial[] };

/**
 * Chooses the packs for a swap: allowed by every rule, never less than promised, of these just enough, of equals the
 * least worn, then the least mated, then the lowest slot. Keeping fuller packs back serves the next driver; spreading the
 * cycles keeps a fleet of one age.
 * @throws RangeError when nothing is promised, or no pack is asked for: such a wish is a mistake of the caller
 */
export function allocate(question: Omit<Question, 'packs'>, wish: Wish): Allocation {
  const { promisedWh, standing, staying = [], entitledTo, sameEnough = Percent(5) } = wish;
  const count = wish.count ?? Math.max(1, question.vehicle.blocks.min - staying.length);
  if (!(promisedWh > 0)) throw new RangeError(`a swap promises some energy, got ${promisedWh} Wh`);
  if (!(Number.isInteger(count) && count >= 1))
    throw new RangeError(`a swap hands out at least one pack, got ${count}`);
  const whole: Question = { ...question, packs: staying };

  const free = standing.filter((it) => !it.held);
  if (free.length === 0)
    return none('no-pack', 'no pack stands free', { standing: standing.length, held: standing.length });
  const entitled = free.filter((it) => entitledTo?.includes(it.model) ?? true);
  if (entitled.length === 0)
    return none('not-entitled', `no pack of the ${free.length} free is covered by the plan`, { free: free.length });
  const sound = entitled.filter((it) => isPackAllowed(whole, it));
  if (sound.length === 0) return allDenied(whole, entitled);

  const sets = setsOf(sound, count).filter((it) => isAllowed({ ...question, packs: [...staying, ...it] }));
  if (sets.length === 0) return noSet(question, staying, sound, count);
  const band = Math.max(1, promisedWh * (sameEnough / 100));
  const offers = sets.map((packs) => offer(packs, promisedWh, band));
  const enough = offers.filter((it) => it.usable >= promisedWh);
  if (enough.length === 0) {
    const bestWh = Math.max(...offers.map((it) => it.usable));
    return none('too-little', `the best holds ${kWhText(bestWh)} of the promised ${kWhText(promisedWh)}`, {
      bestWh,
      promisedWh,
    });
  }
  const [best, next] = firstTwo(enough);
  return {
    chosen: true,
    packs: best.packs,
    usableWh: best.usable as Wh,
    reason: why(best, next, promisedWh, enough.length),
  };
}

interface Offer {
  readonly packs: readonly StandingPack[];
  readonly usable: number;
  /** What is compared, in this order; less is better. */
  readonly ranks: readonly [surplusBand: number, efc: number, matings: number, slot: number];
}
const CRITERIA = ['just-enough', 'least-worn', 'least-mated', 'first-slot'] as const;

function offer(packs: readonly StandingPack[], promisedWh: number, band: number): Offer {
  const sum = (of: (it: StandingPack) => number) => packs.reduce((all, it) => all + of(it), 0);
  const usable = sum(usableWh);
  const ranks = [
    Math.floor((usable - promisedWh) / band),
    sum((it) => it.efc),
    sum((it) => it.matingCycles),
    Math.min(...packs.map((it) => it.slot)),
  ] as const;
  return { packs, usable, ranks };
}

/** The first criterion by which two offers differ, or -1. */
const differAt = (a: Offer, b: Offer): number => a.ranks.findIndex((it, n) => it !== b.ranks[n]);
const compare = (a: Offer, b: Offer): number => {
  const at = differAt(a, b);
  return at < 0 ? 0 : a.ranks[at]! - b.ranks[at]!;
};

function firstTwo(offers: readonly Offer[]): readonly [Offer, Offer | undefined] {
  const [best, next] = offers.toSorted(compare);
  return [best!, next];
}

function why(best: Offer, next: Offer | undefined, promisedWh: number, choices: number): Reason<ChosenBecause> {
  const facts = { promisedWh, usableWh: best.usable, efc: best.ranks[1], slots: slotsText(best), choices };
  const has = `${slotsText(best)}: ${kWhText(best.usable)} for the promised ${kWhText(promisedWh)}`;
  if (!next) return { code: 'only-choice', sentence: `${has}, the only choice`, facts };
  const code = CRITERIA[differAt(best, next)] ?? 'first-slot';
  const than = {
    'just-enough': `; ${slotsText(next)} would give ${kWhText(next.usable - best.usable)} more than needed here`,
    'least-worn': `; it has done ${cycles(best)} cycles, ${slotsText(next)} ${cycles(next)}`,
    'least-mated': `; its coupler was mated ${best.ranks[2]} times, that of ${slotsText(next)} ${next.ranks[2]}`,
    'first-slot': `; ${slotsText(next)} is as good`,
  }[code];
  return {
    code,
    sentence: has + than,
    facts: { ...facts, nextSlots: slotsText(next), nextUsableWh: next.usable, nextEfc: next.ranks[1] },
  };
}

/** All sets of so many packs whose charge is near enough to match; single packs match always. */
function setsOf(packs: readonly StandingPack[], count: number): (readonly StandingPack[])[] {
  const byCharge = packs.toSorted((a, b) => a.soc - b.soc || a.slot - b.slot);
  const sets: (readonly StandingPack[])[] = [];
  const grow = (set: readonly StandingPack[], from: number) => {
    if (set.length === count) return void sets.push(set);
    for (let at = from; at < byCharge.length; at++) {
      const it = byCharge[at]!;
      if (set.length > 0 && it.soc - set[0]!.soc > MATCHING.soc) return;
      grow([...set, it], at + 1);
    }
  };
  grow([], 0);
  return sets;
}

/** The pack that fails by the fewest clauses says best why none can go. */
function allDenied(question: Question, packs: readonly StandingPack[]): Allocation {
  const all = packs.map((it) => packDenials(question, it));
  const nearest = all.toSorted((a, b) => a.length - b.length)[0]!;
  const facts: Record<string, number> = { packs: packs.length };
  for (const it of all.flat()) facts[it.about] = (facts[it.about] ?? 0) + 1;
  return none(
    'all-denied',
    `all ${packs.length} packs are denied; the nearest: ${nearest[0]!.sentence}`,
    facts,
    nearest,
  );
}

function noSet(
  question: Omit<Question, 'packs'>,
  staying: readonly PackFacts[],
  sound: readonly StandingPack[],
  count: number,
): Allocation {
  const facts = { candidates: sound.length, count, staying: staying.length };
  const nearest = sound.toSorted((a, b) => a.soc - b.soc).slice(-count);
  const verdict = compatible({ ...question, packs: [...staying, ...nearest] });
  const denied = verdict.allowed ? [] : verdict.denied;
  const served = denied.length === 0 || denied.some((it) => it.aspect === 'set' || it.aspect === 'guard');
  if (!served) return none('not-served', `this vehicle is not served here: ${denied[0]!.sentence}`, facts, denied);
  return none('no-matched-set', `${sound.length} packs make no matched set of ${count}`, facts, denied);
}

const none = (
  code: NoneBecause,
  sentence: string,
  facts: Reason<NoneBecause>['facts'],
  denied: readonly Denial[] = [],
): Allocation => ({ chosen: false, reason: { code, sentence, facts }, denied });

const slotsText = (it: Offer): string =>
  `slot${it.packs.length > 1 ? 's' : ''} ${it.packs.map((one) => one.slot).join(', ')}`;
const kWhText = (wh: number): string => `${(wh / 1000).toFixed(1)} kWh`;
const cycles = (it: Offer): string => it.ranks[1].toFixed(0);

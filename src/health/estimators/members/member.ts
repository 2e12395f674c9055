import type { Target } from '../lesson.ts';
import { type Boost, type BoostSettings, growBoost } from './boost.ts';
import { fitProcess, type Process, type ProcessSettings } from './process.ts';
import { fitRidge, type Ridge, scoreRidge } from './ridge.ts';
import { scoreBoost } from './scoreBoost.ts';
import { scoreProcess } from './scoreProcess.ts';
import { type Lesson, type Table, withColumns } from './table.ts';

/** One trained model: it knows which columns it wants. */
export type Member = Boost | Ridge | Process | AsItIs;

/** A column that is an estimate already. */
interface AsItIs {
  readonly kind: 'as it is';
  readonly columns: readonly string[];
}

/** A way to train a member, and what of the target it learns. */
export interface Candidate {
  readonly name: string;
  readonly target: Target;
  readonly columns: readonly string[];
  /** Learns from cells of other groups, too, that have the same chemistry and size. */
  readonly withSiblings?: true;
  readonly how:
    | ({ readonly kind: 'boost' } & BoostSettings)
    | { readonly kind: 'ridge'; readonly strength: number }
    | { readonly kind: 'as it is' }
    | ({ readonly kind: 'process' } & ProcessSettings);
}

/** Neighbouring charges are near-copies of each other: more rows than these only cost time. */
export const MOST_ROWS: Readonly<Record<Candidate['how']['kind'], number>> = {
  boost: 2500,
  process: 2000,
  ridge: 6000,
  'as it is': 1,
};

export function train({ how, columns }: Candidate, lesson: Lesson): Member {
  if (how.kind === 'as it is') return { kind: 'as it is', columns };
  const its = { ...lesson, ...withColumns(lesson, columns) };
  if (how.kind === 'boost') return growBoost(its, how);
  if (how.kind === 'ridge') return fitRidge(its, how.strength);
  return fitProcess(its, how);
}

/** Reads the columns where they lie: a copy of them would cost as much as some members do. */
export function scoreMember(member: Member, table: Table): Float64Array {
  if (member.kind === 'boost') return scoreBoost(member, table);
  if (member.kind === 'ridge') return scoreRidge(member, table);
  if (member.kind === 'process') return scoreProcess(member, table);
  return withColumns(table, member.columns).x;
}

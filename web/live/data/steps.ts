// The way of a swap as the swap room defines it; steps.test.ts holds the two together.

export const steps = [
  'reserved',
  'arrived',
  'identified',
  'authorised',
  'positioned',
  'locked-out',
  'removed',
  'stored',
  'picked',
  'installed',
  'checked',
  'settled',
  'released',
] as const;

/** How bad a state is: `waiting` needs somebody, `over` ended without an exchange. */
export type Mood = 'going' | 'done' | 'waiting' | 'over';

export interface Progress {
  /** How many of the 13 steps are done. */
  readonly done: number;
  readonly mood: Mood;
}

const waiting = ['blocked', 'stranded', 'unreturned'];

interface Told {
  readonly state: string;
  readonly returned?: readonly unknown[];
  readonly given?: readonly unknown[];
}

/** A failure does not tell how far the swap had come; the packs that moved do. */
export function progressOf({ state, returned = [], given = [] }: Told): Progress {
  const reached = steps.indexOf(state as (typeof steps)[number]) + 1;
  if (reached > 0) return { done: reached, mood: reached === steps.length ? 'done' : 'going' };
  const moved = given.length > 0 ? 'installed' : returned.length > 0 ? 'stored' : 'authorised';
  return { done: steps.indexOf(moved) + 1, mood: waiting.includes(state) ? 'waiting' : 'over' };
}

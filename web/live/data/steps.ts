// How far a swap has come.
import { type Step, steps, stuckStates } from '#swap/api';

/** How bad a state is: `waiting` needs somebody, `over` ended without an exchange. */
export type Mood = 'going' | 'done' | 'waiting' | 'over';

export interface Progress {
  /** How many of the steps are done. */
  readonly done: number;
  readonly mood: Mood;
}

interface Told {
  readonly state: string;
  readonly returned?: readonly unknown[];
  readonly given?: readonly unknown[];
}

/** A failure does not tell how far the swap had come; the packs that moved do. */
export function progressOf({ state, returned = [], given = [] }: Told): Progress {
  const reached = steps.indexOf(state as Step) + 1;
  if (reached > 0) return { done: reached, mood: reached === steps.length ? 'done' : 'going' };
  const moved = given.length > 0 ? 'installed' : returned.length > 0 ? 'stored' : 'authorised';
  return {
    done: steps.indexOf(moved) + 1,
    mood: (stuckStates as readonly string[]).includes(state) ? 'waiting' : 'over',
  };
}

// What a station's sign says at a glance: one word for each, the worst first. Pure.
import type { Mood } from '../../../shell/State.tsx';
import type { States } from './board.ts';

/** By their number in typed arrays. */
export const conditions = ['offline', 'empty', 'swapping', 'ready', 'unknown', 'shut'] as const;
export type Condition = (typeof conditions)[number];

export const moodOf: Readonly<Record<Condition, Mood>> = {
  offline: 'bad',
  empty: 'low',
  swapping: 'going',
  ready: 'good',
  unknown: 'calm',
  shut: 'bad',
};

/** The place in `conditions`: out of use, whatever else; not connected; connected without a charged pack; a swap under way; able to serve. */
export function conditionAt(states: States, n: number): number {
  if (states.known[n] === 0) return 4;
  if (states.outOfUse[n] !== null) return 5;
  if (states.online[n] === 0) return 0;
  if (states.openSwap[n] !== null) return 2;
  return states.ready[n] === 0 ? 1 : 3;
}

export const conditionOf = (states: States, n: number): Condition => conditions[conditionAt(states, n)]!;

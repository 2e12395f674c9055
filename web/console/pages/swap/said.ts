// States, steps, checks of a swap in words; what we do not know stands as it came.
import { checkNames, failures, origins, steps, stuckStates } from '#swap/api';
import type { T } from '../../words/index.ts';

const oneOf =
  <Word extends string>(words: readonly Word[]) =>
  (it: string): it is Word =>
    (words as readonly string[]).includes(it);
export const isStep = oneOf(steps);
const isFailure = oneOf(failures);
export const isStuck = oneOf(stuckStates);
export const isCheck = oneOf(checkNames);
const isOrigin = oneOf(origins);

export const states = [...steps, ...failures] as const;

export const stateInWords = (t: T, state: string): string =>
  isStep(state) ? t(`swap.step.${state}`) : isFailure(state) ? t(`swap.failed.${state}`) : state;

export const originInWords = (t: T, origin: string): string => (isOrigin(origin) ? t(`swap.from.${origin}`) : origin);

export const checkInWords = (t: T, check: string): string => (isCheck(check) ? t(`swap.checks.name.${check}`) : check);

/** What has to happen next; the server's own sentence where we have no words. */
export function waitInWords(t: T, { state, next, said }: { state: string; next?: string | undefined; said: string }) {
  if (isStuck(state)) return t(`swap.stuck.${state}`);
  return next !== undefined && isStep(next) ? t(`swap.waits.${next}`) : said;
}

/** How a state is to be taken: waits for somebody, is over without an exchange, goes on, is done. */
export function moodOf(state: string): 'good' | 'going' | 'bad' | 'calm' {
  if (state === 'released') return 'good';
  if (isStuck(state)) return 'bad';
  return isStep(state) ? 'going' : 'calm';
}

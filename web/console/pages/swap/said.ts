// States, steps, checks of a swap in words; what we do not know stands as it came.
import type { en } from '../../words/en/index.ts';
import type { T } from '../../words/index.ts';

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
] as const satisfies (keyof typeof en.swap.step)[];
export type Step = (typeof steps)[number];

const failures = [
  'blocked',
  'stranded',
  'expired',
  'cancelled',
  'aborted',
  'unreturned',
] as const satisfies (keyof typeof en.swap.failed)[];
type Failure = (typeof failures)[number];
const stuck = ['blocked', 'stranded', 'unreturned'] as const;
type Stuck = (typeof stuck)[number];
const checks = ['locks', 'torque', 'interlock', 'insulation', 'coolant', 'mating'] as const;
type Check = (typeof checks)[number];
const origins = ['reserved', 'local', 'remote', 'unannounced'] as const;

const oneOf =
  <Word extends string>(words: readonly Word[]) =>
  (it: string): it is Word =>
    (words as readonly string[]).includes(it);
export const isStep = oneOf<Step>(steps);
const isFailure = oneOf<Failure>(failures);
export const isStuck = oneOf<Stuck>(stuck);
export const isCheck = oneOf<Check>(checks);
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

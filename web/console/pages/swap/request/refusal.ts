// Refusals of a swap in our words: the rule and what to do. A code that we do not know is said by the server alone.
import type { en } from '../../../words/en/index.ts';
import type { T } from '../../../words/index.ts';

const codes = [
  'token-unknown',
  'token-blocked',
  'token-expired',
  'reference-unknown',
  'swap-elsewhere',
  'reserved-elsewhere',
  'no-pack-to-return',
  'no-pack',
  'not-entitled',
  'all-denied',
  'not-served',
  'no-matched-set',
  'too-little',
  'balance-too-low',
  'model-unknown',
  'station-unknown',
  'not-authorised',
  'swap-has-begun',
  'swap-unknown',
  'swap-has-ended',
  'swap-has-not-begun',
  'swap-is-paid',
  'permission-missing',
  'credential-missing',
] as const satisfies readonly (keyof typeof en.swap.refusal)[];
type Code = (typeof codes)[number];

const isCode = (it: string): it is Code => (codes as readonly string[]).includes(it);

export interface Ruled {
  readonly title: string;
  readonly rule: string;
  readonly todo: string;
}

export function ruleOf(t: T, code: string): Ruled | undefined {
  if (!isCode(code)) return undefined;
  return {
    title: t(`swap.refusal.${code}.title`),
    rule: t(`swap.refusal.${code}.rule`),
    todo: t(`swap.refusal.${code}.todo`),
  };
}

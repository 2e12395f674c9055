// How much of what the law asks for is there, what is missing, and from whom it is due.
import type { Visible } from './access.ts';
import { demandOf } from './attribute.ts';
import { attributes } from './attributes/index.ts';
import type { Supplier } from './words.ts';

export interface Coverage {
  /** Mandatory for its category: EV 70, LMT 79, industrial 72, stationary 80. */
  readonly mandatory: number;
  readonly known: number;
  /** Those whose state the reader may not know. */
  readonly withheld: number;
  readonly simulated: number;
  readonly voluntary: number;
  readonly missing: readonly { readonly no: number; readonly key: string; readonly from: Supplier }[];
  /** Of the mandatory ones that are not withheld; null when all are. */
  readonly percent: number | null;
}

export function coverageOf({ values, category }: Visible): Coverage {
  const asked = attributes
    .filter((it) => demandOf(it, category) === 'mandatory')
    .map((it) => ({ it, value: values[it.key]! }));
  const missing = asked.flatMap(({ it: { no, key }, value }) =>
    value.state === 'missing' ? [{ no, key, from: value.from }] : [],
  );
  const known = asked.filter(({ value }) => value.state === 'known');
  const told = known.length + missing.length;
  return {
    mandatory: asked.length,
    known: known.length,
    withheld: asked.length - told,
    simulated: known.filter(({ value }) => value.state === 'known' && value.simulated).length,
    voluntary: attributes.filter((it) => demandOf(it, category) === 'voluntary' && values[it.key]!.state === 'known')
      .length,
    missing,
    percent: told === 0 ? null : Math.round((1000 * known.length) / told) / 10,
  };
}

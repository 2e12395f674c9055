// Who may read what of a passport. This is the one place that decides it; every page, route and export takes what it leaves.

import { attributes } from './attributes/index.ts';
import type { Passport, Value } from './passport.ts';
import type { AccessClass, Purpose, ReaderClass } from './words.ts';

/** Legitimate interest is always for a purpose; without one it is the public that reads. */
export type Reader =
  | { readonly as: Exclude<ReaderClass, 'interest'> }
  | { readonly as: 'interest'; readonly purpose: Purpose };

/**
 * The matrix: Article 77(2) and Annex XIII with the classes of DIN DKE SPEC 99100. Narrow where the texts differ: notified bodies
 * and market surveillance get no Part 2 (docs/decisions/0043). Owners read what concerns their pack; who operates it or answers
 * for the passport has supplied it.
 */
const MATRIX: Readonly<Record<ReaderClass, readonly AccessClass[]>> = {
  public: ['public'],
  interest: ['public', 'interest', 'interest-commission'],
  commission: ['public', 'interest-commission', 'authorities'],
  authority: ['public', 'authorities'],
  owner: ['public', 'interest', 'interest-commission'],
  operator: ['public', 'interest', 'interest-commission', 'authorities'],
};

export const mayRead = ({ as }: Reader, access: AccessClass): boolean => MATRIX[as].includes(access);

declare const seenBy: unique symbol;
/** A passport of which nothing is left that its reader may not see. Only `visible` makes one. */
export type Visible = Omit<Passport, 'values'> & {
  readonly values: Readonly<Record<string, VisibleValue>>;
  readonly reader: Reader;
  readonly [seenBy]: true;
};
/** `withheld` does not even tell whether there is a value. */
export type VisibleValue = Value | { readonly state: 'withheld'; readonly access: AccessClass };

/** What one reader may see of a passport. */
export function visible(passport: Passport, reader: Reader): Visible {
  const values = Object.fromEntries(
    attributes.map(({ key, access }): [string, VisibleValue] => [
      key,
      mayRead(reader, access) ? passport.values[key]! : { state: 'withheld', access },
    ]),
  );
  return { ...passport, values, reader } as Visible;
}

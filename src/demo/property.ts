// The three property structures of the seed: the same packs, the same swaps, other pockets.
import { type Entering, entersUnder, type Owner, type PackModel, type Structure, WHOLE_TITLE } from '#pack';
import type { PartyId } from '#units';

/** The maker owns every pack, a battery bank does, or several own each together. */
export type Property = (typeof properties)[number];
export const properties = ['maker', 'bank', 'joint'] as const;

/** One of the three, or one that somebody wrote: his names its owners, the three draw them pack by pack. */
export type Held = Property | (Structure & { readonly owners: readonly Owner[] });

/** On which terms packs enter. Assumed: who carries all the capital gets half of the service fee, who holds jointly no crumbs. */
const terms: Readonly<Record<Property, Structure>> = {
  maker: { name: 'maker' },
  bank: { name: 'bank', ownersPercent: 50 },
  joint: {
    name: 'joint',
    restrictions: { preemptionDays: null, leastMillionths: 50_000, buyers: null, lockedUntil: null },
  },
};

export const isProperty = (it: unknown): it is Property => (properties as readonly unknown[]).includes(it);
export const nameOf = (held: Held): string => (isProperty(held) ? held : held.name);

/** Who may own packs. */
export interface OwnersToBe {
  readonly makers: Readonly<Record<string, PartyId>>;
  readonly banks: readonly PartyId[];
  /** Each a set of owners with their shares in millionths. */
  readonly joint: readonly (readonly Owner[])[];
}

export const whole = (party: PartyId): readonly Owner[] => [{ party, millionths: WHOLE_TITLE }];

/**
 * Who owns a pack of this model at entering. Packs of makers that take no part belong to the first that does.
 * @param lot at least 0, less than 1: which bank, which set of owners
 * @throws RangeError when nobody takes part who could own it so
 */
export function ownersBy(
  property: Property,
  model: Pick<PackModel, 'maker'>,
  { makers, banks, joint }: OwnersToBe,
  lot: number,
): readonly Owner[] {
  const drawn = <T>(from: readonly T[]): T => {
    const it = from[Math.floor(lot * from.length)];
    if (it === undefined) throw new RangeError(`nobody takes part who could own packs as ${property}`);
    return it;
  };
  switch (property) {
    case 'maker':
      return whole(makers[model.maker] ?? drawn(Object.values(makers).slice(0, 1)));
    case 'bank':
      return whole(drawn(banks));
    case 'joint':
      return drawn(joint);
  }
}

/**
 * A pack as it enters under a structure; whichever it is, it takes one lot.
 * @throws RangeError as `ownersBy`
 */
export const heldAs = (
  pack: Omit<Entering, 'owners'>,
  model: Pick<PackModel, 'maker'>,
  held: Held,
  toBe: OwnersToBe,
  lot: number,
): Entering =>
  isProperty(held)
    ? entersUnder({ ...pack, owners: ownersBy(held, model, toBe, lot) }, terms[held])
    : entersUnder({ ...pack, owners: held.owners }, held);

// The three property structures of the seed: the same packs, the same swaps, other pockets.
import { type Owner, type PackModel, WHOLE_TITLE } from '#pack';
import type { PartyId } from '#units';

/** The maker owns every pack, a battery bank does, or several own each together. */
export type Property = 'maker' | 'bank' | 'joint';

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

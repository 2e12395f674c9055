// What owners may not do with their shares, and what a vote may order. Plain data, browser-safe.
import { z } from 'zod';
import { partyKinds } from '#party/api';
import { wire } from '#units/api';

export const millionths = z.int().min(1).max(1_000_000);
export const instant = z.iso.datetime();
/** Whole fen, up to 10 billion yuan. */
export const price = z.int().min(0).max(1_000_000_000_000);

/** Always said as a whole: what is null does not bind. */
export const restrictions = z.strictObject({
  /** Before a share moves, the other owners may take it at the same terms for so many days. */
  preemptionDays: z.int().min(1).max(90).nullable(),
  /** Who has a share has at least so much of the whole. */
  leastMillionths: z.int().min(2).max(1_000_000).nullable(),
  /** Who may come in: these organisations, and all of these kinds. Whoever is an owner may have more. */
  buyers: z
    .strictObject({ parties: z.array(wire.partyId).max(200), kinds: z.array(z.enum(partyKinds)).max(10) })
    .nullable(),
  /** No share moves before. */
  lockedUntil: instant.nullable(),
});

/** What a carried vote orders, to the letter and nothing beside it. */
export const proposal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('restrict'), restrictions }),
  z.strictObject({ kind: z.literal('lease'), lessee: wire.partyId.nullable() }),
  /** Takes a share from an owner, at this price for all of it. */
  z.strictObject({ kind: z.literal('sale'), from: wire.partyId, to: wire.partyId, millionths, fen: price }),
]);

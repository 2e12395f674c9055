// A property structure: who owns a pack that enters and nobody says whose it is, and on which terms it enters.
import { z } from 'zod';
import { wire } from '#units/api';
import { millionths, restrictions } from './api/restrictions.ts';
import type { Entering } from './register.ts';
import { WHOLE_TITLE } from './whole.ts';

export const structure = z.strictObject({
  /** As the parties call it; it stands in the record of each pack. */
  name: z.string().min(1).max(60),
  /** Who owns a pack for which nobody is named; then each must be named when absent. */
  owners: z
    .array(z.strictObject({ party: wire.partyId, millionths }))
    .refine((all) => all.reduce((sum, it) => sum + it.millionths, 0) === WHOLE_TITLE, 'shares add up to 1,000,000')
    .refine((all) => new Set(all.map((it) => it.party)).size === all.length, 'an owner is listed twice')
    .optional(),
  /** Who rents it. */
  lessee: wire.partyId.optional(),
  /** Hundredths of the service fee; the usual part when absent. */
  ownersPercent: z.int().min(0).max(100).optional(),
  /** How shares may not move. */
  restrictions: restrictions.optional(),
});
export type Structure = z.output<typeof structure>;

/** A pack as it enters under this structure. */
export const entersUnder = (it: Entering, under: Structure | undefined): Entering => ({
  ...it,
  ...(under && { structure: under.name }),
  ...(under?.ownersPercent !== undefined && { ownersPercent: under.ownersPercent }),
  ...(under?.restrictions && { restrictions: under.restrictions }),
  ...(under?.lessee && { lessee: under.lessee }),
});

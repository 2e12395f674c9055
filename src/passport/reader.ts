// As whom a caller reads: by the kind of the organisation he acts for. What he reaches of packs is decided before.
import type { Caller, Work } from '#kernel';
import { findParty, type PartyKind } from '#party';
import type { Reader } from './access.ts';
import type { Purpose } from './words.ts';

/** The regulator under this id reads as the Commission; all others are authorities of market surveillance. */
export const COMMISSION = 'european-commission';

/**
 * Who has a legitimate interest is for an implementing act that is not there yet (Article 77(9)). Until then: workshops and
 * recyclers, of packs in their hands, for a purpose they name.
 */
export async function readerOf(work: Work, caller: Caller, purpose: Purpose | undefined): Promise<Reader> {
  if (caller.kind === 'nobody') return { as: 'public' };
  // A key without an organisation is the platform's.
  if (caller.tenant === undefined) return caller.kind === 'key' ? { as: 'operator' } : { as: 'public' };
  const party = await findParty(work, caller.tenant);
  return party ? readerOfKind(party.kind, { id: party.id, purpose }) : { as: 'public' };
}

/** The same for an organisation that is known. */
export function readerOfKind(
  kind: PartyKind,
  { id, purpose }: { readonly id: string; readonly purpose: Purpose | undefined },
): Reader {
  switch (kind) {
    case 'operator':
    case 'platform':
    case 'maker':
      return { as: 'operator' };
    case 'bank':
    case 'owner':
      return { as: 'owner' };
    case 'workshop':
    case 'recycler':
      return purpose ? { as: 'interest', purpose } : { as: 'public' };
    case 'regulator':
      return { as: id === COMMISSION ? 'commission' : 'authority' };
    default:
      return { as: 'public' };
  }
}

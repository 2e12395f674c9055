// Who owned a pack at an instant: a share counts from the moment the platform moved it, by our clock and nobody else's.
import type { Work } from '#kernel';
import { type Change, changesOf } from '#ledger';
import type { Instant, PackCode, PartyId } from '#units';
import type { Owner } from './register.ts';

/**
 * Who owned which share of this pack then; who entered with it, for a time before that.
 * @param booked only by what the ledger had booked before this transfer; by all of it when absent
 */
export type OwnersAt = (code: PackCode, at: Instant, booked?: number) => readonly Owner[];

/** The owners of these packs, as they are and as they were. */
export async function ownersOver(work: Work, codes: readonly PackCode[]): Promise<OwnersAt> {
  const changes = await changesOf(work, 'title', [...new Set(codes)]);
  const byCode = Map.groupBy(changes, (it) => it.asset as PackCode);
  return (code, at, booked = Number.POSITIVE_INFINITY) =>
    ownersThen(
      (byCode.get(code) ?? []).filter((it) => it.seq < booked),
      at,
    );
}

/** @param changes of one pack, in the order they were made */
export function ownersThen(changes: readonly Change[], at: Instant): Owner[] {
  const [first] = changes;
  if (!first) return [];
  // As the books keep instants; two acts of one instant both count.
  const told = at.round({ smallestUnit: 'microsecond', roundingMode: 'halfExpand' });
  const then = Temporal.Instant.compare(told, first.at) < 0 ? first.at : told;
  const shares = new Map<PartyId, number>();
  for (const { holder, change, at: changed } of changes) {
    if (Temporal.Instant.compare(changed, then) > 0) continue;
    const party = holder.slice('party:'.length) as PartyId;
    shares.set(party, (shares.get(party) ?? 0) + change);
  }
  return [...shares].flatMap(([party, millionths]) => (millionths > 0 ? [{ party, millionths }] : []));
}

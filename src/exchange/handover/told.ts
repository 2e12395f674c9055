// How hand-overs stand, as they are shown. An offer that nobody took up expires by being looked at: nothing is written for it.
import type { Work } from '#kernel';
import { signingKeysOf } from '#pack';
import type { Instant, PackCode, PartyId } from '#units';
import { custodyOf } from './custody.ts';
import { type Dispute, type Offer, saidIn } from './statement.ts';
import { countOf, ofPack, type Row } from './store.ts';

/** Judged at this instant. */
export function stateOf(
  { certifiedAt, disputeId, until }: Pick<Row, 'certifiedAt' | 'disputeId' | 'until'>,
  at: Instant,
): 'offered' | 'expired' | 'certified' | 'disputed' {
  if (certifiedAt) return 'certified';
  if (disputeId) return 'disputed';
  return Temporal.Instant.compare(at, until) > 0 ? 'expired' : 'offered';
}

/** All of one pack, as far as these may be told. */
export async function handoversShown(work: Work, code: PackCode, mayBeTold: (row: Row) => boolean) {
  const all = await ofPack(work, code);
  const rows = all.filter(mayBeTold);
  const { party } = await custodyOf(work, code);
  const parties = new Set([...rows.flatMap((it) => [it.giver, it.receiver]), ...(party ? [party] : [])]);
  return {
    code,
    after: await countOf(work, code),
    custodian: party ?? null,
    keys: (await signingKeysOf(work, [...parties])).map((it) => ({ ...it })),
    items: rows.map((it) => shown(it, all, work.at)),
  };
}

function shown(row: Row, all: readonly Row[], at: Instant) {
  const { id, note, giver, receiver, giverSigned, receiverSigned, deliveredAt, certifiedAt } = row;
  const signedBy: PartyId[] = [...(giverSigned ? [giver] : []), ...(receiverSigned ? [receiver] : [])];
  return {
    ...{ id, note, signedBy, deliveredAt, certifiedAt },
    state: stateOf(row, at),
    statement: saidIn<Offer>(note),
    dispute: row.disputeId === null ? null : disputeShown(row, all),
  };
}

function disputeShown({ disputeId, disputeNote, disputeNo, disputedAt, giver, receiver }: Row, all: readonly Row[]) {
  const settled = all
    .filter((it) => it.giver === giver && it.receiver === receiver && it.no !== null && it.no > disputeNo!)
    .toSorted((a, b) => a.no! - b.no!)[0];
  return {
    id: disputeId!,
    statement: saidIn<Dispute>(disputeNote!),
    note: disputeNote!,
    at: disputedAt!,
    settledBy: settled?.id ?? null,
  };
}

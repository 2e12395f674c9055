// Who does not agree signs his own version: both are kept in the record, and the pack stays where it is.
import { Refused, type Work } from '#kernel';
import type { Signed } from '#pack';
import { append } from '#record';
import { anomaly } from '#station';
import { custodyOf } from './custody.ts';
import { demandDisputable, unsigned } from './decide.ts';
import { type Delivered, type Delivery, told, unknownPack } from './delivery.ts';
import { countersigned, type Dispute, type Offer, saidIn } from './statement.ts';
import * as store from './store.ts';

/** @throws Refused `pack-unknown`, `handover-unknown`, `handover-unsigned`, and what `demandDisputable` refuses */
export async function takeDispute(
  work: Work,
  { id, statement: it, note }: Signed<Dispute>,
  { isSeen }: Delivery,
): Promise<Delivered> {
  const before = await store.findByDispute(work, id);
  if (before) return told(work, before);
  const row = await store.find(work, it.disputes);
  if (row?.packCode !== it.pack) {
    if (!isSeen) throw unknownPack(it.pack);
    throw new Refused(
      'handover-unknown',
      `There is no hand-over ${it.disputes} of this pack`,
      { id: it.disputes },
      404,
    );
  }
  const offer = saidIn<Offer>(row.note);
  const { signers, note: countable } = await countersigned(work, note, [it.by]);
  if (!signers.has(it.by)) throw unsigned([it.by]);
  const no = await store.countOf(work, it.pack);
  const { giverSigned: isGiverSigned } = row;
  const offered = { offer, isGiverSigned, isCertified: row.certifiedAt !== null, isDisputed: row.disputeId !== null };
  demandDisputable(it, offered, { after: no, signers, now: work.at });
  await store.addDispute(work, { id, handoverId: row.id, packCode: it.pack, no, by: it.by, note: countable });
  const body = { handover: row.id, dispute: id, by: it.by, why: it.why, offered: row.note, note: countable };
  await append(work, [{ subject: `pack:${it.pack}`, type: 'pack.handover-disputed', body }]);
  await alarm(work, it, offer);
  return told(work, (await store.find(work, row.id))!);
}

async function alarm(work: Work, { pack, by, why, disputes }: Dispute, { from }: Offer): Promise<void> {
  const holder = (await custodyOf(work, pack)).holder ?? '';
  const stationId = holder.startsWith('station:') ? (holder.slice('station:'.length) as never) : '';
  const sentence = `${by} does not take pack ${pack} over from ${from} as it was offered: ${why}`;
  const facts = { packCode: pack, handover: disputes, from, by, why };
  await anomaly(work, [{ stationId, kind: 'handover-disputed', about: pack, sentence, facts }]);
}

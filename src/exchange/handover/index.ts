// A pack goes from one organisation to another when both have signed in what state: custody, certificate and record in one work.
import { demandNoTest } from '#health';
import { Refused, type Work } from '#kernel';
import { type Holder, mustPost, type Transfer } from '#ledger';
import { find as findPacks, known, type Signed, signingKeysOf, usableWh } from '#pack';
import { knownParties } from '#party';
import { append } from '#record';
import type { Head } from '#record/verify';
import { anomaly, lift, slotsOf, standing } from '#station';
import { demandNoSwap } from '#swap';
import type { PackCode, PartyId } from '#units';
import { demandLicensed } from '../licence.ts';
import { demandNotLost } from '../missing.ts';
import { custodyOf, organisationOf } from './custody.ts';
import { type Custody, demandDisputable, demandOffer, disputed, unsigned } from './decide.ts';
import { type Countersigned, countersigned, type Dispute, type Offer, readHandover, saidIn } from './statement.ts';
import * as store from './store.ts';
import { stateOf } from './told.ts';

/** The log, where one is open. */
export interface Heads {
  /** The pack's newest event in the log. */
  readonly newest: (code: PackCode) => Promise<Head | undefined>;
  /** Whether the log has ever said this of the pack. */
  readonly holds: (head: Head) => Promise<boolean>;
}

interface Delivery {
  /** Whether whoever brings it sees the pack anyway. Who does not must bring the signature of whoever has it. */
  readonly isSeen: boolean;
  readonly heads: Heads | undefined;
}

/** What has become of a hand-over. */
export interface Delivered {
  readonly id: string;
  readonly state: 'offered' | 'expired' | 'certified' | 'disputed';
  readonly missing: PartyId[];
}

/**
 * Takes what was signed: an offer with one signature waits for the other, with both the pack changes hands; a dispute keeps
 * both versions and leaves custody as it is. The same again changes nothing and tells how it stands.
 * @throws Refused `handover-note-wrong`, `pack-unknown`, `handover-unsigned`, `party-unknown`, `handover-head-wrong`,
 * `handover-slot-in-use`, what `demandOffer` and `demandDisputable` refuse, and what keeps the pack where it is
 */
export async function deliver(work: Work, code: PackCode, text: string, delivery: Delivery): Promise<Delivered> {
  const signed = readHandover(text, code);
  const { statement } = signed;
  if (!(await known(work, [code])).has(code)) throw unknownPack(code); // locked: what is signed of one pack comes one by one
  return statement.type === 'handover'
    ? await offered(work, { ...signed, statement }, delivery)
    : await refusedBy(work, { ...signed, statement }, delivery);
}

export const unknownPack = (code: PackCode) => new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);

async function offered(work: Work, { id, statement: it, note }: Signed<Offer>, delivery: Delivery): Promise<Delivered> {
  const before = await store.find(work, id);
  if (before?.certifiedAt) return told(work, before);
  const signed = await countersigned(work, note, [it.from, it.to], before?.note);
  if (!delivery.isSeen && !signed.signers.has(it.from)) throw unknownPack(it.pack);
  if (before && isNothingNew(before, signed)) return told(work, before);
  if (before?.disputeId) throw disputed();
  const custody = await custodyOf(work, it.pack);
  const after = await store.countOf(work, it.pack);
  demandOffer(it, { custody, after }, work.at);
  await demandReceivable(work, it);
  await demandFree(work, it.pack);
  await demandHead(it, delivery.heads);
  const [giverSigned, receiverSigned] = [signed.signers.has(it.from), signed.signers.has(it.to)];
  const isWhole = giverSigned && receiverSigned;
  const { pack: packCode, from: giver, to: receiver, until } = it;
  await store.keep(work, {
    ...{ id, packCode, giver, receiver, until, note: signed.note, giverSigned, receiverSigned },
    no: isWhole ? after : null,
  });
  if (isWhole) await handOver(work, id, it, { custody, note: signed.note });
  return told(work, (await store.find(work, id))!);
}

/** Delivered again, or with a signature that is there already. */
const isNothingNew = ({ giver, receiver, giverSigned, receiverSigned }: store.Row, { signers }: Countersigned) =>
  signers.has(giver) === giverSigned && signers.has(receiver) === receiverSigned;

const told = (work: Work, row: store.Row): Delivered => ({
  id: row.id,
  state: stateOf(row, work.at),
  missing: [...(row.giverSigned ? [] : [row.giver]), ...(row.receiverSigned ? [] : [row.receiver])],
});

async function demandReceivable(work: Work, { to, pack }: Offer): Promise<void> {
  if (!(await knownParties(work, [to])).has(to))
    throw new Refused('party-unknown', `There is no organisation ${to}`, { partyId: to }, 404);
  await demandLicensed(work, to, pack);
}

/** @throws Refused while a swap, a test or a charge goes on with it, and when nobody knows where it is */
async function demandFree(work: Work, code: PackCode): Promise<void> {
  await demandNotLost(work, code);
  await demandNoSwap(work, code);
  await demandNoTest(work, code);
  await demandNotCharging(work, code);
}

/**
 * A transaction runs as long as the pack stands in the slot, charging or not (OCPP 2.1, use case S04): what counts is whether power flows.
 * @throws Refused `handover-slot-in-use`
 */
export async function demandNotCharging(work: Work, code: PackCode): Promise<void> {
  const places = await standing(work, [], [code]);
  const slots = await slotsOf(work, [...new Set(places.map((it) => it.stationId))]);
  const busy = [...slots.values()].flat().find((it) => it.packCode === code && it.powerW !== 0);
  if (busy)
    throw new Refused(
      'handover-slot-in-use',
      `Slot ${busy.slotNo} of ${busy.stationId} charges this pack: what is signed of its charge would soon be wrong`,
      {
        stationId: busy.stationId,
        slotNo: busy.slotNo,
      },
    );
}

/** What is signed leads into the log, or there is no log. */
async function demandHead({ pack, head }: Offer, heads: Heads | undefined): Promise<void> {
  const wrong = (why: string) => new Refused('handover-head-wrong', why, { code: pack }, 409);
  if (head === null) {
    if (await heads?.newest(pack))
      throw wrong('The log has a history of this pack, and the text does not name its head');
    return;
  }
  if (!(await heads?.holds({ ...head, subject: `pack:${pack}` })))
    throw wrong('The log does not say this of the history of this pack');
}

async function handOver(
  work: Work,
  id: string,
  it: Offer,
  { custody, note }: { custody: Custody; note: string },
): Promise<void> {
  const { pack: code, from, to } = it;
  const [pack] = await findPacks(work, [code]);
  const move = (id: string, unit: 'custody' | 'energy', asset: string, amount: number): Transfer => ({
    kind: 'posted',
    id,
    debit: { unit, asset, holder: custody.holder! },
    credit: { unit, asset, holder: `party:${to}` },
    amount,
    reason: 'pack handed over',
  });
  const wh = usableWh(pack!);
  const transfer = `handover/${id}`;
  await mustPost(work, [
    [move(transfer, 'custody', code, 1), ...(wh > 0 ? [move(`${transfer}/energy`, 'energy', 'Wh', wh)] : [])],
  ]);
  await lift(work, code);
  await append(work, [
    { subject: `pack:${code}`, type: 'pack.handed-over', body: { handover: id, from, to, place: it.place, note } },
  ]);
}

async function refusedBy(
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

/**
 * Who has a pack is not corrected by hand between two organisations that both can sign.
 * @throws Refused `handover-needed`
 */
export async function demandCertificate(work: Work, code: PackCode, holder: Holder): Promise<void> {
  const { party: giver } = await custodyOf(work, code);
  const receiver = await organisationOf(work, holder);
  if (giver === undefined || receiver === undefined || giver === receiver) return;
  const signing = new Set((await signingKeysOf(work, [giver, receiver])).map((it) => it.party));
  if (signing.has(giver) && signing.has(receiver))
    throw new Refused(
      'handover-needed',
      `${giver} has the pack, and both sign: it goes to ${receiver} by a certificate`,
      { from: giver, to: receiver },
    );
}

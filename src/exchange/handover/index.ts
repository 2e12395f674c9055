// A pack goes from one organisation to another when both have signed in what state: custody, certificate and record in one work.
import { Refused, type Work } from '#kernel';
import { type Holder, mustPost, type Transfer } from '#ledger';
import { find as findPacks, known, type Signed, signingKeysOf, usableWh } from '#pack';
import { knownParties } from '#party';
import { append } from '#record';
import { lift } from '#station';
import type { PackCode } from '#units';
import { demandLicensed } from '../licence.ts';
import { custodyOf, organisationOf } from './custody.ts';
import { type Custody, demandOffer, disputed } from './decide.ts';
import { type Delivered, type Delivery, type Heads, told, unknownPack } from './delivery.ts';
import { takeDispute } from './dispute.ts';
import { demandFree } from './free.ts';
import { type Countersigned, countersigned, type Offer, readHandover } from './statement.ts';
import * as store from './store.ts';

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
    : await takeDispute(work, { ...signed, statement }, delivery);
}

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

async function demandReceivable(work: Work, { to, pack }: Offer): Promise<void> {
  if (!(await knownParties(work, [to])).has(to))
    throw new Refused('party-unknown', `There is no organisation ${to}`, { partyId: to }, 404);
  await demandLicensed(work, to, pack);
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

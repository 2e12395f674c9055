// The text that both sides are to sign, from what is known of the pack now.
import { newestUntil, testedUntil } from '#health';
import { Refused, type Work } from '#kernel';
import { countersFor, find, signedText, signingKeysOf } from '#pack';
import { knownParties } from '#party';
import type { PackCode, PartyId } from '#units';
import { custodyOf } from './custody.ts';
import { demandGiver } from './decide.ts';
import { type Heads, unknownPack } from './delivery.ts';
import { demandNotCharging } from './free.ts';
import { type Dispute, type Offer, type Statement, saidIn } from './statement.ts';
import * as store from './store.ts';

/** How long an offer stands when nobody says otherwise. */
const HOURS = 72;

interface Offering {
  readonly to: PartyId;
  readonly place: string;
  readonly damage: string[];
  readonly until?: string | undefined;
}

interface Disputing {
  readonly disputes: string;
  readonly why: string;
  readonly soh?: number | undefined;
  readonly soc?: number | undefined;
  readonly damage?: string[] | undefined;
  readonly until?: string | undefined;
}

const untilOf = (work: Work, until: string | undefined) => until ?? work.at.add({ hours: HOURS }).toString();

/** @throws Refused `pack-unknown`, `party-unknown`, `handover-self`, `pack-is-nowhere`, `handover-in-vehicle`, `handover-slot-in-use` */
export async function offerDrafted(
  work: Work,
  code: PackCode,
  { to, place, damage, until }: Offering,
  heads: Heads | undefined,
) {
  const custody = await custodyOf(work, code);
  if (!(await knownParties(work, [to])).has(to))
    throw new Refused('party-unknown', `There is no organisation ${to}`, { partyId: to }, 404);
  const from = custody.party ?? ('' as PartyId);
  demandGiver(from, custody);
  if (from === to) throw new Refused('handover-self', 'Nobody hands a pack over to himself');
  await demandNotCharging(work, code);
  const newest = await heads?.newest(code);
  const statement: Offer = {
    v: 1,
    type: 'handover',
    pack: code,
    ...{ from, to, place, at: work.at.toString(), until: untilOf(work, until) },
    after: await store.countOf(work, code),
    state: { ...(await stateNow(work, code)), damage },
    head: newest ? { count: newest.count, head: newest.head, index: newest.index } : null,
  };
  return await drafted(work, statement, [from, to]);
}

/** @throws Refused `handover-unknown` */
export async function disputeDrafted(work: Work, code: PackCode, asked: Disputing) {
  const row = await store.find(work, asked.disputes);
  if (row?.packCode !== code)
    throw new Refused(
      'handover-unknown',
      `There is no hand-over ${asked.disputes} of this pack`,
      { id: asked.disputes },
      404,
    );
  const { state } = saidIn<Offer>(row.note);
  const at = work.at.toString();
  const { soh = state.soh.percent, soc = state.soc, damage = state.damage } = asked;
  // Who says another figure than the one that was estimated says it by himself.
  const other = { percent: soh, lower: null, upper: null, basis: 'reported' as const, source: row.receiver, at };
  const statement: Dispute = {
    v: 1,
    type: 'handover.dispute',
    pack: code,
    ...{ disputes: row.id, by: row.receiver, why: asked.why, at, until: untilOf(work, asked.until) },
    after: await store.countOf(work, code),
    state: { ...state, soc, damage, soh: soh === state.soh.percent ? state.soh : other },
  };
  return await drafted(work, statement, [row.giver, row.receiver]);
}

async function drafted(work: Work, statement: Statement, parties: readonly PartyId[]) {
  const keys = (await signingKeysOf(work, parties)).map((it) => ({ ...it }));
  return { text: signedText(statement), statement, keys };
}

async function stateNow(work: Work, code: PackCode): Promise<Omit<Offer['state'], 'damage'>> {
  const [pack] = await find(work, [code]);
  if (!pack) throw unknownPack(code);
  return {
    soh: await sohNow(work, code, { soh: pack.soh, at: pack.observedAt.toString() }),
    soc: pack.soc,
    cycles: pack.efc,
    matings: pack.matingCycles,
    counters: { ...(await countersFor(work, code)) },
    observedAt: pack.observedAt.toString(),
  };
}

/** What was measured or estimated last; what the pack says itself where nothing was. */
async function sohNow(
  work: Work,
  code: PackCode,
  reported: { readonly soh: number; readonly at: string },
): Promise<Offer['state']['soh']> {
  const tested = await testedUntil(work, code, work.at);
  const estimate = (await newestUntil(work, [{ code, at: work.at }])).get(code);
  if (tested && !(estimate && Temporal.Instant.compare(estimate.endedAt, tested.at) > 0)) {
    const at = tested.at.toString();
    const { soh: percent, lower, upper } = tested;
    return { percent, lower, upper, basis: 'tested', source: `capacity test ended ${at}`, at };
  }
  if (estimate?.soh == null)
    return { percent: reported.soh, lower: null, upper: null, basis: 'reported', source: 'pack', at: reported.at };
  const { soh: percent, sohLower: lower, sohUpper: upper, stationId, transactionId } = estimate;
  const at = estimate.endedAt.toString();
  return { percent, lower, upper, basis: 'estimated', source: `${stationId}/${transactionId}/${at}`, at };
}

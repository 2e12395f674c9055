// What is said of a claim: pure, so that it is the same wherever it is shown.
import {
  accepted,
  claimIn,
  type Policy,
  readHistory,
  readPartyKeys,
  Unproven,
  utf8,
  verifyAnswer,
  verifyHandover,
  verifyHistory,
  verifyReceipt,
} from '#record/verify';
import { keysIn, policyIn } from './given.ts';
import { answered, eventRows, handedOver, type Row, rowsOf } from './rows.ts';
import type { Words } from './words.ts';
import { Over, Wrong } from './wrong.ts';

export interface Given {
  readonly claim: string;
  readonly policy: string;
  readonly producers: string;
}

export type Verdict =
  | { readonly state: 'waiting'; readonly lacks?: 'noPolicy' }
  | { readonly state: 'checking' }
  | { readonly state: 'holds'; readonly rows: readonly Row[] }
  | { readonly state: 'fails'; readonly reason: keyof Words['reasons']; readonly sentence: string }
  | {
      readonly state: 'unread';
      readonly what: string;
      readonly why: keyof Words['wrong'];
      readonly sentence: string;
    }
  | { readonly state: 'broken'; readonly sentence: string };

/** Offline: looks at nothing but what is given. */
export async function verdictOn({ claim, policy, producers }: Given): Promise<Verdict> {
  if (claim.trim() === '') return { state: 'waiting' };
  if (policy.trim() === '') return { state: 'waiting', lacks: 'noPolicy' };
  return await judged(async () => await holds(claim, await policyIn(policy), producers));
}

/** The verdict that a claim comes to. */
export async function judged(claim: () => Promise<readonly Row[]>): Promise<Verdict> {
  try {
    return { state: 'holds', rows: await claim() };
  } catch (error) {
    const sentence = (error as Error).message;
    if (error instanceof Over) throw error;
    if (error instanceof Wrong) return unread(error);
    return error instanceof Unproven
      ? { state: 'fails', reason: error.reason, sentence }
      : { state: 'broken', sentence };
  }
}

export const unread = ({ what, why, message }: Wrong): Verdict => ({ state: 'unread', what, why, sentence: message });

async function holds(claim: string, policy: Policy, producers: string): Promise<readonly Row[]> {
  const bytes = utf8(claim);
  switch (claimIn(claim)) {
    case 'handover': {
      // Here the keys are those of both sides: an organisation and its key on each line.
      const parties = await readPartyKeys(producers).catch((error: Error) => {
        throw new Wrong('producers', 'partyKeys', error.message);
      });
      return handedOver(await verifyHandover(bytes, { policy, parties }));
    }
    case 'answer':
      return answered(await verifyAnswer(bytes, { policy, producers: await keysIn(producers) }));
    case 'history': {
      const { proven, events } = await verifyHistory(readHistory(bytes), policy);
      return [['subject', events[0]?.subject ?? ''], ...rowsOf(proven), ...eventRows(events)];
    }
    case 'receipt':
      return await received(bytes, policy, producers);
    case 'checkpoint':
      return rowsOf(await accepted(bytes, policy));
    case undefined:
      throw new Wrong('claim', /^\s*[{[]/.test(claim) ? 'json' : 'unknown');
  }
}

async function received(bytes: Uint8Array, policy: Policy, producers: string): Promise<readonly Row[]> {
  const keys = await keysIn(producers);
  const it = await verifyReceipt(bytes, policy, keys.length > 0 ? { producers: keys } : {});
  const { entry } = it;
  const about =
    entry.kind === 'event'
      ? (['subject', 'type', 'at', 'producer'] as const).map((label) => [label, entry.event[label]] as const)
      : [['type', entry.kind] as const];
  return [
    ...about,
    ...it.disclosed.map(({ name, value }) => [`“${name}”`, JSON.stringify(value)] as const),
    ['index', String(it.index)],
    ['sealed', it.isSealed ? 'yes' : 'unasked'],
    ...rowsOf(it),
  ];
}

// All that happened to one pack, and nothing left out: proven to somebody who has no copy of the log.
import { type Bytes, base64, fromBase64, hashFrom, textOf, utf8 } from './bytes.ts';
import { type Event, readEntry } from './entry.ts';
import { leafHashes } from './hash.ts';
import { type Head, verifyHead } from './heads.ts';
import type { Policy } from './policy.ts';
import { type Proven, verifyReceipt } from './receipt.ts';
import { Unproven } from './unproven.ts';

/** What the one who shows a history hands over. */
export interface History {
  readonly head: Head;
  /** From the root of the map of heads down to the subject. */
  readonly path: readonly Bytes[];
  /** Of the `heads` entry with which the log ends. */
  readonly receipt: Bytes;
  /** Oldest first, the bytes as they are in the log. */
  readonly events: readonly Bytes[];
}

/**
 * That these are all events of the subject up to the receipt's checkpoint, in order, as far as the log itself tells. Whether
 * the log tells the truth in its map of heads, whoever has a mirror checks (`verifyMirror`): a lie stays in the log for ever.
 * @throws Unproven of whatever does not hold: `event-hidden`, `heads-differ` …
 */
export async function verifyHistory(history: History, policy: Policy): Promise<{ proven: Proven; events: Event[] }> {
  const { head, path, receipt, events } = history;
  const proven = await verifyReceipt(receipt, policy);
  if (proven.entry.kind !== 'heads')
    throw new Unproven('heads-differ', 'The receipt is not for the heads of the packs but for another entry');
  // A log ends with heads. Older heads would be true as well, and leave out what came after them.
  if (proven.index !== proven.checkpoint.size - 1)
    throw new Unproven(
      'heads-differ',
      'These heads are not the newest of their checkpoint: later events could be missing',
    );
  await verifyHead(head, path, hashFrom(proven.entry.heads.heads.root)!);
  if (events.length !== head.count)
    throw new Unproven(
      'event-hidden',
      `${events.length} of ${head.count} events of ${head.subject} are shown${events.length > head.count ? ', which is too many' : ''}`,
    );
  const leaves = await leafHashes(events);
  const read = events.map((it) => readEntry(it));
  let before: string | null = null;
  const chain: Event[] = [];
  for (const [n, entry] of read.entries()) {
    if (entry.kind !== 'event' || entry.event.subject !== head.subject || entry.event.prev !== before)
      throw new Unproven('event-hidden', `Event ${n + 1} of ${head.subject} does not follow the one before it`);
    before = base64(leaves[n]!);
    chain.push(entry.event);
  }
  if (before !== head.head)
    throw new Unproven('event-hidden', `The newest event of ${head.subject} that is shown is not its newest`);
  return { proven, events: chain };
}

/** The file that `GET /v1/record/<subject>/proof` hands out. @throws Unproven `malformed-proof` */
export function readHistory(bytes: Uint8Array): History {
  try {
    return historyIn(JSON.parse(textOf(bytes) ?? ''));
  } catch {
    throw new Unproven(
      'malformed-proof',
      'This is no proof of a history: JSON with head, path, receipt and events, and nothing else, is needed',
    );
  }
}

/** Exactly these parts. @throws Error when it is not that */
export function historyIn(it: unknown): History {
  const isTexts = (list: unknown): list is string[] =>
    Array.isArray(list) && list.every((one) => typeof one === 'string');
  if (!has(it, 'head', 'path', 'receipt', 'events')) throw new TypeError('no history');
  const { head, path, receipt, events } = it;
  if (!has(head, 'subject', 'count', 'head', 'index') || !isTexts(path) || !isTexts(events))
    throw new TypeError('no history');
  if (typeof receipt !== 'string' || typeof head.subject !== 'string' || typeof head.head !== 'string')
    throw new TypeError('no history');
  if (!Number.isSafeInteger(head.count) || !Number.isSafeInteger(head.index)) throw new TypeError('no head');
  const hashes = path.map((one) => fromBase64(one));
  if (hashes.includes(undefined)) throw new TypeError('no path');
  return { head: head as never, path: hashes as Bytes[], receipt: utf8(receipt), events: events.map(utf8) };
}

const has = (it: unknown, ...names: string[]): it is Record<string, unknown> =>
  typeof it === 'object' && it !== null && Object.keys(it).toSorted().join() === names.toSorted().join();

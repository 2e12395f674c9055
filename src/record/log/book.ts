// The log as its sequencer writes it: events get their place in the chain of their pack, a seal and the heads close the batch.
import {
  type Bytes,
  base64,
  type Commitment,
  canonicalBytes,
  type Event,
  type Head,
  type HeadMap,
  type Json,
  type Seal,
  sealText,
  utf8,
} from '#record/verify';
import { type SigningKey, signature } from './keys.ts';
import { extended, leafOf, nothing, rootOf } from './range.ts';

/** What is to be logged, before it has its place. */
export interface Draft {
  readonly subject: string;
  readonly type: string;
  /** UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
  readonly at: string;
  readonly commitments: readonly Commitment[];
}

/** Where a log stands, as far as a batch must know. */
export interface Standing {
  readonly origin: string;
  readonly size: number;
  /** Of all subjects; a batch moves it on. */
  readonly heads: HeadMap;
  readonly events: number;
  /** How many events the producer has sealed. */
  readonly seq: number;
}

export interface Batch {
  /** Events, their seal, the heads; as they go into the log. */
  readonly entries: readonly Bytes[];
  readonly events: readonly Event[];
  /** Leaf hashes of the events: they need not be hashed again for the tree. */
  readonly leaves: readonly Bytes[];
  readonly seal: Seal;
  readonly standing: Standing;
}

/** One batch of one producer, signed once. Moves `standing.heads` on: call it for what will be written, in order. */
export async function batchOf(standing: Standing, producer: SigningKey, drafts: readonly Draft[]): Promise<Batch> {
  const changed = new Map<string, Head>();
  const events: Event[] = [];
  const entries: Bytes[] = [];
  const leaves: Bytes[] = [];
  for (const [n, { subject, type, at, commitments }] of drafts.entries()) {
    const before = changed.get(subject) ?? standing.heads.get(subject);
    const seq = standing.seq + n;
    const prev = before?.head ?? null;
    const { origin: log } = standing;
    // In the order of canonical JSON, and nothing in it has two spellings: so it is written as it stands.
    const said = commitments.map(({ digest, to }) => ({ digest, to }));
    const event: Event = { at, commitments: said, log, prev, producer: producer.name, seq, subject, type, v: 1 };
    const bytes = utf8(JSON.stringify(event));
    const leaf = leafOf(bytes);
    changed.set(subject, { count: (before?.count ?? 0) + 1, head: base64(leaf), index: standing.size + n, subject });
    events.push(event);
    entries.push(bytes);
    leaves.push(leaf);
  }
  const seal = await sealOf(producer, standing.origin, standing.seq, leaves);
  await standing.heads.set([...changed.values()]);
  const count = standing.events + drafts.length;
  entries.push(canonicalBytes(seal as Json), await headsEntry(standing.origin, standing.heads, count));
  return {
    entries,
    events,
    leaves,
    seal,
    standing: { ...standing, size: standing.size + entries.length, events: count, seq: standing.seq + drafts.length },
  };
}

/** With what every batch ends: the root of the map of heads. */
export async function headsEntry(log: string, map: HeadMap, events: number): Promise<Bytes> {
  const heads = { subjects: map.size, events, root: base64(await map.root()) };
  return canonicalBytes({ v: 1, log, heads });
}

/** One signature over the events with these leaf hashes, of which the first is the producer's event `first`. */
export async function sealOf(key: SigningKey, log: string, first: number, leaves: readonly Bytes[]): Promise<Seal> {
  const root = base64(rootOf(extended(nothing, leaves, () => {})));
  const head = { v: 1, log, producer: key.name, seal: { first, count: leaves.length, root } } as const;
  return { ...head, signature: base64(await signature(key, sealText(head))) };
}

/** The way of the event `index` of a batch to the root of its seal, lowest first, base64. */
export function pathInBatch(leaves: readonly Bytes[], index: number): string[] {
  if (leaves.length <= 1) return [];
  let power = 1;
  while (power * 2 < leaves.length) power *= 2;
  const [left, right] = [leaves.slice(0, power), leaves.slice(power)];
  const root = (of: readonly Bytes[]) => base64(rootOf(extended(nothing, of, () => {})));
  return index < power
    ? [...pathInBatch(left, index), root(right)]
    : [...pathInBatch(right, index - power), root(left)];
}

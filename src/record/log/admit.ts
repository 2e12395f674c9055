// A batch that somebody else made and sealed: whether it may go into the log as it is. Changes nothing, so a refusal leaves the
// log as it was.
import {
  type Bytes,
  base64,
  type Event,
  type HeadMap,
  leafHashes,
  readEntry,
  Unproven,
  type VerifierKey,
  verifySeal,
  verifySealed,
} from '#record/verify';

/** What the log knows of the world when the batch comes. */
export interface Door {
  readonly origin: string;
  readonly heads: HeadMap;
  /** How many events a producer has sealed so far. */
  readonly seqOf: (producer: string) => number;
  /** Keys that may seal now: those revoked are not among them. */
  readonly producers: readonly VerifierKey[];
  /** Milliseconds since 1970; `at` of an event may be this much ahead of it, and any time behind. */
  readonly nowMs: number;
  readonly skewMs: number;
}

/**
 * @param entries the events and, last, their seal
 * @throws Unproven `wrong-log`, `unknown-producer`, `bad-signature`, `unsealed`; `out-of-order` when it came before or an event of
 * its pack has come meanwhile; `event-hidden` when events before it are missing
 */
export async function admit(entries: readonly Bytes[], door: Door): Promise<readonly Event[]> {
  const read = entries.map((it) => readEntry(it));
  const last = read.at(-1);
  if (last?.kind !== 'seal') throw new Unproven('unsealed', 'A batch ends with its seal');
  await verifySeal(last.seal, door.producers);
  const events = read.slice(0, -1).map((it) => {
    if (it.kind !== 'event') throw new Unproven('malformed-entry', 'Before its seal a batch holds events only');
    return it.event;
  });
  const leaves = await leafHashes(entries.slice(0, -1));
  await verifySealed(last.seal, events, leaves);
  const { producer, seal, log } = last.seal;
  if (log !== door.origin || events.some((it) => it.log !== door.origin))
    throw new Unproven('wrong-log', `The batch is for the log ${log}`);
  const due = door.seqOf(producer);
  if (seal.first < due)
    throw new Unproven('out-of-order', `${producer} has sealed event ${seal.first} before: a batch comes once`);
  if (seal.first > due)
    throw new Unproven('event-hidden', `Event ${due} of ${producer} is due, the batch begins with ${seal.first}`);
  const newest = new Map<string, string>();
  for (const [n, { subject, prev, at, seq }] of events.entries()) {
    if (prev !== (newest.get(subject) ?? door.heads.get(subject)?.head ?? null))
      throw new Unproven(
        'out-of-order',
        `Event ${seq} of ${producer} does not follow the newest one of ${subject}: ask for it, seal anew`,
      );
    const time = Date.parse(at);
    if (Number.isNaN(time) || time > door.nowMs + door.skewMs)
      throw new Unproven(
        'malformed-entry',
        `Event ${seq} of ${producer} is dated ${at}, which is no time or still to come`,
      );
    newest.set(subject, base64(leaves[n]!));
  }
  return events;
}

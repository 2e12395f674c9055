// A certificate of a hand-over from its file alone: both sides signed this state of the pack, the log has it, and nothing of the
// pack's history up to there is left out.
import { base64, same, textOf, utf8 } from './bytes.ts';
import { type Event, readEntry } from './entry.ts';
import { type HandedOver, readHandedOver } from './handedOver.ts';
import { leafHashes } from './hash.ts';
import { type History, historyIn, verifyHistory } from './history.ts';
import { canonical, type Json } from './json.ts';
import { type Note, readKey, readNote, signedBy, type VerifierKey } from './note.ts';
import type { Policy } from './policy.ts';
import { type Proven, verifyReceipt } from './receipt.ts';
import { Unproven } from './unproven.ts';

/** An organisation and a key by which it signs, as the one who verifies knows them: never taken from the file. */
export interface PartyKey {
  readonly party: string;
  readonly key: VerifierKey;
}

/** Whom the one who verifies trusts. */
export interface Trusting {
  readonly policy: Policy;
  readonly parties: readonly PartyKey[];
  /** Keys that seal batches; without them the seal of the entry is not checked. */
  readonly producers?: readonly VerifierKey[] | undefined;
}

/** A hand-over that holds. */
export interface HandoverProven {
  readonly statement: HandedOver;
  /** Names of the keys that signed, the giver's first. */
  readonly signers: readonly [string, string];
  /** When custody moved, by the network's clock. */
  readonly at: string;
  readonly rests: Proven;
  /** Events of the pack up to the head that both signed, complete; null where the text names none. */
  readonly before: readonly Event[] | null;
}

interface CertificateFile {
  readonly note: string;
  readonly receipt: string;
  readonly history: History;
}

/**
 * Offline: nothing but these arguments is looked at. That the pack really was so is not proven: that both sides said it, when, and
 * that neither can say it otherwise now.
 * @throws Unproven `malformed-handover`, `not-canonical`, `bad-signature`, `not-signed`, `handover-differs`, `wrong-log`, `event-hidden`,
 * `heads-differ`, and all of a receipt
 */
export async function verifyHandover(
  bytes: Uint8Array,
  { policy, parties, producers }: Trusting,
): Promise<HandoverProven> {
  const { note: text, receipt, history } = fileIn(bytes);
  const note = readNote(utf8(text));
  const statement = readHandedOver(note.text);
  const signers = await bothSides(note, statement, parties);
  const rests = await verifyReceipt(utf8(receipt), policy, { producers });
  const event = demandEntry(rests, statement, text);
  const shown = await verifyHistory(history, policy);
  if (shown.proven.checkpoint.origin !== rests.checkpoint.origin)
    throw new Unproven('wrong-log', `The history is of ${shown.proven.checkpoint.origin}, the entry of another log`);
  const before = await eventsBefore(statement, event, { history, events: shown.events });
  return { statement, signers, at: event.at, rests, before };
}

/** Names of the keys by which each side signed. Who holds a key for both has signed alone, and the other has said nothing. */
async function bothSides(
  note: Note,
  { from, to }: HandedOver,
  parties: readonly PartyKey[],
): Promise<readonly [string, string]> {
  const [givers, receivers] = await Promise.all(
    [from, to].map(async (party) => {
      const keys = parties.filter((it) => it.party === party).map((it) => it.key);
      const signed = await signedBy(note, keys);
      if (signed.length === 0) throw new Unproven('not-signed', `No key that you named for ${party} has signed this`);
      return signed.map((it) => it.key);
    }),
  );
  for (const giver of givers!)
    for (const receiver of receivers!) if (!same(giver.raw, receiver.raw)) return [giver.name, receiver.name];
  throw new Unproven(
    'not-signed',
    `One and the same key has signed for ${from} and for ${to}: each side must sign with a key of its own`,
  );
}

/** The entry of the log is of this hand-over and of no other. */
function demandEntry({ entry, disclosed }: Proven, { pack, until }: HandedOver, note: string): Event {
  const differs = (why: string) => new Unproven('handover-differs', why);
  if (entry.kind !== 'event' || entry.event.type !== 'pack.handed-over')
    throw differs('The receipt is not of a hand-over but of another entry');
  const { event } = entry;
  if (event.subject !== `pack:${pack}`) throw differs(`The entry is about ${event.subject}, not about pack ${pack}`);
  const isTold = ({ value }: { value: Json }) =>
    typeof value === 'object' && value !== null && (value as { readonly note?: Json }).note === note;
  if (!disclosed.some(isTold)) throw differs('The entry does not hold what both are shown to have signed');
  if (Date.parse(event.at) > Date.parse(until))
    throw differs(`It was offered until ${until} and entered at ${event.at}`);
  return event;
}

/** All events of the pack up to the head in the text, which came before the hand-over. */
async function eventsBefore(
  { head, pack }: HandedOver,
  handedOver: Event,
  { history, events }: { readonly history: History; readonly events: readonly Event[] },
): Promise<readonly Event[] | null> {
  if (history.head.subject !== `pack:${pack}`)
    throw new Unproven('handover-differs', `The history is of ${history.head.subject}, not of pack ${pack}`);
  const leaves = (await leafHashes(history.events)).map(base64);
  const own = canonical(handedOver as unknown as Json);
  const at = history.events.findIndex((it) => canonical(saidIn(it) as unknown as Json) === own);
  if (at < 0) throw new Unproven('event-hidden', 'The history of the pack that is shown does not have this hand-over');
  if (head === null) return null;
  if (head.count > at || leaves[head.count - 1] !== head.head)
    throw new Unproven('heads-differ', `The history did not stand as both signed it: ${head.count} events before`);
  return events.slice(0, head.count);
}

function saidIn(bytes: History['events'][number]): Event {
  const entry = readEntry(bytes);
  if (entry.kind !== 'event') throw new Unproven('malformed-entry', 'A history is of events');
  return entry.event;
}

/** Exactly these parts. */
function fileIn(bytes: Uint8Array): CertificateFile {
  const no = () => new Unproven('malformed-handover', 'This is no certificate: note, receipt and history are needed');
  const has = (it: unknown, ...names: string[]): it is Record<string, unknown> =>
    typeof it === 'object' && it !== null && Object.keys(it).toSorted().join() === names.toSorted().join();
  try {
    const it: unknown = JSON.parse(textOf(bytes) ?? '');
    if (!has(it, 'v', 'note', 'receipt', 'history') || it.v !== 1) throw no();
    const { note, receipt, history } = it;
    if (typeof note !== 'string' || typeof receipt !== 'string') throw no();
    return { note, receipt, history: historyIn(history) };
  } catch {
    throw no();
  }
}

/** Lines of an organisation and a verifier key, as `GET /v1/packs/<code>/handovers` tells them. @throws Unproven `malformed-key` */
export async function readPartyKeys(text: string): Promise<PartyKey[]> {
  const lines = text.split('\n').map((it) => it.trim());
  return await Promise.all(
    lines
      .filter((it) => it !== '' && !it.startsWith('#'))
      .map(async (line) => {
        const [party = '', key = '', ...rest] = line.split(/\s+/);
        if (key === '' || rest.length > 0)
          throw new Unproven(
            'malformed-key',
            `"${line.slice(0, 60)}": an organisation and its key are needed on a line`,
          );
        return { party, key: await readKey(key) };
      }),
  );
}

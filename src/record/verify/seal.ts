// One signature for many events: the producer signs the root of their leaf hashes.
import { type Bytes, fromBase64, hashFrom, same } from './bytes.ts';
import type { Event, Seal } from './entry.ts';
import { canonical } from './json.ts';
import { rootOf, verifyInclusion } from './merkle.ts';
import { signedBy, type VerifierKey } from './note.ts';
import { Unproven } from './unproven.ts';

/** What the producer signs. Its first line keeps it apart from every checkpoint and cosignature. */
export const sealText = ({ v, log, producer, seal }: Omit<Seal, 'signature'>): string =>
  `packloop batch v1\n${canonical({ v, log, producer, seal })}\n`;

/** @returns the key that sealed @throws Unproven `unknown-producer` or `bad-signature` */
export async function verifySeal(seal: Seal, producers: readonly VerifierKey[]): Promise<VerifierKey> {
  const bytes = fromBase64(seal.signature)!;
  const signature = { name: seal.producer, id: bytes.subarray(0, 4).toHex(), bytes: bytes.slice(4) };
  const keys = producers.filter((it) => it.kind === 'note');
  const signed = await signedBy({ text: sealText(seal), signatures: [signature] }, keys);
  if (signed.length === 0)
    throw new Unproven(
      'unknown-producer',
      `Nobody here knows the key ${signature.id} of the producer ${seal.producer}`,
    );
  return signed[0]!.key;
}

/** That these events, with these leaf hashes, are those the seal is for. @throws Unproven `unsealed` */
export async function verifySealed(seal: Seal, events: readonly Event[], leaves: readonly Bytes[]): Promise<void> {
  const { first, count, root } = seal.seal;
  const no = (why: string) => new Unproven('unsealed', `A batch of ${seal.producer} is not as it was sealed: ${why}`);
  if (events.length !== count) throw no(`${events.length} events where ${count} belong`);
  for (const [n, it] of events.entries())
    if (it.producer !== seal.producer || it.seq !== first + n) throw no(`event ${first + n} is not in its place`);
  if (!same(await rootOf(leaves), hashFrom(root)!)) throw no('an event was changed');
}

/** That one event, by its place in the batch and the path to the batch's root. @throws Unproven `unsealed` */
export async function verifyInSeal(seal: Seal, event: Event, leaf: Bytes, path: readonly Bytes[]): Promise<void> {
  const { first, count, root } = seal.seal;
  const isOurs = seal.producer === event.producer && seal.log === event.log;
  const proven = isOurs
    ? await verifyInclusion({ leaf, index: event.seq - first, size: count, root: hashFrom(root)!, path }).then(
        () => true,
        () => false,
      )
    : false;
  if (!proven) throw new Unproven('unsealed', `${event.producer} has not sealed this event`);
}

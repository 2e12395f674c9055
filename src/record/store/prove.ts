// Proofs for somebody who trusts nobody: a receipt of one entry, the whole history of a subject.
import type { Work } from '#kernel';
import { inclusionPath, pathInBatch } from '#record/log';
import {
  type Bytes,
  base64,
  canonicalBytes,
  type Enclosure,
  type Head,
  type Json,
  leafHashes,
  readEntry,
  textOf,
  utf8,
  writeReceipt,
} from '#record/verify';
import type { AccessClass } from './classes.ts';
import { disclosures } from './commit.ts';
import { batchAt, entriesAt, foreignOf, type Standing, standingOf } from './find.ts';
import { filesIn } from './pieces.ts';
import type { Secret } from './secret.ts';

/** A checkpoint as it is handed out, with what witnesses have signed. */
export interface Published {
  readonly size: number;
  readonly checkpoint: Bytes;
}

/** C2SP tlog-proof of one entry, with its event, the producer's seal and what these classes of readers may know inside. */
export async function receiptOf(
  { db }: Work,
  secret: Secret,
  entry: Standing,
  { size, checkpoint }: Published,
  classes: readonly AccessClass[],
): Promise<string> {
  const { first, events, seal } = await batchAt(db, entry.index);
  const leaves = await leafHashes(events);
  const told = disclosures(secret, entry);
  const enclosed: Enclosure = {
    entry: JSON.parse(textOf(events[entry.index - first]!)!) as Json,
    seal: { entry: seal.seal as Json, path: pathInBatch(leaves, entry.index - first) },
    disclosures: classes.flatMap((it) => told.get(it) ?? []),
  };
  const path = await inclusionPath(filesIn(db), entry.index, size);
  return writeReceipt({ extra: canonicalBytes(enclosed as Json), index: entry.index, path, checkpoint });
}

/** All events of a subject, as `verifyHistory` and `packloop verify history` take them; hashes and bytes in base64. */
export interface HistoryProof {
  readonly head: Head;
  readonly path: readonly string[];
  readonly receipt: string;
  readonly events: readonly string[];
}

/** @param at where the subject stands in the map of heads with which the log of this size ends */
export async function historyOf(
  { db }: Work,
  { head, path }: { readonly head: Head; readonly path: readonly Bytes[] },
  { size, checkpoint }: Published,
): Promise<HistoryProof> {
  const [last] = await entriesAt(db, [size - 1]);
  if (readEntry(last!).kind !== 'heads') throw new Error('The log does not end with heads: it is damaged');
  const extra = canonicalBytes({ entry: JSON.parse(textOf(last!)!) as Json });
  const receipt = writeReceipt({
    extra,
    index: size - 1,
    path: await inclusionPath(filesIn(db), size - 1, size),
    checkpoint,
  });
  const own = await standingOf(db, head.subject, { size });
  const indices = [...own.map((it) => it.index), ...(await foreignOf(db, head.subject, size))];
  const events = await entriesAt(
    db,
    indices.toSorted((a, b) => a - b),
  );
  return { head, path: path.map(base64), receipt, events: events.map((it) => textOf(it)!) };
}

/** Text as it is in the log. */
export const published = (size: number, note: string, lines: readonly string[]): Published => ({
  size,
  checkpoint: utf8(note + lines.join('')),
});

// C2SP tlog-proof: one entry, its way to a checkpoint, and the checkpoint with its cosignatures, in one file.
import { type Bytes, base64, decimal, fromBase64, hashFrom, textOf, utf8 } from './bytes.ts';
import { type Disclosure, verifyDisclosure } from './disclosure.ts';
import { type Entry, readEntry, type Seal, saidIn } from './entry.ts';
import { leafHash } from './hash.ts';
import { canonicalBytes, type Json, readCanonical } from './json.ts';
import { verifyInclusion } from './merkle.ts';
import type { VerifierKey } from './note.ts';
import { type Accepted, accepted, type Policy } from './policy.ts';
import { verifyInSeal, verifySeal } from './seal.ts';
import { Unproven } from './unproven.ts';

export interface Receipt {
  /** Not proven by the receipt; ours holds an `Enclosure`, each part of which proves itself. */
  readonly extra?: Bytes;
  readonly index: number;
  readonly path: readonly Bytes[];
  /** A signed note, as the log published it. */
  readonly checkpoint: Bytes;
}

/** What our receipts carry as extra data, canonical JSON. */
export type Enclosure = {
  /** The entry itself: it must hash to the leaf. */
  readonly entry: Json;
  /** The seal of its batch, whose signature is checked, and the path of the event in the batch, base64. */
  readonly seal?: { readonly entry: Json; readonly path: readonly string[] };
  /** RFC 9901 disclosures: each must have its digest in the entry. */
  readonly disclosures?: readonly string[];
};

export const HEAD = 'c2sp.org/tlog-proof@v1';

export const writeReceipt = ({ extra, index, path, checkpoint }: Receipt): string =>
  [
    HEAD,
    ...(extra === undefined ? [] : [`extra ${base64(extra)}`]),
    `index ${index}`,
    ...path.map(base64),
    '',
    textOf(checkpoint),
  ].join('\n');

/** @throws Unproven `malformed-receipt` */
export function readReceipt(bytes: Uint8Array): Receipt {
  const no = (why: string) => new Unproven('malformed-receipt', `This is no receipt: ${why}`);
  const text = textOf(bytes);
  if (text === undefined) throw no('it is not UTF-8');
  const blank = text.indexOf('\n\n');
  if (blank < 0) throw no('there is no checkpoint');
  const [head, ...lines] = text.slice(0, blank).split('\n');
  if (head !== HEAD) throw no(`the first line is not ${HEAD}`);
  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift() : undefined;
  const extra = extraLine === undefined ? undefined : fromBase64(extraLine.slice('extra '.length));
  if (extraLine !== undefined && extra === undefined) throw no('the extra data are not base64');
  const indexLine = lines.shift() ?? '';
  const index = indexLine.startsWith('index ') ? decimal(indexLine.slice('index '.length)) : undefined;
  if (index === undefined) throw no('it does not say at which index');
  if (lines.length > 63) throw no('the path is longer than any tree is high');
  const path = lines.map((it) => {
    const hash = hashFrom(it);
    if (hash === undefined) throw no(`"${it.slice(0, 60)}" is no hash`);
    return hash;
  });
  return { ...(extra !== undefined && { extra }), index, path, checkpoint: utf8(text.slice(blank + 2)) };
}

/** What a receipt proves. */
export interface Proven extends Accepted {
  readonly index: number;
  readonly entry: Entry;
  /** Whether the producer's own signature was there and right; false when it was not asked or not enclosed. */
  readonly isSealed: boolean;
  readonly disclosed: readonly Disclosure[];
}

/** Who is asked beside the policy. */
export interface Beside {
  /** The entry, when it is not enclosed. */
  readonly entry?: Bytes | undefined;
  /** Keys of producers. An enclosed seal must then be of one of them. */
  readonly producers?: readonly VerifierKey[] | undefined;
}

/** Offline: nothing but these arguments is looked at. @throws Unproven of whatever does not hold */
export async function verifyReceipt(bytes: Uint8Array, policy: Policy, beside: Beside = {}): Promise<Proven> {
  const receipt = readReceipt(bytes);
  const found = await accepted(receipt.checkpoint, policy);
  const { size, root, origin } = found.checkpoint;
  const enclosed = receipt.extra === undefined ? undefined : enclosureIn(receipt.extra);
  const entryBytes = beside.entry ?? (enclosed && canonicalBytes(enclosed.entry));
  if (entryBytes === undefined)
    throw new Unproven('malformed-receipt', 'The receipt does not enclose its entry: give it beside');
  const leaf = await leafHash(entryBytes);
  await verifyInclusion({ leaf, index: receipt.index, size, root, path: receipt.path });
  const entry = readEntry(entryBytes);
  const { log } = saidIn(entry);
  if (log !== origin) throw new Unproven('wrong-log', `The entry is for the log ${log}, not for ${origin}`);
  const isSealed = await sealHolds(entry, leaf, enclosed, beside.producers);
  const digests = entry.kind === 'event' ? entry.event.commitments.map((it) => it.digest) : [];
  const disclosed: Disclosure[] = [];
  for (const it of enclosed?.disclosures ?? []) disclosed.push(await verifyDisclosure(it, digests));
  return { ...found, index: receipt.index, entry, isSealed, disclosed };
}

async function sealHolds(entry: Entry, leaf: Bytes, enclosed: Enclosure | undefined, producers: Beside['producers']) {
  if (producers === undefined) return false;
  const it = entry.kind === 'seal' ? entry : enclosed?.seal && readEntry(canonicalBytes(enclosed.seal.entry));
  if (it?.kind !== 'seal') {
    if (it !== undefined) throw new Unproven('malformed-receipt', 'What is enclosed as a seal is none');
    return false;
  }
  await verifySeal(it.seal as Seal, producers);
  if (entry.kind === 'event') await verifyInSeal(it.seal, entry.event, leaf, enclosed!.seal!.path.map(hashOr));
  return true;
}

function hashOr(text: string): Bytes {
  const hash = hashFrom(text);
  if (hash === undefined) throw new Unproven('malformed-receipt', 'A path in a batch is of hashes in base64');
  return hash;
}

/** Exactly what we enclose: a name that nobody reads could hide something from whoever does. */
function enclosureIn(extra: Bytes): Enclosure {
  const it = readCanonical(extra);
  const isTexts = (list: Json | undefined) =>
    list === undefined || (Array.isArray(list) && list.every((text) => typeof text === 'string'));
  const has = (value: Json | undefined, needed: readonly string[], also: readonly string[] = []) =>
    typeof value === 'object' &&
    value !== null &&
    needed.every((name) => name in value) &&
    Object.keys(value).every((name) => needed.includes(name) || also.includes(name));
  if (has(it, ['entry'], ['seal', 'disclosures'])) {
    const { seal, disclosures } = it as { readonly [key: string]: Json };
    const isSeal = seal === undefined || (has(seal, ['entry', 'path']) && isTexts((seal as { path: Json }).path));
    if (isSeal && isTexts(disclosures)) return it as unknown as Enclosure;
  }
  throw new Unproven('malformed-receipt', 'The extra data are not what a Packloop receipt encloses');
}

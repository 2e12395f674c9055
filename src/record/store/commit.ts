// What an entry tells the log: digests, one for each class of readers. The same body always gives the same ones, so that whoever
// has body and secret can show at any time what was said, and the audit finds a body that was changed.
import { createCipheriv, createDecipheriv, hash } from 'node:crypto';
import { base64, type Commitment, type Json, joined, saltFrom, utf8 } from '#record/verify';
import { type AccessClass, accessClasses, classes } from './classes.ts';
import type { Secret } from './secret.ts';

/** An entry as it stands in `record.entry`. */
export interface Told {
  readonly seq: number;
  readonly subject: string;
  readonly type: string;
  readonly body: { readonly [field: string]: Json };
  /** Digest of what was sealed for a person, base64url. */
  readonly personal?: string | null;
  /** What the log commits to, when text was taken out of the body since. */
  readonly kept?: readonly Commitment[] | null | undefined;
}

/** The fields that each class may know, in the order of the body. A fact without fields tells the public just that. */
export function grouped({ type, body }: Pick<Told, 'type' | 'body'>): Map<AccessClass, { [field: string]: Json }> {
  const of = Object.hasOwn(classes, type) ? classes[type]! : {};
  const groups = new Map<AccessClass, [field: string, value: Json][]>();
  for (const field of Object.keys(body)) {
    const to = Object.hasOwn(of, field) ? of[field]! : 'operator';
    const group = groups.get(to);
    if (group === undefined) groups.set(to, [[field, body[field]!]]);
    else group.push([field, body[field]!]);
  }
  // By entries, for a field can have any name, also that of a prototype.
  return new Map([...groups].map(([to, fields]) => [to, Object.fromEntries(fields)]));
}

/** What of a fact these classes may know, in the order of its fields. */
export function bodyFor(may: readonly AccessClass[], told: Pick<Told, 'type'> & { readonly body: object }) {
  const groups = grouped(told as Told);
  const known = new Set(may.flatMap((to) => Object.keys(groups.get(to) ?? {})));
  return Object.fromEntries(Object.entries(told.body).filter(([field]) => known.has(field)));
}

/** RFC 9901 disclosures of an entry: one for each class of readers, named as the class. */
export function disclosures(secret: Secret, told: Told): Map<AccessClass, string> {
  const groups = grouped(told);
  const isKept = (it: string) => !told.kept || told.kept.some(({ digest }) => digest === digestOf(it));
  return new Map(
    accessClasses.flatMap((to) => {
      const value = groups.get(to);
      if (value === undefined) return [];
      const salt = saltFrom(secret.salt(told.subject, to, told.seq));
      // As `writeDisclosure` of the verifier writes it, by Node's faster base64url.
      const it = Buffer.from(JSON.stringify([salt, to, value])).toString('base64url');
      return isKept(it) ? [[to, it]] : [];
    }),
  );
}

const digestOf = (disclosure: string): string => hash('sha256', disclosure, 'base64url');

/** For the event, in an order that tells nothing of the fields. */
export function commitments(secret: Secret, told: Told): Commitment[] {
  if (told.kept) return [...told.kept];
  const all = [...disclosures(secret, told)].map(([to, it]): Commitment => ({ digest: digestOf(it), to }));
  if (told.personal) all.push({ digest: told.personal, to: 'personal' });
  return all.length > 1 ? all.toSorted((a, b) => (a.digest < b.digest ? -1 : 1)) : all;
}

/** What may leave the house: the disclosure of one class, readable with that class's key of the subject alone. */
export interface Payload {
  readonly seq: number;
  readonly type: string;
  readonly to: AccessClass;
  /** AES-256-GCM, base64: 12 bytes of nonce, ciphertext, 16 bytes of tag. */
  readonly sealed: string;
}

/**
 * The nonce is the entry's number, which comes once with each key. What was sealed cannot be passed off as another subject's
 * or class's: they are authenticated with it.
 */
export function payload(secret: Secret, told: Told, to: AccessClass): Payload | undefined {
  const disclosure = disclosures(secret, told).get(to);
  if (disclosure === undefined) return undefined;
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(4, BigInt(told.seq));
  const cipher = createCipheriv('aes-256-gcm', secret.classKey(told.subject, to), nonce);
  cipher.setAAD(utf8(`${to}\n${told.subject}`));
  const text = joined(cipher.update(utf8(disclosure)), cipher.final());
  return { seq: told.seq, type: told.type, to, sealed: base64(joined(nonce, text, cipher.getAuthTag())) };
}

/** The disclosure in a payload. @throws Error when key, subject or class are others, or a bit was flipped */
export function opened(key: Uint8Array, subject: string, { to, sealed }: Pick<Payload, 'to' | 'sealed'>): string {
  const bytes = Uint8Array.fromBase64(sealed);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
  decipher.setAAD(utf8(`${to}\n${subject}`));
  decipher.setAuthTag(bytes.subarray(-16));
  return new TextDecoder().decode(joined(decipher.update(bytes.subarray(12, -16)), decipher.final()));
}

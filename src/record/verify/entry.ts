// What an entry of the log can be: an event, the seal of a batch of events, a word on a producer's key, or the heads of all packs.
import { type Bytes, fromBase64, fromBase64url, hashFrom } from './bytes.ts';
import { type Json, readCanonical } from './json.ts';
import type { KeyAct } from './keyAct.ts';
import { isKeyName } from './note.ts';
import { Unproven } from './unproven.ts';

/** A salted digest of fields, and which readers may be told them. */
export type Commitment = {
  /** An access class, such as `public`. The log does not know what it means. */
  readonly to: string;
  /** RFC 9901 digest, base64url. */
  readonly digest: string;
};

/** What happened to one pack (or swap, or station), as its producer said it. Its leaf hash is what the next event calls `prev`. */
export type Event = {
  readonly v: 1;
  /** Origin of the log: an event cannot be moved to another. */
  readonly log: string;
  /** Name of the key that seals. */
  readonly producer: string;
  /** Counted by the producer without gaps, from 0: what a log swallows is missed. */
  readonly seq: number;
  /** Leaf hash of the subject's previous event, base64; null for its first. */
  readonly prev: string | null;
  /** `pack:…`, `swap:…`, `station:…`. */
  readonly subject: string;
  readonly type: string;
  /** UTC with milliseconds. */
  readonly at: string;
  readonly commitments: readonly Commitment[];
};

/** Stands right behind the events it seals. Signs them all at once: the root of their leaf hashes. */
export type Seal = {
  readonly v: 1;
  readonly log: string;
  readonly producer: string;
  readonly seal: { readonly first: number; readonly count: number; readonly root: string };
  /** base64 of key id and Ed25519 signature, as in a signed note. */
  readonly signature: string;
};

/** The last entry of every batch of the log: the root of the map from each subject to its newest event. */
export type Heads = {
  readonly v: 1;
  readonly log: string;
  readonly heads: { readonly subjects: number; readonly events: number; readonly root: string };
};

export type Entry =
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'seal'; readonly seal: Seal }
  | { readonly kind: 'key'; readonly key: KeyAct }
  | { readonly kind: 'heads'; readonly heads: Heads };

/** What an entry says, whatever it is. */
export const saidIn = (it: Entry): Event | Seal | KeyAct | Heads =>
  it.kind === 'event' ? it.event : it.kind === 'seal' ? it.seal : it.kind === 'key' ? it.key : it.heads;

/** A length is a uint16 in a bundle. */
export const LONGEST_ENTRY = 65_535;

/** @throws Unproven `not-canonical` or `malformed-entry` */
export function readEntry(bytes: Bytes): Entry {
  if (bytes.length > LONGEST_ENTRY) throw new Unproven('malformed-entry', 'An entry has at most 65,535 bytes');
  const value = readCanonical(bytes);
  if (isObject(value)) {
    if ('subject' in value) return { kind: 'event', event: checked(value, event) as Event };
    if ('seal' in value) {
      const seal = checked(value, sealEntry) as Seal;
      checked(seal.seal, sealed);
      return { kind: 'seal', seal };
    }
    if ('key' in value) {
      const key = checked(value, keyEntry) as KeyAct;
      checked(key.key as Json, key.key.act === 'admit' ? admission : revocation);
      return { kind: 'key', key };
    }
    if ('heads' in value) {
      const heads = checked(value, headsEntry) as Heads;
      checked(heads.heads, headsOf);
      return { kind: 'heads', heads };
    }
  }
  throw new Unproven('malformed-entry', 'An entry is an event, a seal, a word on a key, or heads');
}

type Shape = Readonly<Record<string, (it: Json) => boolean>>;

/** Exactly these fields. */
function checked(value: Json, shape: Shape): Json {
  const names = isObject(value) ? new Set([...Object.keys(value), ...Object.keys(shape)]) : ['entry'];
  for (const name of names)
    if (!isObject(value) || !(name in value) || !shape[name]?.(value[name]!))
      throw new Unproven('malformed-entry', `"${name.slice(0, 50)}" of an entry is missing, wrong or unknown`);
  return value;
}

const isObject = (it: Json): it is { readonly [key: string]: Json } =>
  typeof it === 'object' && it !== null && !Array.isArray(it);
const isText = (pattern: RegExp) => (it: Json) => typeof it === 'string' && pattern.test(it);
const isCount = (it: Json) => Number.isSafeInteger(it) && (it as number) >= 0;
const isHash = (it: Json) => typeof it === 'string' && hashFrom(it) !== undefined;
const isCommitment = (it: Json) => {
  if (!isObject(it) || Object.keys(it).length !== 2) return false;
  const { to, digest } = it;
  return word(to ?? null) && typeof digest === 'string' && fromBase64url(digest)?.length === 32;
};
const word = isText(/^[a-z][a-z0-9.-]{0,63}$/);

const common: Shape = { v: (it) => it === 1, log: isText(/^[^\n]{1,255}$/) };
const byProducer: Shape = { ...common, producer: (it) => typeof it === 'string' && it.length <= 255 && isKeyName(it) };
const event: Shape = {
  ...byProducer,
  seq: isCount,
  prev: (it) => it === null || isHash(it),
  subject: isText(/^[a-z]+:[\x21-\x7e]{1,64}$/),
  type: word,
  at: isText(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  commitments: (it) => Array.isArray(it) && it.every(isCommitment),
};
const sealEntry: Shape = {
  ...byProducer,
  seal: isObject,
  signature: (it) => typeof it === 'string' && fromBase64(it)?.length === 68,
};
const keyEntry: Shape = {
  ...common,
  key: isObject,
  signature: (it) => typeof it === 'string' && fromBase64(it)?.length === 68,
};
const ofKey: Shape = {
  producer: (it) => typeof it === 'string' && it.length <= 255 && isKeyName(it),
  vkey: isText(/^\S{1,400}$/),
};
const admission: Shape = { ...ofKey, act: (it) => it === 'admit' };
const revocation: Shape = { ...ofKey, act: (it) => it === 'revoke', from: isCount, why: isText(/^[^\n]{1,200}$/) };
const sealed: Shape = { first: isCount, count: (it) => isCount(it) && it !== 0, root: isHash };
const headsEntry: Shape = { ...common, heads: isObject };
const headsOf: Shape = { subjects: isCount, events: isCount, root: isHash };

// The network's secret: from it come the keys that sign, the salts of what the log commits to, and the keys of what leaves the
// house. It lies beside the database, never in it.
import { hash } from 'node:crypto';
import { isSm2Seed, type SigningKey, signingKey } from '#record/log';
import { type Bytes, utf8 } from '#record/verify';

const BLOCK = 64;

/** What is hashed is put together here: new arrays for each would cost more than the hashes. */
const bench = new Uint8Array(512);
const outer = new Uint8Array(BLOCK + 32);
const answer = outer.subarray(BLOCK);

/** HMAC-SHA-256 (RFC 2104) with one key. By Node's one-shot hash: many times as fast as `createHmac` for short messages. */
export class Hmac {
  readonly #inner: Uint8Array;
  readonly #outer: Uint8Array;

  constructor(key: Uint8Array) {
    const block = new Uint8Array(BLOCK);
    block.set(key.length > BLOCK ? hash('sha256', key, 'buffer') : key);
    this.#inner = block.map((it) => it ^ 0x36);
    this.#outer = block.map((it) => it ^ 0x5c);
  }

  of(message: Uint8Array): Bytes {
    const length = BLOCK + message.length;
    const inner = length <= bench.length ? bench.subarray(0, length) : new Uint8Array(length);
    inner.set(this.#inner);
    inner.set(message, BLOCK);
    outer.set(this.#outer);
    answer.setFromHex(hash('sha256', inner, 'hex'));
    const bytes = new Uint8Array(32);
    bytes.setFromHex(hash('sha256', outer, 'hex'));
    return bytes;
  }
}

/** So many keys of subjects are remembered; each is two hashes to make anew. */
const MOST_KEYS = 50_000;

const eight = new Uint8Array(8);
const number = new DataView(eight.buffer);

export class Secret {
  readonly #root: Hmac;
  readonly #salting = new Map<string, Hmac>();

  /** @param text of at least 32 characters that nobody can guess */
  constructor(text: string) {
    this.#root = new Hmac(utf8(text));
  }

  /** 32 bytes for one purpose; those of another tell nothing of them. */
  derived(purpose: string): Bytes {
    return this.#root.of(utf8(`packloop record v1\n${purpose}`));
  }

  /** What only this secret makes of a log's name: kept in the database, to know the right one again. */
  mark(origin: string): string {
    return this.derived(`mark\n${origin}`).toHex();
  }

  /** The key with which the log signs its checkpoints. */
  logKey(origin: string): SigningKey {
    return signingKey(origin, this.derived(`log\n${origin}`));
  }

  /** The key of a line in SM2 beside that one. The first number made for it that is one. */
  sm2LogKey(origin: string): SigningKey {
    for (let nth = 0; ; nth++) {
      const seed = this.derived(`log sm2 ${nth}\n${origin}`);
      if (isSm2Seed(seed)) return signingKey(origin, seed, 'sm2');
    }
  }

  /** The key with which this house seals its own batches, the `nth` of them. */
  producerKey(origin: string, nth: number): SigningKey {
    return signingKey(`${origin}/house${nth === 0 ? '' : `-${nth}`}`, this.derived(`producer ${nth}\n${origin}`));
  }

  /** AES-256 key of what one class of readers may know of one subject (UNTP: a key for each pack and role). */
  classKey(subject: string, to: string): Bytes {
    return this.derived(`class ${to}\n${subject}`);
  }

  /** What the log is told of a body from which text was taken out: whoever changes it again cannot make this anew. */
  leftOf(seq: number, body: object): string {
    return this.derived(`left of ${seq}\n${JSON.stringify(body)}`).toHex();
  }

  /** 128 bits for the fields of one entry that one class of readers may know. */
  salt(subject: string, to: string, seq: number): Bytes {
    const name = `${to}\n${subject}`;
    let salting = this.#salting.get(name);
    if (salting === undefined) {
      if (this.#salting.size >= MOST_KEYS) this.#salting.clear();
      salting = new Hmac(this.derived(`salt ${name}`));
      this.#salting.set(name, salting);
    }
    number.setBigUint64(0, BigInt(seq));
    return salting.of(eight).subarray(0, 16);
  }
}

// Keys of producers come and go in the log itself: whoever has the log's own key from a policy knows at each place in the log
// whose seals count.
import { fromBase64 } from './bytes.ts';
import { canonical } from './json.ts';
import { readKey, signedBy, type VerifierKey } from './note.ts';
import { Unproven } from './unproven.ts';

/** The log says of a producer that a key is its own from here on, or is so no more. */
export type KeyAct = {
  readonly v: 1;
  readonly log: string;
  readonly key: Admission | Revocation;
  /** base64 of key id and Ed25519 signature of the log's own key. */
  readonly signature: string;
};
export type Admission = { readonly act: 'admit'; readonly producer: string; readonly vkey: string };
export type Revocation = {
  readonly act: 'revoke';
  readonly producer: string;
  readonly vkey: string;
  /** The first event of the producer that this key is not to be believed for; those that stand in the log already included. */
  readonly from: number;
  readonly why: string;
};

/** What the log signs. Its first line keeps it apart from checkpoints, seals and cosignatures. */
export const keyText = ({ v, log, key }: Omit<KeyAct, 'signature'>): string =>
  `packloop key v1\n${canonical({ v, log, key })}\n`;

/** That the log itself said so. @param log its own keys, from the policy @throws Unproven `bad-signature` or `not-signed` */
export async function verifyKeyAct(act: KeyAct, log: readonly VerifierKey[]): Promise<void> {
  const bytes = fromBase64(act.signature)!;
  const signature = { name: act.log, id: bytes.subarray(0, 4).toHex(), bytes: bytes.slice(4) };
  const signed = await signedBy({ text: keyText(act), signatures: [signature] }, log);
  if (signed.length === 0)
    throw new Unproven(
      'not-signed',
      `The log ${act.log} has not signed what is said of the keys of ${act.key.producer}`,
    );
}

/** A key whose seals the log withdrew its word for. */
export interface Revoked {
  readonly producer: string;
  readonly vkey: string;
  readonly why: string;
  readonly from: number;
  /** Events of it that stand in the log and are not to be believed: sealed from `from` on, before it was said. */
  readonly doubted: number;
}

/** Which keys count at a place in the log. */
export class Keyring {
  readonly #valid = new Map<string, VerifierKey>();
  readonly #sealed = new Map<string, [first: number, count: number][]>();
  readonly revoked: Revoked[] = [];

  /** @param given keys that are believed before the log says anything of them */
  constructor(given: readonly VerifierKey[] = []) {
    for (const it of given) this.#valid.set(`${it.name}+${it.id}`, it);
  }

  /** Whether anything is known of this producer: without it nobody can judge its seals. */
  knows(producer: string): boolean {
    return [...this.#valid.values()].some((it) => it.name === producer) || this.#wasKnown(producer);
  }

  get valid(): VerifierKey[] {
    return [...this.#valid.values()];
  }

  /** A batch stands in the log that this key sealed. */
  sealed(keyName: string, first: number, count: number): void {
    const all = this.#sealed.get(keyName) ?? [];
    this.#sealed.set(keyName, all);
    const last = all.at(-1);
    if (last !== undefined && last[0] + last[1] === first) last[1] += count;
    else all.push([first, count]);
  }

  /** @throws Unproven `malformed-key`; `out-of-order` for a key that is not, or is already, as the act wants it */
  async take({ key }: KeyAct): Promise<void> {
    const read = await readKey(key.vkey);
    const name = `${read.name}+${read.id}`;
    if (read.kind !== 'note' || read.name !== key.producer)
      throw new Unproven('malformed-key', `${name} is no key that ${key.producer} could seal with`);
    if (key.act === 'admit') {
      if (this.revoked.some((it) => it.vkey === key.vkey))
        throw new Unproven('out-of-order', `The key ${name} was revoked: it does not come back`);
      this.#valid.set(name, read);
      return;
    }
    const { producer, vkey, why, from } = key;
    const before = this.revoked.findIndex((it) => it.vkey === vkey);
    // It turned out that it was to be doubted earlier.
    if (before >= 0 && from < this.revoked[before]!.from) this.revoked.splice(before, 1);
    else if (!this.#valid.delete(name))
      throw new Unproven('out-of-order', `The key ${name} is not there to be revoked`);
    const doubted = (this.#sealed.get(name) ?? []).reduce(
      (sum, [first, count]) => sum + Math.max(0, first + count - Math.max(first, from)),
      0,
    );
    this.revoked.push({ producer, vkey, why, from, doubted });
  }

  #wasKnown = (producer: string): boolean => this.revoked.some((it) => it.producer === producer);
}

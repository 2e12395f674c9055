// A log in memory, for tests and benches: real keys, real tiles, no disk.
import {
  type Bytes,
  canonicalBytes,
  checkpointText,
  type Enclosure,
  type Files,
  HeadMap,
  type History,
  type Json,
  leafHashes,
  type Policy,
  readPolicy,
  utf8,
  writeReceipt,
} from '#record/verify';
import {
  type Batch,
  batchOf,
  cosignatureLine,
  type Draft,
  emptyTree,
  grown,
  inclusionPath,
  pathInBatch,
  type SigningKey,
  type Standing,
  signedNote,
  signingKey,
  type Tree,
  verifierKey,
} from './index.ts';

/** The same key for the same name; for tests only. */
export const keyOf = (name: string): SigningKey =>
  signingKey(
    name,
    Uint8Array.from({ length: 32 }, (_, n) => (name.charCodeAt(n % name.length) * (n + 7)) & 255),
  );

export const draft = (subject: string, type = 'pack.charged', n = 0): Draft => ({
  subject,
  type,
  at: new Date(1_760_000_000_000 + 1000 * n).toISOString(),
  commitments: [],
});

export class MemoryLog {
  readonly kept = new Map<string, Bytes>();
  readonly files: Files = async (path) => this.kept.get(path);
  readonly batches: { readonly from: number; readonly batch: Batch }[] = [];
  readonly key: SigningKey;
  readonly producer: SigningKey;
  tree: Tree = emptyTree;
  text = '';
  standing: Standing;

  constructor(origin = 'log.example/delta', producer = 'gateway.example/1') {
    this.key = keyOf(origin);
    this.producer = keyOf(producer);
    this.standing = { origin, size: 0, heads: new HeadMap(), events: 0, seq: 0 };
  }

  async append(drafts: readonly Draft[], witnesses: readonly SigningKey[] = []): Promise<Batch> {
    const from = this.standing.size;
    const batch = await batchOf(this.standing, this.producer, drafts);
    this.batches.push({ from, batch });
    this.standing = batch.standing;
    await this.appendRaw(batch.entries, witnesses);
    return batch;
  }

  /** Entries as they are, right or wrong. */
  async appendRaw(entries: readonly Bytes[], witnesses: readonly SigningKey[] = []): Promise<void> {
    const { tree, root, files } = grown(this.tree, entries);
    for (const [path, bytes] of files) this.kept.set(path, bytes);
    this.tree = tree;
    this.text = checkpointText({ origin: this.standing.origin, size: tree.range.size, root });
    const cosigned = await Promise.all(witnesses.map((it) => cosignatureLine(it, this.text, 1_760_000_000)));
    this.kept.set('checkpoint', utf8((await signedNote(this.key, this.text)) + cosigned.join('')));
  }

  async policy(witnesses: readonly SigningKey[] = [], quorum = 'none'): Promise<Policy> {
    return readPolicy(utf8(await this.policyText(witnesses, quorum)));
  }

  async policyText(witnesses: readonly SigningKey[] = [], quorum = 'none'): Promise<string> {
    const keys = await Promise.all(witnesses.map((it) => verifierKey(it, 'cosignature')));
    const names = keys.map((_, n) => `w${n + 1}`);
    return [
      `log ${await verifierKey(this.key, 'note')}`,
      ...keys.map((it, n) => `witness ${names[n]} ${it}`),
      ...(/^(any|all|\d+)$/.test(quorum)
        ? [`group them ${quorum} ${names.join(' ')}`, 'quorum them']
        : [`quorum ${quorum}`]),
      '',
    ].join('\n');
  }

  /** Of the event `n` of batch `b`, with its seal and these disclosures inside; without anything inside when `bare`. */
  async receipt(b: number, n: number, { bare = false, disclosures = [] as readonly string[] } = {}): Promise<Bytes> {
    const { from, batch } = this.batches[b]!;
    const leaves = await leafHashes(batch.entries.slice(0, batch.events.length));
    const enclosed: Enclosure = {
      entry: batch.events[n]! as Json,
      seal: { entry: batch.seal as Json, path: pathInBatch(leaves, n) },
      disclosures,
    };
    return this.receiptAt(from + n, bare ? undefined : canonicalBytes(enclosed as Json));
  }

  async receiptAt(index: number, extra?: Bytes): Promise<Bytes> {
    const path = await inclusionPath(this.files, index, this.tree.range.size);
    return utf8(writeReceipt({ ...(extra && { extra }), index, path, checkpoint: this.kept.get('checkpoint')! }));
  }

  /** All of one subject, for somebody without a mirror. */
  async history(subject: string): Promise<History> {
    const proof = (await this.standing.heads.proof(subject))!;
    const last = this.batches.at(-1)!;
    const entry = JSON.parse(new TextDecoder().decode(last.batch.entries.at(-1))) as Json;
    const receipt = await this.receiptAt(this.tree.range.size - 1, canonicalBytes({ entry }));
    const events = this.batches.flatMap(({ batch }) =>
      batch.events.flatMap((it, n) => (it.subject === subject ? [batch.entries[n]!] : [])),
    );
    return { ...proof, receipt, events };
  }
}

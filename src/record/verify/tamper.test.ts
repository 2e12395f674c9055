// The tamper drill: whatever is changed in whatever place, somebody with the policy and no trust sees it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { committed, type Draft, emptyTree, grown, type SigningKey, verifierKey } from '#record/log';
import {
  type Bytes,
  canonicalBytes,
  type Json,
  readKey,
  Unproven,
  utf8,
  verifyHistory,
  verifyMirror,
  verifyReceipt,
} from '#record/verify';
import { draft, keyOf, MemoryLog } from '../log/testing.ts';

const witnesses = ['bank', 'maker', 'insurer'].map((it) => keyOf(`${it}.example/witness`));
const drafts = (from: number, count: number): Draft[] =>
  Array.from({ length: count }, (_, n) => draft(`pack:P${(from + n) % 7}`, 'pack.charged', from + n));

/** 600 events of 7 packs in 4 batches: full and partial tiles of two levels. */
async function someLog(by: readonly SigningKey[] = witnesses): Promise<MemoryLog> {
  const log = new MemoryLog();
  for (const [from, count] of [
    [0, 1],
    [1, 299],
    [300, 250],
    [550, 50],
  ] as const)
    await log.append(drafts(from, count), by);
  return log;
}
const log = await someLog();
const policy = await log.policy(witnesses, 'all');
const producers = [await readKey(await verifierKey(log.producer, 'note'))];
const mirror = (kept: ReadonlyMap<string, Bytes>) =>
  verifyMirror({ files: async (path) => kept.get(path), policy, producers });
const current = new Map([...log.kept].filter(([path]) => !isOld(path)));
/** Partial tiles of earlier checkpoints, which nobody needs any more. */
function isOld(path: string): boolean {
  const width = Number(/\.p\/(\d+)$/.exec(path)?.[1] ?? 0);
  const level = path.split('/')[1];
  const size = log.tree.range.size;
  if (width === 0) return false;
  return (
    width !== (level === '1' ? Math.floor(size / 256) : size % 256) || !path.includes(level === '1' ? '000' : '002')
  );
}
const anyFile = fc.constantFrom(...current.keys());
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => false,
    (error) => {
      assert.ok(error instanceof Unproven, `${error}`);
      assert.ok(error.message.length > 10, 'a refusal has a sentence');
      return true;
    },
  );

test('an untouched mirror holds, with all its events, seals and packs', async () => {
  const { replayed, checkpoint, witnesses: by } = await mirror(current);
  assert.deepEqual(replayed, {
    events: 600,
    seals: 4,
    unjudged: 0,
    subjects: 7,
    producers: ['gateway.example/1'],
    revoked: [],
  });
  assert.equal(checkpoint.size, 608);
  assert.equal(by.length, 3);
  assert.equal(current.size, 8, 'three tiles and bundles of level 0, one tile of level 1, the checkpoint');
});

test('any bit flipped in any tile, bundle or checkpoint is seen', async () => {
  await fc.assert(
    fc.asyncProperty(anyFile, fc.nat(), fc.nat(7), async (path, at, bit) => {
      const bytes = current.get(path)!.slice();
      bytes[at % bytes.length]! ^= 1 << bit;
      assert.ok(await refused(mirror(new Map(current).set(path, bytes))), `${path} byte ${at % bytes.length}`);
    }),
    { numRuns: 150 },
  );
});

test('any file missing, cut or longer is seen', async () => {
  for (const [path, bytes] of current) {
    const without = new Map(current);
    without.delete(path);
    assert.ok(await refused(mirror(without)), `${path} missing`);
    assert.ok(await refused(mirror(new Map(current).set(path, bytes.slice(0, -1)))), `${path} cut`);
    assert.ok(await refused(mirror(new Map(current).set(path, Uint8Array.of(...bytes, 10)))), `${path} longer`);
  }
});

/** A log whose operator has all its keys, and writes these entries. */
async function forged(entries: readonly Bytes[]): Promise<Map<string, Bytes>> {
  const it = new MemoryLog();
  await it.appendRaw(entries, witnesses);
  return it.kept;
}
const entries = log.batches.flatMap((it) => it.batch.entries);

test('whoever writes the log cannot change the order of two entries, even with all witnesses', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(entries.length - 1), fc.nat(entries.length - 1), async (a, b) => {
      fc.pre(a !== b);
      const swapped = [...entries];
      [swapped[a], swapped[b]] = [swapped[b]!, swapped[a]!];
      assert.ok(await refused(mirror(await forged(swapped))), `${a} and ${b}`);
    }),
    { numRuns: 30 },
  );
});

test('whoever writes the log cannot leave an entry out, put one in twice, or change one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(entries.length - 1), fc.constantFrom('out', 'twice', 'changed'), async (at, how) => {
      const changed = utf8(new TextDecoder().decode(entries[at]!).replace(/"v":1/, '"v":1 '));
      const put = how === 'out' ? [] : how === 'twice' ? [entries[at]!, entries[at]!] : [changed];
      assert.ok(await refused(mirror(await forged(entries.toSpliced(at, 1, ...put)))), `${at} ${how}`);
    }),
    { numRuns: 30 },
  );
});

test('a log that hides an event and seals and counts anew is betrayed by the producer’s signature', async () => {
  const it = new MemoryLog();
  const thief = keyOf('gateway.example/1');
  Object.assign(it, { producer: { ...thief, sign: keyOf('thief').sign } });
  await it.append(drafts(0, 3), witnesses);
  await assert.rejects(mirror(it.kept), { reason: 'bad-signature' });
  const stranger = new MemoryLog('log.example/delta', 'gateway.example/2');
  await stranger.append(drafts(0, 3), witnesses);
  await assert.rejects(mirror(stranger.kept), { reason: 'unknown-producer' });
});

test('heads that do not follow from the log are seen by whoever has a mirror', async () => {
  const last = JSON.parse(new TextDecoder().decode(entries.at(-1))) as { heads: { events: number; root: string } };
  for (const lie of [{ events: 599 }, { subjects: 8 }, { root: Buffer.alloc(32).toString('base64') }]) {
    const wrong = canonicalBytes({ ...last, heads: { ...last.heads, ...lie } } as Json);
    await assert.rejects(mirror(await forged([...entries.slice(0, -1), wrong])), { reason: 'heads-differ' });
  }
  await assert.rejects(mirror(await forged(entries.slice(0, -1))), { reason: 'heads-differ' });
});

test('a log of nothing is a log', async () => {
  const it = new MemoryLog();
  await it.appendRaw([], witnesses);
  assert.equal((await mirror(it.kept)).replayed.events, 0);
  assert.equal(grown(emptyTree, []).files.size, 0);
});

test('a receipt holds with its seal, and any bit flipped in it is seen', async () => {
  const receipt = await log.receipt(1, 7);
  const proven = await verifyReceipt(receipt, policy, { producers });
  assert.equal(proven.index, 3 + 7);
  assert.ok(proven.isSealed);
  assert.equal(proven.entry.kind === 'event' && proven.entry.event.seq, 8);
  await fc.assert(
    fc.asyncProperty(fc.nat(receipt.length - 1), fc.nat(7), async (at, bit) => {
      const wrong = receipt.slice();
      wrong[at]! ^= 1 << bit;
      assert.ok(await refused(verifyReceipt(wrong, policy, { producers })), `byte ${at} bit ${bit}`);
    }),
    { numRuns: 300 },
  );
});

test('where two of three witnesses are enough, a spoilt name of the third leaves what the other two prove', async () => {
  const receipt = new TextDecoder().decode(await log.receipt(1, 7)).replace('insurer.example', 'nobody.example');
  const proven = await verifyReceipt(utf8(receipt), await log.policy(witnesses, '2'), { producers });
  assert.deepEqual([proven.index, proven.witnesses.map((it) => it.name)], [10, ['w1', 'w2']]);
  await assert.rejects(verifyReceipt(utf8(receipt), policy), { reason: 'quorum-missed' });
});

test('a receipt proves the entry given beside it and no other', async () => {
  const bare = await log.receipt(1, 7, { bare: true });
  const [right, wrong] = [log.batches[1]!.batch.entries[7]!, log.batches[1]!.batch.entries[8]!];
  assert.equal((await verifyReceipt(bare, policy, { entry: right })).index, 10);
  await assert.rejects(verifyReceipt(bare, policy, { entry: wrong }), { reason: 'not-included' });
  await assert.rejects(verifyReceipt(bare, policy), { reason: 'malformed-receipt' });
});

test('the published malformed receipts are refused (transparency-dev/merkle, tlog_proof_test.go)', async () => {
  const wrong = [
    'wrong-header\nindex 0\n\ncheckpoint\n',
    'c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\ncheckpoint\n',
    'c2sp.org/tlog-proof@v1\n\n\ncheckpoint\n',
    'c2sp.org/tlog-proof@v1\nindex notanumber\n\ncheckpoint\n',
    'c2sp.org/tlog-proof@v1\nindex -5\n\ncheckpoint\n',
    'c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\ncheckpoint\n',
    `c2sp.org/tlog-proof@v1\nindex 0\n${Buffer.alloc(64).toString('base64')}\n\ncheckpoint\n`,
  ];
  for (const it of wrong) await assert.rejects(verifyReceipt(utf8(it), policy), { reason: 'malformed-receipt' }, it);
});

test('a receipt tells what was disclosed with it, and nothing else of the entry can be read', async () => {
  const it = new MemoryLog();
  const { commitments, disclosures } = await committed(
    [
      { to: 'public', name: 'soh', value: 91.5 },
      { to: 'personal', name: 'driver', value: 'Li Wei' },
    ],
    (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  );
  await it.append([{ ...draft('pack:P1'), commitments }], witnesses);
  const told = await verifyReceipt(await it.receipt(0, 0, { disclosures: [disclosures[0]!] }), policy);
  assert.deepEqual(
    told.disclosed.map(({ name, value }) => [name, value]),
    [['soh', 91.5]],
  );
  const everything = [...it.kept.values()].map((bytes) => new TextDecoder().decode(bytes)).join();
  assert.ok(!/soh|91\.5|driver|Li Wei/.test(everything), 'the log itself holds only digests');
  const lie = utf8('["AAAAAAAAAAAAAAAAAAAAAA","soh",99]').toBase64({ alphabet: 'base64url', omitPadding: true });
  await assert.rejects(verifyReceipt(await it.receipt(0, 0, { disclosures: [lie] }), policy), {
    reason: 'not-disclosed',
  });
});

test('a history without a mirror: complete it holds; with any event hidden, changed or swapped it does not', async () => {
  const history = await log.history('pack:P3');
  const { events } = await verifyHistory(history, policy);
  assert.equal(events.length, 86);
  await fc.assert(
    fc.asyncProperty(fc.nat(85), fc.nat(85), fc.constantFrom('hide', 'swap', 'cut'), async (a, b, how) => {
      fc.pre(how !== 'swap' || a !== b);
      const shown = [...history.events];
      if (how === 'hide') shown.splice(a, 1);
      else if (how === 'cut') shown.length = a;
      else [shown[a], shown[b]] = [shown[b]!, shown[a]!];
      await assert.rejects(verifyHistory({ ...history, events: shown }, policy), { reason: 'event-hidden' });
      const fewer = { ...history.head, count: shown.length };
      if (how !== 'swap') assert.ok(await refused(verifyHistory({ ...history, head: fewer, events: shown }, policy)));
    }),
    { numRuns: 40 },
  );
  const other = await log.history('pack:P4');
  await assert.rejects(verifyHistory({ ...other, head: history.head }, policy), { reason: 'heads-differ' });
});

test('an old map of heads, true in its time, does not hide what came after it', async () => {
  const it = new MemoryLog();
  await it.append([draft('pack:P1')], witnesses);
  const old = await it.history('pack:P1');
  const entry = JSON.parse(new TextDecoder().decode(it.batches[0]!.batch.entries.at(-1))) as Json;
  await it.append([draft('pack:P1', 'pack.stolen')], witnesses);
  const receipt = await it.receiptAt(2, canonicalBytes({ entry }));
  assert.equal((await verifyReceipt(receipt, policy)).entry.kind, 'heads');
  await assert.rejects(verifyHistory({ ...old, receipt }, policy), { reason: 'heads-differ' });
});

// The transparency log, with its database (load/log.ts) and without: how small a receipt is, how fast anybody checks it, a whole mirror, an append.
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { cosignatureLine, emptyTree, grown, signedNote, verifierKey } from '#record/log';
import {
  type Bytes,
  canonicalBytes,
  checkpointText,
  type Json,
  leafHash,
  readKey,
  utf8,
  verifyInclusion,
  verifyMirror,
  verifyReceipt,
  writeReceipt,
} from '#record/verify';
import { draft, keyOf, MemoryLog } from '../src/record/log/testing.ts';
import { type Bench, type Figure, interleaved, measure, median } from './harness.ts';
import { log } from './load/log.ts';

const trees = [process.pid];
const witnesses = ['bank', 'maker', 'insurer', 'regulator', 'recycler'].map((it) => keyOf(`${it}.example/witness`));

export const bench: Bench = async ({ quick }) => [
  ...(await receipts(quick)),
  ...(await mirrors(quick)),
  ...(await appends(quick)),
  ...(await log(quick)),
];

/** A receipt as of a log of 10^8 entries: a real event, seal and signatures; of the tree only the one path that the receipt has. */
async function receipts(quick: boolean): Promise<Figure[]> {
  const log = new MemoryLog();
  const fields = [
    { to: 'public', digest: hash('sha256', 'soh', 'base64url') },
    { to: 'interest', digest: hash('sha256', 'cycles', 'base64url') },
  ];
  await log.append(
    Array.from({ length: 500 }, (_, n) => ({ ...draft(`pack:P${n}`, 'pack.charged', n), commitments: fields })),
  );
  const { batch } = log.batches[0]!;
  const size = 100_000_000;
  const index = 31_415_926;
  const leaf = await leafHash(batch.entries[7]!);
  // Siblings that nobody can tell from real ones; the root is what they lead to.
  const path: Bytes[] = [];
  let [root, at, last] = [leaf, index, size - 1];
  const node = (a: Bytes, b: Bytes) =>
    new Uint8Array(hash('sha256', Buffer.concat([Uint8Array.of(1), a, b]), 'buffer'));
  while (last > 0) {
    if (at % 2 === 1 || at !== last) {
      const sibling = new Uint8Array(hash('sha256', `sibling ${path.length}`, 'buffer'));
      path.push(sibling);
      root = at % 2 === 1 ? node(sibling, root) : node(root, sibling);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  await verifyInclusion({ leaf, index, size, root, path });
  const text = checkpointText({ origin: log.standing.origin, size, root });
  const cosigned = await Promise.all(witnesses.map((it) => cosignatureLine(it, text, 1_760_000_000)));
  const checkpoint = utf8((await signedNote(log.key, text)) + cosigned.join(''));
  const bare = utf8(writeReceipt({ index, path, checkpoint }));
  const enclosed = new TextDecoder()
    .decode(await log.receipt(0, 7))
    .split('\n')[1]!
    .slice('extra '.length);
  const whole = utf8(writeReceipt({ extra: Uint8Array.fromBase64(enclosed), index, path, checkpoint }));
  const policy = await log.policy(witnesses, '3');
  const producers = [await readKey(await verifierKey(log.producer, 'note'))];
  const timeOf = async (receipt: Bytes, entry?: Bytes) => {
    const times: number[] = [];
    for (let n = 0; n < (quick ? 100 : 400); n++) {
      const started = performance.now();
      await verifyReceipt(receipt, policy, entry ? { entry } : { producers });
      times.push(performance.now() - started);
    }
    return median(times);
  };
  const entry = batch.entries[7]!;
  const metric = 'receipt at 10^8 entries, 5 witnesses';
  return [
    { metric: `${metric}, the entry beside it`, value: bare.length, unit: 'bytes', goal: { atMost: 2200 } },
    { metric: `${metric}, with entry, seal and path in the batch of 500 inside`, value: whole.length, unit: 'bytes' },
    { metric: `${metric}, verified (6 signatures)`, value: await timeOf(bare, entry), unit: 'ms', goal: { atMost: 5 } },
    {
      metric: `${metric}, verified with the producer’s seal (7 signatures)`,
      value: await timeOf(whole),
      unit: 'ms',
      goal: { atMost: 5 },
    },
  ];
}

/** Every tile, entry, chain, seal and map of a log of 1,000 packs in batches of 500. */
async function mirrors(quick: boolean): Promise<Figure[]> {
  const events = quick ? 20_000 : 100_000;
  const log = new MemoryLog();
  for (let from = 0; from < events; from += 500)
    await log.append(
      Array.from({ length: 500 }, (_, n) => draft(`pack:P${((from + n) * 7919) % 1000}`, 'pack.charged', from + n)),
    );
  const policy = await log.policy();
  const producers = [await readKey(await verifierKey(log.producer, 'note'))];
  const speed = await interleaved(quick ? 2 : 3, {
    verified: () =>
      measure(trees, async () => {
        const { replayed } = await verifyMirror({ files: log.files, policy, producers });
        assert.equal(replayed.events, events);
        return events;
      }),
    hashed: () =>
      measure(trees, async () => {
        for (const { batch } of log.batches) for (const it of batch.entries) hash('sha256', it, 'buffer');
        return events;
      }),
  });
  const each = (ms: number) => (ms * 100_000) / 1000;
  const metric = `10^5 events of a mirror verified, from ${events}`;
  const baseline = { name: 'one plain SHA-256 of each entry', value: each(speed.hashed.cpuMsEach) };
  return [
    // One core: nothing here has a second thread, so processor time is what counts on a shared machine.
    { metric, value: each(speed.verified.cpuMsEach), unit: 's CPU', baseline, goal: { atMost: 5 } },
    { metric: `${metric}, by the clock`, value: 100_000 / speed.verified.perSecond, unit: 's' },
  ];
}

/** Events to entries, seal, heads and tiles, signed; nothing kept. */
async function appends(quick: boolean): Promise<Figure[]> {
  const events = quick ? 10_000 : 50_000;
  const drafts = Array.from({ length: events }, (_, n) => draft(`pack:P${(n * 7919) % 1000}`, 'pack.charged', n));
  const speed = await interleaved(quick ? 2 : 3, {
    whole: () =>
      measure(trees, async () => {
        const log = new MemoryLog();
        for (let from = 0; from < events; from += 500) await log.append(drafts.slice(from, from + 500));
        assert.equal(log.standing.events, events);
        return events;
      }),
    tiles: () =>
      measure(trees, async () => {
        let tree = emptyTree;
        const entries = drafts.map((it) => canonicalBytes(it as unknown as Json));
        for (let from = 0; from < events; from += 500) tree = grown(tree, entries.slice(from, from + 500)).tree;
        return events;
      }),
  });
  const metric = 'an event made into entry, seal, heads, tiles and checkpoint, batches of 500, no database';
  const baseline = { name: 'canonical JSON and tiles alone', value: 1000 * speed.tiles.cpuMsEach };
  return [{ metric, value: 1000 * speed.whole.cpuMsEach, unit: 'µs CPU', baseline }];
}

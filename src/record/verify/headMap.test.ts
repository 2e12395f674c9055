import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { base64, utf8 } from './bytes.ts';
import { HeadMap } from './headMap.ts';
import { bit, type Head, verifyHead } from './heads.ts';

const sha256 = (...parts: (string | Uint8Array)[]) =>
  new Uint8Array(hash('sha256', Buffer.concat(parts.map((it) => Buffer.from(it as never))), 'buffer'));

/** The root by its definition: split by the next bit of the keys until one subject, or none, is left. */
function rootByDefinition(heads: readonly Head[], depth = 0): Uint8Array {
  if (heads.length === 0) return new Uint8Array(32);
  if (heads.length === 1) {
    const { count, head, index, subject } = heads[0]!;
    return sha256('\0', JSON.stringify({ count, head, index, subject }));
  }
  const sides = [0, 1].map((side) => heads.filter((it) => bit(sha256(it.subject), depth) === side));
  return sha256('\x01', ...sides.map((it) => rootByDefinition(it, depth + 1)));
}

const headOf = (n: number, count: number): Head => {
  return { subject: `pack:P${n}`, count, head: base64(sha256(`${n} ${count}`)), index: 7 * n + count };
};

test('however the map came about, its root is that of the definition, and every head is proven by it', async () => {
  const batches = fc.array(fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 9 })), { maxLength: 30 }));
  await fc.assert(
    fc.asyncProperty(batches, fc.integer({ min: 1, max: 20 }), async (batches, mostNames) => {
      const map = new HeadMap(mostNames);
      const known = new Map<string, Head>();
      for (const batch of batches) {
        const heads = batch.map(([n, count]) => headOf(n, count));
        await map.set(heads);
        for (const it of heads) known.set(it.subject, it);
        assert.deepEqual(await map.root(), rootByDefinition([...known.values()]));
      }
      assert.equal(map.size, known.size);
      const root = await map.root();
      for (const it of known.values()) {
        assert.deepEqual(map.get(it.subject), it);
        const { head, path } = (await map.proof(it.subject))!;
        await verifyHead(head, path, root);
        await assert.rejects(verifyHead({ ...head, count: head.count + 1 }, path, root), /does not say this/);
      }
      assert.equal(map.get('pack:unknown'), undefined);
      assert.equal(await map.proof('pack:unknown'), undefined);
    }),
    { numRuns: 40 },
  );
});

test('more subjects than one array has rows, found by name or by hash', async () => {
  const map = new HeadMap(1000);
  const many = 70_000;
  for (let from = 0; from < many; from += 10_000)
    await map.set(Array.from({ length: 10_000 }, (_, n) => headOf(from + n, 1)));
  const root = await map.root();
  for (const n of [0, 1, 65_535, 65_536, many - 1]) {
    const { head, path } = (await map.proof(`pack:P${n}`))!;
    assert.deepEqual(head, headOf(n, 1));
    await verifyHead(head, path, root);
  }
});

test('what is no hash is refused, and whoever was given a root keeps it', async () => {
  const map = new HeadMap();
  await map.set([headOf(1, 1)]);
  const before = await map.root();
  const copy = before.slice();
  await map.set([headOf(1, 2), headOf(2, 1)]);
  assert.deepEqual(before, copy);
  assert.deepEqual(await map.root(), rootByDefinition([headOf(1, 2), headOf(2, 1)]));
  await assert.rejects(map.set([{ ...headOf(3, 1), head: base64(utf8('short')) }]), /is no hash/);
});

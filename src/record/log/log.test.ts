import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tilePath, tilesOf, utf8 } from '#record/verify';
import { emptyTree, grown, privateKeyLine, readPrivateKey, signingKey, treeIn } from './index.ts';

test('the paths of the specification: 1234067 lies at x001/x234/067, a partial tile below .p', () => {
  assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067');
  assert.equal(tilePath({ level: 3, index: 7, width: 5 }), 'tile/3/007.p/5');
  assert.equal(tilePath({ level: 'entries', index: 1000, width: 256 }), 'tile/entries/x001/000');
});

test('the tiles of the specification: those of a tree of 70,000 and of 256 entries', () => {
  const shape = (size: number) =>
    Object.entries(Object.groupBy(tilesOf(size), (it) => `${it.level} ${it.width === 256 ? 'full' : it.width}`)).map(
      ([kind, all]) => `${kind}: ${all!.length}`,
    );
  assert.deepEqual(shape(70_000), ['0 full: 273', '0 112: 1', '1 full: 1', '1 17: 1', '2 1: 1']);
  assert.deepEqual(shape(256), ['0 full: 1', '1 1: 1']);
  assert.deepEqual(shape(0), []);
});

test('entries appended in any batches make the same tiles, and the log can go on from its files', async () => {
  const all = 66_000;
  const entries = Array.from({ length: all }, (_, n) => utf8(String(n)));
  const whole = grown(emptyTree, entries);
  assert.deepEqual(
    [...tilesOf(all)].map((it) => tilePath(it)).filter((it) => !whole.files.has(it)),
    [],
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: all - 1 }), { maxLength: 6 }), async (cuts) => {
      const files = new Map<string, Uint8Array<ArrayBuffer>>();
      let tree = emptyTree;
      let from = 0;
      for (const to of [...cuts.toSorted((a, b) => a - b), all]) {
        const next = grown(tree, entries.slice(from, to));
        for (const [path, bytes] of next.files) {
          assert.ok(!files.has(path), `${path} was published before`);
          files.set(path, bytes);
        }
        tree = await treeIn(async (path) => files.get(path), to);
        assert.deepEqual(tree, next.tree);
        from = to;
      }
      for (const [path, bytes] of whole.files) assert.deepEqual(files.get(path), bytes, path);
    }),
    { numRuns: 3 },
  );
});

test('an entry too long for a bundle is refused', () => {
  grown(emptyTree, [new Uint8Array(65_535)]);
  assert.throws(() => grown(emptyTree, [new Uint8Array(65_536)]), { reason: 'malformed-entry' });
});

test('a key file gives back the key, and a name that would break a policy is refused', async () => {
  const seed = Uint8Array.from({ length: 32 }, (_, n) => n);
  const key = await readPrivateKey(await privateKeyLine('bank.example/w', seed));
  assert.deepEqual(key.raw, signingKey('bank.example/w', seed).raw);
  for (const name of ['', 'a b', 'a+b', 'a\nb'])
    assert.throws(() => signingKey(name, seed), { reason: 'malformed-key' });
});

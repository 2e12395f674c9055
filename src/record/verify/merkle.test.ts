// Vectors: transparency-dev/merkle, proof/verify_test.go and testdata (Apache-2.0), which are those of Certificate Transparency's
// own tests (google/certificate-transparency, merkle_tree_test): eight leaves, their roots, and proofs between them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { consistencyPath, emptyTree, grown, inclusionPath } from '#record/log';
import {
  type Bytes,
  leafHash,
  leafHashes,
  rootOf,
  same,
  utf8,
  verifyConsistency,
  verifyInclusion,
} from '#record/verify';

const hex = (text: string): Bytes => Uint8Array.fromHex(text);
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  hex,
);
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
].map(hex);
const [n96, n5f, n6b, nbc, nca, nd3, nfa, n6e, n0e, nb0] = [
  '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
  'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f',
].map(hex) as [Bytes, Bytes, Bytes, Bytes, Bytes, Bytes, Bytes, Bytes, Bytes, Bytes];
const garbage = hex('abacaba000000000000000000000000000000000000000000060061e00123456');

/** Leaf (from 1), size, path. */
const inclusions: [number, number, Bytes[]][] = [
  [1, 1, []],
  [1, 8, [n96, n5f, n6b]],
  [6, 8, [nbc, nca, nd3]],
  [3, 3, [nfa]],
  [2, 5, [n6e, n5f, nbc]],
];
const consistencies: [number, number, Bytes[]][] = [
  [1, 1, []],
  [1, 8, [n96, n5f, n6b]],
  [6, 8, [n0e, nca, nd3]],
  [2, 5, [n5f, nbc]],
  [6, 7, [n0e, nb0, nd3]],
];

test('the root of no entries is the hash of nothing, and those of one to eight are the published ones', async () => {
  const hashes = await leafHashes(leaves);
  assert.equal((await rootOf([])).toHex(), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  for (const [n, root] of roots.entries()) assert.deepEqual(await rootOf(hashes.slice(0, n + 1)), root);
  for (const [n, root] of roots.entries()) assert.deepEqual(grown(emptyTree, leaves.slice(0, n + 1)).root, root);
});

for (const [leaf, size, path] of inclusions)
  test(`the published proof of entry ${leaf} of ${size} holds, and each of its published corruptions does not`, async () => {
    const it = { leaf: await leafHash(leaves[leaf - 1]!), index: leaf - 1, size, root: roots[size - 1]!, path };
    await verifyInclusion(it);
    const corrupt = [
      { ...it, index: it.index - 1 },
      { ...it, index: it.index + 1 },
      { ...it, index: it.index ^ 2 },
      { ...it, size: size * 2 },
      { ...it, size: Math.floor(size / 2) },
      { ...it, leaf: utf8('WrongLeaf') },
      { ...it, root: await rootOf([]) },
      { ...it, root: garbage },
      { ...it, path: [...path, new Uint8Array()] },
      { ...it, path: [...path, it.root] },
      { ...it, path: [new Uint8Array(), ...path] },
      { ...it, path: [it.root, ...path] },
      ...path.map((_, n) => ({ ...it, path: path.map((hash, at) => (at === n ? flipped(hash, 3) : hash)) })),
      ...(path.length > 0 ? [{ ...it, path: path.slice(0, -1) }] : []),
      ...(path.length > 1 ? [{ ...it, path: [path[0]!, garbage, ...path.slice(1)] }] : []),
    ];
    for (const wrong of corrupt)
      await assert.rejects(verifyInclusion(wrong), { name: 'Unproven', reason: 'not-included' });
  });

for (const [from, to, path] of consistencies)
  test(`the published proof from ${from} to ${to} entries holds, and each of its published corruptions does not`, async () => {
    const [old, now] = [
      { size: from, root: roots[from - 1]! },
      { size: to, root: roots[to - 1]! },
    ];
    await verifyConsistency({ old, now, path });
    if (path.length === 0) return;
    const corrupt = [
      { old: { ...old, size: from - 1 }, now, path },
      { old: { ...old, size: from + 1 }, now, path },
      { old: { ...old, size: from ^ 2 }, now, path },
      { old, now: { ...now, size: to * 2 }, path },
      { old, now: { ...now, size: Math.floor(to / 2) }, path },
      { old: { ...old, root: utf8('WrongRoot') }, now, path },
      { old, now: { ...now, root: utf8('WrongRoot') }, path },
      { old: { ...old, root: now.root }, now: { ...now, root: old.root }, path },
      { old, now, path: [] },
      ...[new Uint8Array(), old.root, now.root].flatMap((it) => [
        { old, now, path: [...path, it] },
        { old, now, path: [it, ...path] },
      ]),
      { old, now, path: [path[0]!, ...path] },
      { old, now, path: path.slice(0, -1) },
      ...path.map((_, n) => ({ old, now, path: path.map((hash, at) => (at === n ? flipped(hash, 4) : hash)) })),
    ];
    for (const wrong of corrupt)
      await assert.rejects(verifyConsistency(wrong), { name: 'Unproven', reason: 'not-consistent' });
  });

test('the published proofs are those that are made from tiles', async () => {
  for (const [leaf, size, path] of inclusions)
    assert.deepEqual(await inclusionPath(filesOf(size), leaf - 1, size), path);
  for (const [from, to, path] of consistencies) assert.deepEqual(await consistencyPath(filesOf(to), from, to), path);
});

test('whatever the sizes, the proofs made from tiles hold, and none holds for another entry or an older tree', async () => {
  const entries = Array.from({ length: 1100 }, (_, n) => utf8(`entry ${n}`));
  const all = grown(emptyTree, entries);
  const hashes = await leafHashes(entries);
  const sizes = fc.tuple(fc.integer({ min: 1, max: 1100 }), fc.nat(1099), fc.nat(1100));
  await fc.assert(
    fc.asyncProperty(sizes, async ([size, any, other]) => {
      const { files, root } = size === 1100 ? all : grown(emptyTree, entries.slice(0, size));
      const read = async (path: string) => files.get(path);
      const [index, old] = [any % size, other % (size + 1)];
      const path = await inclusionPath(read, index, size);
      await verifyInclusion({ leaf: hashes[index]!, index, size, root, path });
      await assert.rejects(verifyInclusion({ leaf: hashes[(index + 1) % 1100]!, index, size, root, path }));
      const before = await rootOf(hashes.slice(0, old));
      const proof = await consistencyPath(read, old, size);
      await verifyConsistency({ old: { size: old, root: before }, now: { size, root }, path: proof });
      if (old > 0 && !same(before, root))
        await assert.rejects(
          verifyConsistency({ old: { size: old, root: garbage }, now: { size, root }, path: proof }),
        );
    }),
    { numRuns: 60 },
  );
});

const filesOf = (size: number) => {
  const { files } = grown(emptyTree, leaves.slice(0, size));
  return async (path: string) => files.get(path);
};

const flipped = (hash: Bytes, bit: number): Bytes => hash.map((byte, n) => (n === 0 ? byte ^ (1 << bit) : byte));

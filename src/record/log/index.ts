// The producer's side of the log: entries, tiles, proofs, signatures. Pure; the store comes on top.
export { admit, type Door } from './admit.ts';
export { type Batch, batchOf, type Draft, headsEntry, pathInBatch, type Standing } from './book.ts';
export { committed } from './disclose.ts';
export { keyActEntry } from './keyAct.ts';
export {
  cosignatureLine,
  newKey,
  privateKeyLine,
  readPrivateKey,
  type SigningKey,
  signedNote,
  signingKey,
  verifierKey,
} from './keys.ts';
export { consistencyPath, inclusionPath } from './proofs.ts';
export { rootOf } from './range.ts';
export { isSm2Seed } from './sm2.ts';
export { emptyTree, type Grown, grown, type Tree, treeIn } from './tree.ts';

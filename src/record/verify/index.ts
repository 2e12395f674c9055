// The verifier: everything needed to trust nobody. No imports but its own files, so that it runs in a browser without network.
export { type AnswerProven, answerText, verifyAnswer } from './answer.ts';
export { type Bytes, base64, decimal, fromBase64, hashFrom, joined, same, textOf, utf8 } from './bytes.ts';
export { type Checkpoint, checkpointText, readCheckpoint } from './checkpoint.ts';
export { claimIn } from './claim.ts';
export { disclosureDigest, saltFrom, writeDisclosure } from './disclosure.ts';
export { type Commitment, type Entry, type Event, LONGEST_ENTRY, readEntry, type Seal, saidIn } from './entry.ts';
export { type HandoverProven, readPartyKeys, verifyHandover } from './handover.ts';
export { leafHash, leafHashes } from './hash.ts';
export { HeadMap } from './headMap.ts';
export type { Head } from './heads.ts';
export { type History, readHistory, verifyHistory } from './history.ts';
export { canonicalBytes, type Json } from './json.ts';
export { type Admission, keyText, type Revocation } from './keyAct.ts';
export { peaks, rootOf, verifyConsistency, verifyInclusion } from './merkle.ts';
export { type Files, verifyMirror, verifyTree } from './mirror.ts';
export {
  cosignedMessage,
  isKeyName,
  type KeyKind,
  keyId,
  type Note,
  readKey,
  readNote,
  SM2_NAME,
  SM2_TYPE,
  signatureIn,
  signedBy,
  type VerifierKey,
} from './note.ts';
export { type Accepted, accepted, type Policy, readPolicy, signedByLog } from './policy.ts';
export { type Enclosure, verifyReceipt, writeReceipt } from './receipt.ts';
export { sealText, verifySeal, verifySealed } from './seal.ts';
export { digestSm2 } from './sm2.ts';
export { bytesOf, numberIn, sm2Curve } from './sm2Curve.ts';
export { entriesIn, hashesIn, type Tile, tilePath, tilesOf, WIDTH } from './tiles.ts';
export { Unproven } from './unproven.ts';

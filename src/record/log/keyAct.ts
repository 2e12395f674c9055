// The log's word on a producer's key, as an entry.
import {
  type Admission,
  type Bytes,
  base64,
  canonicalBytes,
  type Json,
  keyText,
  type Revocation,
} from '#record/verify';
import { type SigningKey, signature } from './keys.ts';

/** @param log the log's own key, whose name is the log's origin */
export async function keyActEntry(log: SigningKey, key: Admission | Revocation): Promise<Bytes> {
  const head = { v: 1, log: log.name, key } as const;
  return canonicalBytes({ ...head, signature: base64(await signature(log, keyText(head))) } as Json);
}

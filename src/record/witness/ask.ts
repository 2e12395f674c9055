// The log's side of the conversation: asks witnesses for cosignatures and believes only what verifies.
import { consistencyPath } from '#record/log';
import {
  type Bytes,
  base64,
  decimal,
  type Files,
  readCheckpoint,
  readNote,
  signatureIn,
  signedBy,
  textOf,
  type VerifierKey,
} from '#record/verify';

export interface KnownWitness {
  readonly key: VerifierKey;
  /** Its submission prefix. */
  readonly url: string;
}

export type Asked =
  | { readonly witness: string; readonly line: string; readonly time: number }
  /**
   * Why there is no cosignature: it is down, it refuses, or what it answered is none. `contradicts`: it remembers a history of the log
   * that ours does not lead on.
   */
  | { readonly witness: string; readonly problem: string; readonly contradicts?: true };

/**
 * Asks all at once. A witness that is behind or ahead tells its size and is asked once more, with the proof from there.
 * @param old the size that each was last known to have signed, by name
 */
export const askWitnesses = (
  checkpoint: Bytes,
  files: Files,
  witnesses: readonly KnownWitness[],
  { old = new Map<string, number>(), timeoutMs = 5_000 } = {},
): Promise<Asked[]> =>
  Promise.all(
    witnesses.map(async (it) => {
      try {
        return await ask(checkpoint, files, it, old.get(it.key.name) ?? 0, timeoutMs);
      } catch (error) {
        return { witness: it.key.name, problem: (error as Error).message };
      }
    }),
  );

async function ask(
  checkpoint: Bytes,
  files: Files,
  { key, url }: KnownWitness,
  old: number,
  timeoutMs: number,
): Promise<Asked> {
  const note = readNote(checkpoint);
  const { size } = readCheckpoint(note.text);
  const post = async (from: number) => {
    const path = await consistencyPath(files, from, size);
    const body = [`old ${from}`, ...path.map(base64), '', textOf(checkpoint)].join('\n');
    const signal = AbortSignal.timeout(timeoutMs);
    const reply = await fetch(new URL('add-checkpoint', url.endsWith('/') ? url : `${url}/`), {
      method: 'POST',
      body,
      signal,
    });
    return { status: reply.status, type: reply.headers.get('content-type'), text: await reply.text() };
  };
  let reply = await post(Math.min(old, size));
  if (reply.status === 409 && reply.type === 'text/x.tlog.size') {
    const known = decimal(reply.text.trimEnd());
    if (known === undefined || known > size)
      return {
        witness: key.name,
        problem: `It has seen the log at size ${reply.text.trim()}, this is ${size}`,
        ...(known !== undefined && { contradicts: true as const }),
      };
    reply = await post(known);
  }
  if (reply.status !== 200) {
    // C2SP tlog-witness: 422 for a proof that does not hold, 409 for another root of the same size.
    const contradicts = reply.status === 422 || (reply.status === 409 && reply.type !== 'text/x.tlog.size');
    const problem = `${reply.status} ${reply.text.trim().slice(0, 200)}`;
    return { witness: key.name, problem, ...(contradicts && { contradicts }) };
  }
  for (const line of reply.text.split('\n')) {
    const signature = signatureIn(line);
    if (signature?.name !== key.name || signature.id !== key.id) continue;
    const [signed] = await signedBy({ text: note.text, signatures: [signature] }, [key]);
    if (signed?.time !== undefined) return { witness: key.name, line: `${line}\n`, time: signed.time };
  }
  return { witness: key.name, problem: 'It answered without a cosignature of its own' };
}

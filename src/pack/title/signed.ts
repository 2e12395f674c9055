// What organisations sign, read strictly: a signed note (C2SP) whose text is the canonical JSON of a statement. Any tool for notes
// can sign it, several sign the same bytes independently, and its id is the hash of its text.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { Refused } from '#kernel';
import {
  canonicalBytes,
  type Json,
  type Note,
  readNote,
  same,
  signedBy,
  Unproven,
  utf8,
  type VerifierKey,
} from '#record/verify';
import type { PackCode, PartyId } from '#units';

export interface Signed<Said> {
  /** SHA-256 of what was said, whoever signed it: the same said twice is one act. */
  readonly id: string;
  readonly statement: Said;
  readonly note: Note;
}

/** How somebody is told that what he sent is no such statement. */
export interface Wanted<Said> {
  readonly schema: z.ZodType<Said>;
  readonly refusal: string;
}

const wrong = ({ refusal }: Pick<Wanted<unknown>, 'refusal'>, why: string) =>
  new Refused(refusal, `This is no signed statement: ${why}`, {}, 422);

/** @throws Refused as `wanted.refusal` says */
export function readSigned<Said extends { readonly pack: PackCode }>(
  text: string,
  code: PackCode,
  wanted: Wanted<Said>,
): Signed<Said> {
  const note = provenOr(wanted, () => readNote(utf8(text)));
  let json: Json;
  try {
    json = JSON.parse(note.text) as Json;
  } catch {
    throw wrong(wanted, 'its text is not JSON');
  }
  const parsed = wanted.schema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(wanted, `${issue?.path.join('.') || 'statement'}: ${issue?.message}`);
  }
  const canonical = provenOr(wanted, () => canonicalBytes(json));
  if (!same(utf8(note.text), new Uint8Array([...canonical, 10])))
    throw wrong(wanted, 'its text is not canonical JSON (RFC 8785) with one newline');
  if (parsed.data.pack !== code) throw wrong(wanted, `it is about ${parsed.data.pack}, not ${code}`);
  const id = createHash('sha256').update(note.text).digest('hex');
  return { id, statement: parsed.data, note };
}

/** The text that is signed. */
export const signedText = (statement: object): string =>
  `${new TextDecoder().decode(canonicalBytes(statement as Json))}\n`;

/** Which of these organisations signed. @throws Refused as `wanted` says for a signature of theirs that does not fit */
export async function signersOf(
  note: Note,
  keys: readonly { readonly party: PartyId; readonly key: VerifierKey }[],
  wanted: Pick<Wanted<unknown>, 'refusal'>,
): Promise<Set<PartyId>> {
  const verifiers = keys.map((it) => it.key);
  const signed = await signedBy(note, verifiers).catch((error) => provenOr(wanted, () => fail(error)));
  return new Set(signed.map(({ key }) => keys.find((it) => it.key === key)!.party));
}

const fail = (error: unknown): never => {
  throw error;
};

/** What does not hold is a refusal to whoever sent it. */
function provenOr<T>(wanted: Pick<Wanted<unknown>, 'refusal'>, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof Unproven ? wrong(wanted, error.message) : error;
  }
}

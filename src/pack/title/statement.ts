// What owners sign, read strictly: a signed note (C2SP) whose text is the canonical JSON of a statement. Any tool for notes can sign it.
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
import { titleStatement } from '../api/title.ts';

export type Statement = z.infer<typeof titleStatement>;

export interface Signed {
  /** Of what was said, whoever signed it: the same said twice is one act. */
  readonly id: string;
  readonly statement: Statement;
  readonly note: Note;
}

const wrong = (why: string) => new Refused('title-note-wrong', `This is no signed statement: ${why}`, {}, 422);

/** @throws Refused `title-note-wrong` */
export function readStatement(text: string, code: PackCode): Signed {
  const note = unproven(() => readNote(utf8(text)));
  let json: Json;
  try {
    json = JSON.parse(note.text) as Json;
  } catch {
    throw wrong('its text is not JSON');
  }
  const parsed = titleStatement.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(`${issue?.path.join('.') || 'statement'}: ${issue?.message}`);
  }
  if (!same(utf8(note.text), new Uint8Array([...canonicalBytes(json), 10])))
    throw wrong('its text is not canonical JSON (RFC 8785) with one newline');
  if (parsed.data.pack !== code) throw wrong(`it is about ${parsed.data.pack}, not ${code}`);
  const id = createHash('sha256').update(note.text).digest('hex');
  return { id, statement: parsed.data, note };
}

/** The text that is signed. */
export const statementText = (statement: Statement): string =>
  `${new TextDecoder().decode(canonicalBytes(statement as Json))}\n`;

/** Which of these organisations signed. @throws Refused `title-note-wrong` for a signature of theirs that does not fit */
export async function signersOf(
  note: Note,
  keys: readonly { readonly party: PartyId; readonly key: VerifierKey }[],
): Promise<Set<PartyId>> {
  const signed = await signedBy(
    note,
    keys.map((it) => it.key),
  ).catch((error) => unproven(() => Promise.reject(error), error));
  return new Set(signed.map(({ key }) => keys.find((it) => it.key === key)!.party));
}

/** What does not hold is a refusal to whoever sent it. */
function unproven<T>(act: () => T, error?: unknown): T {
  if (error instanceof Unproven) throw wrong(error.message);
  if (error !== undefined) throw error;
  try {
    return act();
  } catch (caught) {
    if (caught instanceof Unproven) throw wrong(caught.message);
    throw caught;
  }
}

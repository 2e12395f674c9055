// A text on its way through many hands: whose signatures came, whose are missing, and one note of them all.
import { canonicalBytes, type Json, readKey, readNote, same, signedBy, Unproven, utf8 } from '#record/verify';
import type { Act } from './kinds.ts';
import type { Drafted, Statement, Title } from './words.ts';

/** What is to be signed, and what the network said of it. It is kept while it is gathered. */
export interface Prepared {
  readonly text: string;
  /** Lines of signatures, each once, without newline. */
  readonly lines: readonly string[];
  readonly needed: Pick<Drafted, 'mustSign' | 'andMoreThanHalf' | 'keys'>;
}

export type Key = Title['keys'][number];

/** Why something is no note that can be used here. */
export type NoNote = 'not-a-note' | 'not-title' | 'other-pack' | 'other-text';

/** As a file or a mail brings it: other line ends, no last newline, or the JSON that the command prints. */
export function noteIn(given: string): { text: string; lines: string[] } | undefined {
  const plain = insideJson(given)
    .replaceAll('\r\n', '\n')
    .replace(/^\uFEFF/, '')
    .trimEnd();
  try {
    const { text } = readNote(utf8(`${plain}\n`));
    return { text, lines: plain.slice(text.length + 1).split('\n') };
  } catch (error) {
    if (error instanceof Unproven) return undefined;
    throw error;
  }
}

function insideJson(given: string): string {
  try {
    const { note } = JSON.parse(given) as { note?: unknown };
    return typeof note === 'string' ? note : given;
  } catch {
    return given;
  }
}

/** What is said, as JSON says it; the network looks at the rest. @returns undefined when it is nothing about title in its one form */
export function statementIn(text: string): Statement | undefined {
  try {
    const it = JSON.parse(text) as Json & Statement;
    const isOne = same(utf8(text), new Uint8Array([...canonicalBytes(it), 10]));
    const isDated = Number.isInteger(it.after) && !Number.isNaN(Date.parse(it.until));
    return isOne && it.v === 1 && isDated && String(it.type).startsWith('title.') ? it : undefined;
  } catch {
    return undefined;
  }
}

/** The act alone, to be prepared anew. */
export function actIn({ v: _, pack: __, after: ___, until: ____, ...act }: Statement): Act {
  return act as Act;
}

export const withLines = (it: Prepared, lines: readonly string[]): Prepared => ({
  ...it,
  lines: [...new Set([...it.lines, ...lines])],
});

/** As it is delivered. */
export const noteOf = ({ text, lines }: Prepared): string => `${text}\n${lines.map((it) => `${it}\n`).join('')}`;

export type Looked =
  | { readonly line: string; readonly name: string; readonly is: 'good'; readonly party: string }
  | { readonly line: string; readonly name: string; readonly is: 'wrong' | 'unknown' | 'unchecked' };

/** Each signature by itself, in this browser, against the keys that the network named. */
export async function looked({ text, lines, needed }: Prepared): Promise<Looked[]> {
  return await Promise.all(lines.map((line) => lookedAt(text, line, needed.keys)));
}

async function lookedAt(text: string, line: string, keys: readonly Key[]): Promise<Looked> {
  const note = readNote(utf8(`${text}\n${line}\n`));
  const { name, id } = note.signatures[0]!;
  const key = keys.find((it) => it.key.startsWith(`${name}+${id}+`));
  if (!key) return { line, name, is: 'unknown' };
  try {
    const signed = await signedBy(note, [await readKey(key.key)]);
    return signed.length > 0 ? { line, name, is: 'good', party: key.party } : { line, name, is: 'wrong' };
  } catch (error) {
    // A browser that does not know Ed25519 is no reason to call a signature wrong.
    return { line, name, is: error instanceof Unproven ? 'wrong' : 'unchecked' };
  }
}

/** Whose signature is still to come, and how much of the pack has signed. */
export function standingOf({ needed }: Prepared, signed: ReadonlySet<string>, owners: Title['owners']) {
  const missing = needed.mustSign.filter((it) => !signed.has(it));
  const millionths = owners.reduce((sum, it) => sum + (signed.has(it.party) ? it.millionths : 0), 0);
  const isHalfShort = needed.andMoreThanHalf && 2 * millionths <= 1_000_000;
  return { missing, millionths, isHalfShort, isComplete: missing.length === 0 && !isHalfShort };
}

/** The id of an act: what was said, whoever signed it. */
export async function idOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(utf8(text)));
  return [...new Uint8Array(digest)].map((it) => it.toString(16).padStart(2, '0')).join('');
}

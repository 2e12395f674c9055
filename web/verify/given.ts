// What a reader gives, read: each file goes into the field that its own words name.
import { claimIn, type Policy, readKey, readPolicy, textOf, utf8, type VerifierKey } from '#record/verify';
import { Wrong } from './wrong.ts';

export type Field = 'claim' | 'policy' | 'producers';

/** More is no receipt and no history, and would not fit into a field of text. */
const MOST_BYTES = 32_000_000;

/** @throws Wrong with the name of the file, and why */
export async function readFile(file: File): Promise<{ field: Field; text: string }> {
  if (file.size > MOST_BYTES) throw new Wrong(file.name, 'long');
  const bytes = await file.arrayBuffer().catch((error: Error) => {
    throw new Wrong(file.name, 'unreadable', error.message);
  });
  const text = textOf(new Uint8Array(bytes));
  if (text === undefined || text.includes('\x00')) throw new Wrong(file.name, 'bytes');
  if (text.trim() === '') throw new Wrong(file.name, 'empty');
  const field = fieldOf(text);
  if (field === undefined) throw new Wrong(file.name, /^\s*[{[]/.test(text) ? 'json' : 'unknown');
  return { field, text };
}

function fieldOf(text: string): Field | undefined {
  if (claimIn(text) !== undefined) return 'claim';
  const lines = linesOf(text);
  if (lines.some((it) => /^(log|witness|group|quorum)[ \t]/.test(it))) return 'policy';
  return lines.every((it) => /^(\S+\s+)?[^\s+]+\+[0-9a-f]{8}\+\S+$/.test(it)) ? 'producers' : undefined;
}

/** @throws Wrong */
export const policyIn = async (text: string): Promise<Policy> =>
  await readPolicy(utf8(text)).catch((error: Error) => {
    throw new Wrong('policy', 'policy', error.message);
  });

/** @throws Wrong */
export const keysIn = async (text: string): Promise<VerifierKey[]> =>
  await Promise.all(linesOf(text).map(readKey)).catch((error: Error) => {
    throw new Wrong('producers', 'keys', error.message);
  });

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((it) => it.trim())
    .filter((it) => it !== '' && !it.startsWith('#'));

// What two organisations sign when a pack changes hands, and who of them has.
import type { z } from 'zod';
import { Refused, type Work } from '#kernel';
import { readSigned, type Signed, signersOf, signingKeysOf, type Wanted } from '#pack';
import { base64, type Note, readKey, readNote, utf8 } from '#record/verify';
import type { PackCode, PartyId } from '#units';
import { handoverStatement } from '../api/handover.ts';

export type Statement = z.infer<typeof handoverStatement>;
export type Offer = Extract<Statement, { type: 'handover' }>;
export type Dispute = Extract<Statement, { type: 'handover.dispute' }>;

const wanted: Wanted<Statement> = { schema: handoverStatement, refusal: 'handover-note-wrong' };

/** @throws Refused `handover-note-wrong` */
export const readHandover = (text: string, code: PackCode): Signed<Statement> => readSigned(text, code, wanted);

/** What stands in a note of ours. */
export const saidIn = <S extends Statement>(note: string): S => JSON.parse(note.slice(0, note.indexOf('\n'))) as S;

/** A text with the signatures that count now, each once, and whose they are. */
export interface Countersigned {
  readonly note: string;
  readonly signers: ReadonlySet<PartyId>;
}

/**
 * Puts together what was delivered before and what is delivered now. Only keys count that these organisations sign with at this
 * moment: lines of others, and of keys that were ended meanwhile, are left out.
 * @throws Refused `handover-note-wrong` for a signature of theirs that does not fit
 */
export async function countersigned(
  work: Work,
  note: Note,
  parties: readonly PartyId[],
  before?: string,
): Promise<Countersigned> {
  const known = await signingKeysOf(work, parties);
  const keys = await Promise.all(known.map(async ({ party, key }) => ({ party, key: await readKey(key) })));
  const kept = before === undefined ? [] : readNote(utf8(before)).signatures;
  const lines = new Map<string, Note['signatures'][number]>();
  for (const it of [...kept, ...note.signatures])
    if (keys.some(({ key }) => key.name === it.name && key.id === it.id)) lines.set(`${it.name} ${it.id}`, it);
  if ((await signersOf(note, keys, wanted)).size === 0)
    throw new Refused(
      'handover-unsigned',
      `Neither ${parties.join(' nor ')} has signed this`,
      { missing: parties },
      403,
    );
  // All that is delivered was checked, also where a good line of the same key is known: a forgery is told, not swallowed.
  const signers = await signersOf({ text: note.text, signatures: [...lines.values()] }, keys, wanted);
  const written = [...lines.values()].map(({ name, id, bytes }) => `— ${name} ${lineData(id, bytes)}\n`);
  return { note: `${note.text}\n${written.join('')}`, signers };
}

const lineData = (id: string, bytes: Uint8Array): string =>
  base64(new Uint8Array([...Uint8Array.fromHex(id), ...bytes]));

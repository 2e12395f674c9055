// Owners who sign, for tests: the key of an organisation follows from its id.
import type { Work } from '#kernel';
import { signedNote, verifierKey } from '#record/log';
import type { PackCode, PartyId } from '#units';
import { signatureLine } from '../../record/log/keys.ts';
import { keyOf } from '../../record/log/testing.ts';
import { act, type Done, titleOf } from './index.ts';
import { registerKey, retireKey } from './keys.ts';
import { type Statement, statementText } from './statement.ts';

export const signingKeyOf = (party: string) => keyOf(`${party}.example/title`);

export async function giveKeys(work: Work, ...parties: readonly string[]): Promise<void> {
  for (const it of parties)
    await registerKey(
      work,
      { party: it as PartyId, key: await verifierKey(signingKeyOf(it), 'note') },
      { name: 'a test', tenant: it },
    );
}

/** Its key is ended. */
export async function takeKey(work: Work, party: string): Promise<void> {
  const key = await verifierKey(signingKeyOf(party), 'note');
  await retireKey(work, { party: party as PartyId, key }, { name: 'a test', tenant: party });
}

/** A statement without what is the same in all. */
type Said = Statement extends infer S
  ? S extends Statement
    ? Omit<S, 'v' | 'pack' | 'after' | 'until'> & Partial<Pick<S, 'after' | 'until'>>
    : never
  : never;

/** Of a share: what it says, in the words of a test. */
export const transfer = (from: string, to: string, millionths: number) =>
  ({ type: 'title.transfer', from: from as PartyId, to: to as PartyId, millionths }) as const;

export async function signed(statement: Statement, by: readonly string[]): Promise<string> {
  const text = statementText(statement);
  const [first, ...others] = by;
  const note = await signedNote(signingKeyOf(first!), text);
  return note + (await Promise.all(others.map((it) => signatureLine(signingKeyOf(it), text)))).join('');
}

/** Signs and delivers. */
export async function say(work: Work, pack: PackCode, said: Said, by: readonly string[]): Promise<Done> {
  const until = work.at.add({ hours: 24 }).toString();
  const statement = { v: 1, pack, after: (await titleOf(work, pack)).acts, until, ...said } as Statement;
  return await act(work, pack, await signed(statement, by));
}

// What was signed about a pack and carried out: for whoever wants to read it again, and verify it.
import type { Work } from '#kernel';
import { readNote, utf8 } from '#record/verify';
import type { Instant, PackCode } from '#units';
import type { Statement } from './statement.ts';
import * as store from './store.ts';

export async function signedActs(work: Work, code: PackCode) {
  const rows = (await store.actsDone(work, code)).map((it) => ({ ...it, read: readNote(utf8(it.note)) }));
  const names = rows.flatMap(({ read }) => read.signatures.map(nameOf));
  const keys = await store.keysNamed(work, [...new Set(names)]);
  return rows.map(({ id, no, at, note, read }) => {
    const signed = new Set(read.signatures.map(nameOf));
    const counted = keys.filter((it) => signed.has(it.name) && isOfThen(it, at));
    const signedBy = [...new Set(counted.map((it) => it.party))].toSorted();
    return { id, no, at, note, statement: JSON.parse(read.text) as Statement, signedBy };
  });
}

const nameOf = ({ name, id }: { readonly name: string; readonly id: string }): string => `${name}+${id}`;

/** Whether the key spoke for its organisation when the act was done. */
const isOfThen = ({ since, endedAt }: { since: Instant; endedAt: Instant | null }, at: Instant): boolean =>
  Temporal.Instant.compare(since, at) <= 0 && (endedAt === null || Temporal.Instant.compare(at, endedAt) <= 0);

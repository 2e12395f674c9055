// The trail with the names of those who left it.
import { traces, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import type { PartyId } from '#units';
import { keyNames } from './keys.ts';
import { personNames } from './person.ts';

/** Newest first; `callerName` is null for somebody who is not known any more, and for the command line. */
export async function namedTraces(work: Work, reach: Reach, wanted: Parameters<typeof traces>[2]) {
  const rows = await traces(work, reach, wanted);
  const names = await namesOf(work, new Set(rows.map((it) => it.caller)));
  return rows.map(({ partyId, about, subject, ...it }) => ({
    ...it,
    partyId: partyId as PartyId | null,
    about: about as PartyId | null,
    subject: { ...subject },
    callerName: names.get(it.caller) ?? null,
  }));
}

/** People and keys by the names under which they leave their trail. */
export async function namesOf(work: Work, callers: ReadonlySet<string>): Promise<Map<string, string>> {
  const ids = (kind: string) => [...callers].filter((it) => it.startsWith(kind)).map((it) => it.slice(kind.length));
  const people = await personNames(work, ids('person:'));
  const keys = await keyNames(work, ids('key:'));
  return new Map([
    ...[...people].map(([id, name]) => [`person:${id}`, name] as const),
    ...[...keys].map(([id, name]) => [`key:${id}`, name] as const),
  ]);
}

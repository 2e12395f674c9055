// Text that names a person leaves an entry for ever. What the log committed to is kept beside it as digests, so every proof stays
// what it was; nobody can show the text any more, and whoever has only the log never had it. What is left is told to the log in
// turn: else whoever can write in the table could change a body under the same pretext.
import { sql } from 'kysely';
import { Refused, type Work } from '#kernel';
import type { Subject } from '../index.ts';
import { commitments, type Told } from './commit.ts';
import type { Secret } from './secret.ts';

/** Facts in which somebody of ours wrote something, or which name a vehicle; as the index of them says it. */
const BY_HAND =
  sql.raw(`type in ('pack.placed', 'pack.quarantined', 'pack.cleared', 'pack.recalled', 'pack.recall-lifted',
  'pack.graded', 'pack.tested', 'health.risk-cleared', 'swap.resolved', 'exchange.pack-lost', 'exchange.pack-found')`);

export interface TakenOut {
  readonly seq: number;
  readonly subject: Subject;
  /** What is to be said of the body that is left, as `record.text-taken-out`; undefined while no log has committed to the old one. */
  readonly left: string | undefined;
}

/**
 * Changes the bodies that may lead to a person.
 * @param like patterns of `ilike`, of which one fits any such body
 * @param change the body without it; the same body when nothing leads there
 * @param secret of the log; without it only while there is none
 * @throws Refused `log-closed`
 */
export async function takeOut(
  { db }: Work,
  secret: Secret | undefined,
  { like, change }: { like: readonly string[]; change: (body: Told['body']) => Told['body'] },
): Promise<TakenOut[]> {
  const { rows } = await sql<
    Told & { readonly subject: Subject }
  >`select seq, subject, type, body, personal, kept from record.entry
    where ${BY_HAND} and body::text ilike any(${like}) order by seq`.execute(db);
  const changed = rows.flatMap((it) => {
    const body = change(it.body);
    return body === it.body ? [] : [{ ...it, body, kept: it.kept ?? (secret ? commitments(secret, it) : null) }];
  });
  if (changed.length === 0) return [];
  if (!secret && (await sql`select from record.sequencer`.execute(db)).rows.length > 0)
    throw new Refused('log-closed', 'The log of this network is not open here', {}, 503);
  const given = JSON.stringify(changed.map(({ seq, body, kept }) => ({ seq, body, kept })));
  await sql`update record.entry e set body = r.body, kept = r.kept
    from json_to_recordset(${given}::json) as r(seq bigint, body json, kept json) where e.seq = r.seq`.execute(db);
  return changed.map(({ seq, subject, body }) => ({ seq, subject, left: secret?.leftOf(seq, body) }));
}

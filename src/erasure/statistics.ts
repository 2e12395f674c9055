// PostgreSQL keeps frequent values of columns for its planner, in the clear and in every dump. Those of somebody who was erased go.
import { sql } from 'kysely';
import type { Work } from '#kernel';
import { holdings } from './holdings.ts';
import { type Lead, likeAny } from './traces.ts';

/** An index is sampled, too, where it is one of expressions. */
interface Sampled {
  readonly schema: string;
  readonly name: string;
  readonly column: string;
  readonly table: string;
}

/** Has the tables sampled anew whose statistics lead to the person; what then stands there still, as of an empty table, is cleared. */
export async function forgetStatistics(work: Work, leads: readonly Lead[], personId: string | null): Promise<void> {
  const like = [...likeAny(leads), ...(personId ? [`%${personId}%`] : [])];
  const tables = new Set((await telling(work, like)).map((it) => it.table));
  for (const table of tables) await sql.raw(`analyze ${table}`).execute(work.db);
  const left = tables.size > 0 ? await telling(work, like) : [];
  if (left.length === 0 || !(await canClear(work))) return;
  for (const { schema, name, column } of left)
    await sql`select pg_catalog.pg_clear_attribute_stats(${schema}, ${name}, ${column}, false)`.execute(work.db);
}

async function telling({ db }: Work, like: readonly string[]): Promise<Sampled[]> {
  const tables = Object.keys(holdings).filter((it) => holdings[it]!.goes ?? holdings[it]!.searched);
  const { rows } = await sql<Sampled>`
    select s.schemaname as schema, s.tablename as name, s.attname as column, t.oid::regclass::text as table
    from pg_stats s
    join pg_namespace n on n.nspname = s.schemaname
    join pg_class c on c.relname = s.tablename and c.relnamespace = n.oid
    left join pg_index i on i.indexrelid = c.oid
    join pg_class t on t.oid = coalesce(i.indrelid, c.oid)
    where s.schemaname || '.' || t.relname = any(${tables})
      and concat(most_common_vals::text, histogram_bounds::text, most_common_elems::text) ilike any(${like})
    order by 4, 2, 3`.execute(db);
  return rows;
}

/** Since PostgreSQL 18. Before, an empty table keeps what it had until there is a row again. */
async function canClear({ db }: Work): Promise<boolean> {
  const { rows } = await sql<{ can: boolean }>`
    select to_regproc('pg_catalog.pg_clear_attribute_stats') is not null as can`.execute(db);
  return rows[0]!.can;
}

// Sets of rows travel to PostgreSQL as one JSON parameter: one statement for a whole batch, whatever its size.
import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';

/** The SQL type of every field of a row: `{ id: 'text', amountWh: 'bigint' }`. */
export type Columns<Row> = { readonly [Field in keyof Row]-?: string };

export const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (it) => `_${it.toLowerCase()}`);

/** `from ${recordset(columns, rows)}`: the rows as a table `r` with the fields' own (camel case) names. */
export const recordset = <Row extends object>(columns: Columns<Row>, rows: readonly Row[]): RawBuilder<Row> => {
  const fields = Object.entries(columns).map(([field, type]) => `"${field}" ${type}`);
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as r(${sql.raw(fields.join(', '))})`;
};

/**
 * `id = ${anyOf(ids, 'text')}` is looked up in the index. Written plainly, PostgreSQL estimates for each id how often it
 * occurs, which takes longer than the query, and then reads a young table from end to end; so it is not told the ids.
 */
export const anyOf = (values: readonly unknown[], type: 'text' | 'bigint' | 'uuid'): RawBuilder<unknown> =>
  sql`any(array(select unnest(${values}::${sql.raw(type)}[])))`;

/** Inserts all rows in one statement. `tail` is SQL after the select: `on conflict do nothing`, `returning …`. */
export async function insertRows<Row extends object, Back = unknown>(
  db: Database,
  table: string,
  columns: Columns<Row>,
  rows: readonly Row[],
  tail: RawBuilder<unknown> = sql``,
): Promise<readonly Back[]> {
  if (rows.length === 0) return [];
  const fields = Object.keys(columns);
  const into = fields.map(snakeCase).join(', ');
  const from = fields.map((it) => `r."${it}"`).join(', ');
  const done = await sql<Back>`insert into ${sql.raw(table)} (${sql.raw(into)})
    select ${sql.raw(from)} from ${recordset(columns, rows)} ${tail}`.execute(db);
  return done.rows;
}

/** Updates the row with the same `key` fields for each given row, all in one statement. */
export async function updateRows<Row extends object>(
  db: Database,
  table: string,
  columns: Columns<Row>,
  key: readonly (keyof Row & string)[],
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const changes = Object.keys(columns).filter((it) => !key.includes(it as keyof Row & string));
  const set = changes.map((it) => `${snakeCase(it)} = r."${it}"`).join(', ');
  const match = key.map((it) => `t.${snakeCase(it)} = r."${it}"`).join(' and ');
  await sql`update ${sql.raw(table)} t set ${sql.raw(set)} from ${recordset(columns, rows)} where ${sql.raw(match)}`.execute(
    db,
  );
}

// Goes through the tables in which is searched, and writes back without what leads to the person. Few statements for each table.
import { type RawBuilder, sql } from 'kysely';
import { anyOf, type Work } from '#kernel';
import { searchedIn, searchedTables } from './holdings.ts';
import { type Lead, likeAny, without } from './traces.ts';
import type { Whom } from './whom.ts';

/** Large tables are asked by an index, the others are read whole. */
const quickly: Readonly<Record<string, (whom: Whom, where: Where) => RawBuilder<unknown>>> = {
  'swap.swap': (whom, { swaps }) => ofHis(whom, swaps),
  // A station may write a card anywhere, as into the technical text of an event: so all it said while he was there is read, too.
  'ocpp.message': ({ cards }, { visits, like }) => sql`(position('"idToken"' in raw) > 0
      and lower(substring(raw from '"idToken"\\s*:\\s*"([^"]*)"')) = ${anyOf(cards, 'text')})
    or ctid in (select m.ctid from json_to_recordset(${JSON.stringify(visits)}::json)
        as v("stationId" text, "from" timestamptz, "to" timestamptz)
      join ocpp.message m on m.station_id = v."stationId" and m.at between v."from" and v."to"
      where m.raw ilike any(${like}) or m.answer ilike any(${like}) or m.error ilike any(${like}))`,
  'station.command': ({ cards }) => sql`position('"idToken"' in payload::text) > 0
    and lower(substring(payload::text from '"idToken"\\s*:\\s*"([^"]*)"')) = ${anyOf(cards, 'text')}`,
  'ledger.account': (whom) => sql`holder = ${anyOf(holdersOf(whom), 'text')}`,
  'ledger.keeper': (whom) =>
    sql`holder = ${anyOf(holdersOf(whom), 'text')} or giver = ${anyOf(holdersOf(whom), 'text')}`,
};

interface Where {
  /** In whose entries the person was named. */
  readonly swaps: readonly string[];
  readonly visits: readonly Visit[];
  readonly like: readonly string[];
}

/** When he was at a station, and some minutes before and after. */
interface Visit {
  readonly stationId: string;
  readonly from: string;
  readonly to: string;
}

const MINUTES_AROUND = 10;

const ofHis = ({ cards }: Whom, swaps: readonly string[]) =>
  sql`id_token = ${anyOf(cards, 'text')} or id = ${anyOf(swaps, 'uuid')}`;

async function visitsOf({ db }: Work, whom: Whom, swaps: readonly string[]): Promise<Visit[]> {
  const around = `${MINUTES_AROUND} minutes`;
  const { rows } = await sql<Visit>`select station_id, (started_at - ${around}::interval)::text as from,
      (greatest(updated_at, ended_at) + ${around}::interval)::text as to
    from swap.swap where ${ofHis(whom, swaps)}`.execute(db);
  return rows;
}

const holdersOf = ({ drivers, vins }: Whom): string[] => [
  ...drivers.flatMap((it) => [`driver:${it}`, `outside:arrears/${it}`]),
  ...vins.map((it) => `vehicle:${it}`),
];

/** @param swaps in whose entries the person was named @returns how many rows were changed, by table */
export async function rewriteAll(
  work: Work,
  { whom, leads, swaps }: { whom: Whom; leads: readonly Lead[]; swaps: readonly string[] },
): Promise<Record<string, number>> {
  const done: Record<string, number> = {};
  // Before the swaps are under another card.
  const where = { swaps, visits: await visitsOf(work, whom, swaps), like: likeAny(leads) };
  for (const table of searchedTables) {
    const many = await rewrite(work, table, leads, quickly[table]?.(whom, where));
    if (many > 0) done[table] = many;
  }
  return done;
}

async function rewrite(
  { db }: Work,
  table: string,
  leads: readonly Lead[],
  where: RawBuilder<unknown> | undefined,
): Promise<number> {
  const columns = searchedIn(table);
  const like = likeAny(leads);
  const found =
    where ??
    sql.join(
      columns.map((it) => sql`${sql.ref(it)}::text ilike any(${like})`),
      sql` or `,
    );
  // As text: a body keeps the spelling of what is not changed in it.
  const fields = columns.map((it) => sql`${sql.ref(it)}::text as ${sql.ref(`was_${it}`)}`);
  const { rows } = await sql<Record<string, string | null>>`select ctid::text as place, ${sql.join(fields)}
    from ${sql.table(table)} where ${found} for update`.execute(db);
  const changed = rows.flatMap(({ place, ...texts }) => {
    const now = Object.fromEntries(columns.map((it, n) => [it, fresh(leads, Object.values(texts)[n]!)]));
    return Object.values(texts).some((it, n) => it !== now[columns[n]!]) ? [{ place, ...now }] : [];
  });
  if (changed.length === 0) return 0;
  // The type of a column is whatever the table says.
  const types = await typesOf(db, table, columns);
  const shape = sql.raw(columns.map((it) => `"${it}" text`).join(', '));
  const set = sql.raw(columns.map((it) => `"${it}" = r."${it}"::${types.get(it)!}`).join(', '));
  await sql`update ${sql.table(table)} t set ${set}
    from json_to_recordset(${JSON.stringify(changed)}::json) as r(place text, ${shape})
    where t.ctid = r.place::tid`.execute(db);
  return changed.length;
}

const fresh = (leads: readonly Lead[], text: string | null): string | null =>
  text === null ? null : (without(leads, text) as string);

async function typesOf(db: Work['db'], table: string, columns: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ name: string; type: string }>`select attname as name, format_type(atttypid, null) as type
    from pg_attribute where attrelid = ${table}::regclass and attname = any(${columns})`.execute(db);
  return new Map(rows.map((it) => [it.name, it.type]));
}

import { sql } from 'kysely';
import { anyOf, type Columns, insertRows, recordset, type Work } from '#kernel';
import type { Instant, PackCode, Percent } from '#units';
import type { PackFacts } from './model.ts';

/** A registered pack as it stood when it was last looked at. */
export interface Pack extends PackFacts {
  readonly quarantinedWhy: string | null;
  readonly observedAt: Instant;
}

/** What a station saw of a pack. */
export interface Observation {
  readonly code: PackCode;
  readonly soc: Percent;
  readonly soh: Percent;
  /** What the pack went through since the last observation, in equivalent full cycles. */
  readonly cycled?: number;
  /** How often its coupler was mated since. */
  readonly mated?: number;
}

const columns: Columns<Pack> = {
  code: 'text',
  model: 'text',
  capacityWh: 'integer',
  soh: 'double precision',
  soc: 'double precision',
  quarantined: 'boolean',
  quarantinedWhy: 'text',
  recalled: 'boolean',
  producedOn: 'date',
  leakTestedOn: 'date',
  leakTestPassed: 'boolean',
  firmware: 'integer',
  efc: 'double precision',
  matingCycles: 'integer',
  ownersPercent: 'smallint',
  observedAt: 'timestamptz',
};

/** Adds packs that are new and leaves the others as they are. @returns the codes of the new ones */
export async function add(work: Work, packs: readonly Pack[]): Promise<Set<PackCode>> {
  const tail = sql`on conflict do nothing returning code`;
  const added = await insertRows<Pack, { code: PackCode }>(work.db, 'pack.pack', columns, packs, tail);
  return new Set(added.map((it) => it.code));
}

/** The registered packs among these codes, locked until the work ends: nobody else decides about them meanwhile. */
export async function known(work: Work, codes: readonly PackCode[]): Promise<Map<PackCode, Pack>> {
  if (codes.length === 0) return new Map();
  const { rows } = await sql<Pack>`select * from pack.pack where code = ${anyOf([...new Set(codes)], 'text')}
    order by code for update`.execute(work.db);
  return new Map(rows.map((it) => [it.code, it]));
}

export async function find(work: Work, codes: readonly PackCode[]): Promise<Pack[]> {
  const { rows } = await sql<Pack>`select * from pack.pack where code = ${anyOf(codes, 'text')} order by code`.execute(
    work.db,
  );
  return rows;
}

/** Packs in the order of their codes, after `after`. */
export async function list(work: Work, after: string, most: number): Promise<Pack[]> {
  const { rows } = await sql<Pack>`select * from pack.pack where code > ${after} order by code limit ${most}`.execute(
    work.db,
  );
  return rows;
}

export async function observe(work: Work, seen: readonly Observation[]): Promise<void> {
  if (seen.length === 0) return;
  const rows = seen.map((it) => ({ cycled: 0, mated: 0, ...it }));
  const shape = {
    code: 'text',
    soc: 'double precision',
    soh: 'double precision',
    cycled: 'double precision',
    mated: 'integer',
  };
  await sql`update pack.pack p set soc = r.soc, soh = r.soh, efc = p.efc + r.cycled,
      mating_cycles = p.mating_cycles + r.mated, observed_at = ${work.at.toString()}
    from ${recordset(shape, rows)} where p.code = r.code`.execute(work.db);
}

export async function quarantine(work: Work, packs: readonly { code: PackCode; why: string }[]): Promise<void> {
  if (packs.length === 0) return;
  await sql`update pack.pack p set quarantined = true, quarantined_why = coalesce(p.quarantined_why, r.why)
    from ${recordset({ code: 'text', why: 'text' }, packs)} where p.code = r.code`.execute(work.db);
}

export const clear = (work: Work, code: PackCode) =>
  sql`update pack.pack set quarantined = false, quarantined_why = null where code = ${code}`.execute(work.db);

export const setRecalled = (work: Work, code: PackCode, recalled: boolean) =>
  sql`update pack.pack set recalled = ${recalled} where code = ${code}`.execute(work.db);

export const addStrangers = (work: Work, found: readonly { code: PackCode; whereAt: string }[]) =>
  insertRows(
    work.db,
    'pack.stranger',
    { code: 'text', foundAt: 'timestamptz', whereAt: 'text' },
    found.map((it) => ({ ...it, foundAt: work.at })),
    sql`on conflict do nothing`,
  );

/** Those of these codes that had turned up without anybody having registered them; they are strangers no more. */
export async function takeStrangers(work: Work, codes: readonly PackCode[]): Promise<PackCode[]> {
  const { rows } = await sql<{ code: PackCode }>`delete from pack.stranger
    where code = ${anyOf(codes, 'text')} returning code`.execute(work.db);
  return rows.map((it) => it.code);
}

export const addSuccession = (work: Work, original: PackCode, successor: PackCode) =>
  sql`insert into pack.succession (original, successor, at) values (${original}, ${successor}, ${work.at.toString()})`.execute(
    work.db,
  );

/** The other ends of a second-use link. */
export async function linksOf(work: Work, code: PackCode): Promise<{ original?: PackCode; successor?: PackCode }> {
  const { rows } = await sql<{ original: PackCode; successor: PackCode }>`
    select original, successor from pack.succession where original = ${code} or successor = ${code}`.execute(work.db);
  const before = rows.find((it) => it.successor === code);
  const after = rows.find((it) => it.original === code);
  return { ...(before && { original: before.original }), ...(after && { successor: after.successor }) };
}

/** The code that each of these packs has by now; left out are those that were never re-coded. */
export async function successorsOf(work: Work, codes: readonly PackCode[]): Promise<Map<PackCode, PackCode>> {
  if (codes.length === 0) return new Map();
  const { rows } = await sql<{ code: PackCode; successor: PackCode }>`with recursive chain as (
      select original as code, successor from pack.succession where original = ${anyOf([...new Set(codes)], 'text')}
      union all select c.code, s.successor from chain c join pack.succession s on s.original = c.successor)
    select code, successor from chain c
    where not exists (select from pack.succession s where s.original = c.successor)`.execute(work.db);
  return new Map(rows.map((it) => [it.code, it.successor]));
}

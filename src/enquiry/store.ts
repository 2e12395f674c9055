// Editions, their answers, consents and what the fade curves are made from, in the database.
import { sql } from 'kysely';
import { anyOf, insertRows, type Work } from '#kernel';
import type { DriverId, Instant, PackCode, Vin } from '#units';
import type { Told } from './api.ts';
import type { Axis, Cell } from './fade.ts';

export interface Edition {
  readonly due: Instant;
  readonly madeAt: Instant;
  readonly checkpoint: string | null;
  readonly simulated: boolean;
}

export async function newestEdition(work: Work): Promise<Edition | undefined> {
  const { rows } = await sql<Edition>`select * from enquiry.edition order by due desc limit 1`.execute(work.db);
  return rows[0];
}

export const addEdition = (work: Work, row: Edition) =>
  insertRows(
    work.db,
    'enquiry.edition',
    { due: 'timestamptz', madeAt: 'timestamptz', checkpoint: 'text', simulated: 'boolean' },
    [row],
  );

/** An answer together with the edition it is of: both or neither. */
export type Published = Edition & { readonly told: Told };

export async function answerOf(work: Work, code: string): Promise<Published | undefined> {
  const { rows } = await sql<Published>`select e.*, a.body as told from enquiry.answer a,
    (select * from enquiry.edition order by due desc limit 1) e where a.code = ${code}`.execute(work.db);
  return rows[0];
}

/** What is said of these packs now. */
export async function toldNow(work: Work, codes: readonly PackCode[]): Promise<Map<PackCode, Told>> {
  const { rows } = await sql<{ code: PackCode; body: Told }>`select code, body from enquiry.answer
    where code = ${anyOf(codes, 'text')}`.execute(work.db);
  return new Map(rows.map((it) => [it.code, it.body]));
}

export const tell = (work: Work, rows: readonly { code: PackCode; body: Told }[]) =>
  insertRows(
    work.db,
    'enquiry.answer',
    { code: 'text', body: 'json' },
    rows,
    sql`on conflict (code) do update set body = excluded.body`,
  );

export interface Consent {
  readonly id: string;
  readonly vin: Vin;
  readonly driverId: DriverId;
  readonly givenAt: Instant;
  readonly until: Instant;
}

const given = sql.raw('id, vin, driver_id, given_at, until');

/** Those that stand: neither taken back nor over. @param driverId of one driver, or of all */
export async function standing(work: Work, driverId?: DriverId): Promise<Consent[]> {
  const { rows } = await sql<Consent>`select ${given} from enquiry.consent
    where ended_at is null and until > ${work.at.toString()}
      and ${driverId === undefined ? sql`true` : sql`driver_id = ${driverId}`} order by given_at, id`.execute(work.db);
  return rows;
}

export const addConsent = (work: Work, row: Consent) =>
  insertRows(
    work.db,
    'enquiry.consent',
    { id: 'uuid', vin: 'text', driverId: 'text', givenAt: 'timestamptz', until: 'timestamptz' },
    [row],
  );

/** @returns whether there was one that stood */
export async function endConsents(work: Work, which: { driverId: DriverId; id?: string; vin?: Vin }): Promise<boolean> {
  const { rows } = await sql`update enquiry.consent set ended_at = ${work.at.toString()}
    where ended_at is null and driver_id = ${which.driverId}
      and ${which.id === undefined ? sql`vin = ${which.vin}` : sql`id = ${which.id}`} returning id`.execute(work.db);
  return rows.length > 0;
}

/** Who once allowed what is forgotten when it has long been over, and nothing is answered by it any more. */
export const forgetConsentsBefore = (work: Work, at: Instant) =>
  sql`delete from enquiry.consent c where coalesce(c.ended_at, c.until) < ${at.toString()}
    and not exists (select from enquiry.plate_answer a where a.consent_id = c.id)`.execute(work.db);

export interface PlateAnswer {
  readonly vin: Vin;
  readonly consentId: string;
  readonly id: string;
  readonly month: Temporal.PlainDate;
  readonly code: PackCode;
  readonly body: Told;
}

export async function plateAnswers(work: Work): Promise<Map<Vin, PlateAnswer>> {
  const { rows } = await sql<PlateAnswer>`select * from enquiry.plate_answer`.execute(work.db);
  return new Map(rows.map((it) => [it.vin, it]));
}

/** These and no others can be asked for by plate. */
export async function setPlateAnswers(work: Work, rows: readonly PlateAnswer[]): Promise<void> {
  await sql`delete from enquiry.plate_answer`.execute(work.db);
  const columns = { vin: 'text', consentId: 'uuid', id: 'uuid', month: 'date', code: 'text', body: 'json' };
  await insertRows(work.db, 'enquiry.plate_answer', columns, rows);
}

/** One statement whether there is an answer or not. Without a vehicle, and without a consent, there is none. */
export async function answerByVin(work: Work, vin: string): Promise<(Published & { readonly id: string }) | undefined> {
  const { rows } = await sql<Published & { id: string }>`select e.*, a.body as told, a.id
    from enquiry.plate_answer a join enquiry.consent c on c.id = a.consent_id,
      (select * from enquiry.edition order by due desc limit 1) e
    where a.vin = ${vin} and c.ended_at is null and c.until > ${work.at.toString()}`.execute(work.db);
  return rows[0];
}

export type Contribution = Cell & { readonly pack: PackCode; readonly soh: number };

const columns = { model: 'text', pace: 'text', axis: 'text', bin: 'integer', pack: 'text', soh: 'double precision' };

/** A pack's first value in a cell stands; later ones change nothing. */
export const contribute = (work: Work, rows: readonly Contribution[]) =>
  insertRows(work.db, 'enquiry.contribution', columns, rows, sql`on conflict do nothing`);

/** Cells at which values wait, and how many. */
export async function waitingCells(work: Work): Promise<(Cell & { readonly many: number })[]> {
  const { rows } = await sql<Cell & { many: number }>`select model, pace, axis, bin, count(*)::int as many
    from enquiry.contribution where not told group by model, pace, axis, bin`.execute(work.db);
  return rows;
}

/** From now on all of a cell that wait are told. */
export async function release(work: Work, cells: readonly Cell[]): Promise<void> {
  const keys = JSON.stringify(cells.map(({ model, pace, axis, bin }) => ({ model, pace, axis, bin })));
  await sql`update enquiry.contribution c set told = true
    from json_to_recordset(${keys}::json) as r(model text, pace text, axis text, bin integer)
    where not c.told and (c.model, c.pace, c.axis, c.bin) = (r.model, r.pace, r.axis, r.bin)`.execute(work.db);
}

/** The states of health of every cell that is told. */
export async function toldCells(work: Work, model?: string): Promise<(Cell & { readonly sohs: number[] })[]> {
  const { rows } = await sql<Cell & { axis: Axis; sohs: number[] }>`select model, pace, axis, bin,
      array_agg(soh order by soh) as sohs
    from enquiry.contribution where told and ${model === undefined ? sql`true` : sql`model = ${model}`}
    group by model, pace, axis, bin order by model, axis, pace, bin`.execute(work.db);
  return rows;
}

export async function toldModels(work: Work): Promise<string[]> {
  const { rows } = await sql<{ model: string }>`select distinct model from enquiry.contribution where told
    order by model`.execute(work.db);
  return rows.map((it) => it.model);
}

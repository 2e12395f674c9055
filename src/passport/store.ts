import { sql } from 'kysely';
import { insertRows, type Work } from '#kernel';
import type { Instant, PackCode } from '#units';
import type { Supplied } from './document.ts';
import type { Passport } from './passport.ts';

/** One version of what was supplied of a model. */
export interface Document {
  readonly model: string;
  readonly version: number;
  readonly at: Instant;
  readonly suppliedBy: string | null;
  readonly simulated: boolean;
  readonly gtin: string | null;
  readonly codePrefix: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Adds the next version; two that are written at once stand one after the other. */
export async function addDocument(
  work: Work,
  model: string,
  { gtin, codePrefix, values }: Supplied,
  { by, simulated }: { readonly by: string | null; readonly simulated: boolean },
): Promise<Document> {
  await sql`select pg_advisory_xact_lock(7214, hashtext(${model}))`.execute(work.db);
  const version = ((await newestDocument(work, model))?.version ?? 0) + 1;
  const row = { model, version, at: work.at, suppliedBy: by, simulated, gtin, codePrefix, body: values };
  const columns = {
    ...{ model: 'text', version: 'integer', at: 'timestamptz', suppliedBy: 'text', simulated: 'boolean' },
    ...{ gtin: 'text', codePrefix: 'text', body: 'json' },
  };
  await insertRows(work.db, 'passport.document', columns, [row]);
  return row;
}

export async function newestDocument(work: Work, model: string): Promise<Document | undefined> {
  const { rows } = await sql<Document>`select * from passport.document where model = ${model}
    order by version desc limit 1`.execute(work.db);
  return rows[0];
}

/** Every version of a model, the newest first, without what stands in it. */
export async function versionsOf(
  work: Work,
  model: string,
): Promise<(Omit<Document, 'body'> & { readonly attributes: number })[]> {
  const { rows } = await sql<Omit<Document, 'body'> & { attributes: number }>`select model, version, at, supplied_by,
      simulated, gtin, code_prefix, (select count(*) from json_object_keys(body)) as attributes
    from passport.document where model = ${model} order by version desc limit 1000`.execute(work.db);
  return rows;
}

/** The models that a GTIN stands for by their newest documents. */
export async function modelsOfGtin(work: Work, gtin: string): Promise<Pick<Document, 'model' | 'codePrefix'>[]> {
  const { rows } = await sql<Pick<Document, 'model' | 'codePrefix'>>`select distinct on (model) model, code_prefix
    from passport.document where gtin = ${gtin} order by model, version desc`.execute(work.db);
  return rows;
}

/** A passport that was issued anew. */
export interface Issue {
  readonly code: PackCode;
  readonly original: PackCode;
  readonly at: Instant;
  readonly responsible: string;
  readonly frozen: Passport;
}

export const addIssue = (work: Work, row: Issue) =>
  insertRows(
    work.db,
    'passport.issue',
    { code: 'text', original: 'text', at: 'timestamptz', responsible: 'text', frozen: 'json' },
    [row],
  );

/** How a code came to its passport, or how its passport ended. */
export async function issuesOf(work: Work, code: PackCode): Promise<{ began?: Issue; ended?: Issue }> {
  const { rows } = await sql<Issue>`select * from passport.issue where code = ${code} or original = ${code}`.execute(
    work.db,
  );
  const began = rows.find((it) => it.code === code);
  const ended = rows.find((it) => it.original === code);
  return { ...(began && { began }), ...(ended && { ended }) };
}

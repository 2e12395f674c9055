// What the platform has: each report once, by id and revision. Kept in a file, so that a platform that was started anew still
// knows what it had.
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Bytes, readNote, signedBy, utf8, type VerifierKey } from '#record/verify';
import { profileOf } from '../profiles.ts';
import { digestOf } from '../receipt.ts';
import { contentOf } from '../report.ts';
import { reportKinds } from '../words.ts';

const schema = z.strictObject({
  v: z.literal(1),
  id: z.uuid(),
  revision: z.int().min(1),
  platform: z.string(),
  kind: z.enum(reportKinds),
  subject: z.string().regex(/^(pack|station):[\x21-\x7e]{1,64}$/),
  happenedAt: z.iso.datetime(),
  fields: z.record(z.string(), z.unknown()),
});

/** What a field may hold, whatever the kind. */
const fieldShapes: Readonly<Record<string, z.ZodType>> = {
  soc: z.number().min(0).max(100),
  soh: z.number().min(0).max(150).nullable(),
  energyWh: z.number().min(0),
  capacityWh: z.number().positive(),
  producedOn: z.iso.date(),
  station: z.string().min(1),
  direction: z.enum(['in', 'out']),
  packs: z.array(z.object({ code: z.string(), soh: z.number().nullable(), soc: z.number().nullable() })),
};

export interface Kept {
  readonly id: string;
  readonly revision: number;
  readonly digest: string;
  readonly number: string;
  readonly receivedAt: string;
  readonly subject: string;
  readonly kind: string;
  readonly happenedAt: string;
}

export type Judged =
  | { readonly is: 'kept'; readonly kept: Kept; readonly isAgain: boolean }
  | { readonly is: 'rejected'; readonly id: string; readonly field: string | null; readonly reason: string };

export class Inbox {
  readonly #file: number;
  readonly #kept = new Map<string, Kept>();
  readonly #operators: readonly VerifierKey[];

  /** @throws when the file cannot be written, or holds what this platform never wrote */
  constructor(dir: string, operators: readonly VerifierKey[]) {
    const path = join(dir, 'reports.jsonl');
    this.#operators = operators;
    this.#file = openSync(path, 'a+', 0o600);
    for (const line of readFileSync(path, 'utf8').split('\n'))
      if (line.endsWith('}')) this.#keep(JSON.parse(line) as Kept); // the last line may have been cut by a crash
    if (!/(^|\n)$/.test(readFileSync(path, 'utf8'))) writeSync(this.#file, '\n');
  }

  get all(): readonly Kept[] {
    return [...this.#kept.values()];
  }

  /** Checks signature and schema, and keeps what is right: durable before this answers. */
  async add(note: string, receivedAt: string): Promise<Judged> {
    const unnamed = (reason: string): Judged => ({ is: 'rejected', id: idIn(note), field: null, reason });
    let text: string;
    try {
      const read = readNote(utf8(note) as Bytes);
      if ((await signedBy(read, this.#operators)).length === 0)
        return unnamed('it is not signed by an operator that is known here');
      text = read.text;
    } catch (error) {
      return unnamed((error as Error).message);
    }
    let said: unknown;
    try {
      said = contentOf(text);
    } catch {
      return unnamed('it is no report');
    }
    const read = schema.safeParse(said);
    if (!read.success)
      return { ...unnamed(read.error.issues[0]!.message), field: read.error.issues[0]!.path.join('.') } as Judged;
    const { id, revision, kind, subject, happenedAt, fields } = read.data;
    const wrong = wrongField(read.data);
    if (wrong) return { is: 'rejected', id, ...wrong };
    const digest = digestOf(text);
    const before = this.#kept.get(id);
    if (before && before.revision >= revision) {
      if (before.digest === digest) return { is: 'kept', kept: before, isAgain: true };
      return { is: 'rejected', id, field: 'id', reason: 'another report came under this id' };
    }
    const number = `P${String(this.#kept.size + 1).padStart(9, '0')}`;
    const kept: Kept = { id, revision, digest, number, receivedAt, subject, kind, happenedAt };
    if (Object.keys(fields).length === 0) return { is: 'rejected', id, field: 'fields', reason: 'it says nothing' };
    writeSync(this.#file, `${JSON.stringify(kept)}\n`);
    fsyncSync(this.#file);
    this.#keep(kept);
    return { is: 'kept', kept, isAgain: false };
  }

  #keep(kept: Kept): void {
    this.#kept.set(kept.id, kept);
  }

  end(): void {
    closeSync(this.#file);
  }
}

function wrongField({ platform, kind, fields }: z.infer<typeof schema>): { field: string; reason: string } | undefined {
  const wanted = profileOf(platform)?.wants[kind];
  if (!wanted) return { field: 'kind', reason: `${platform} takes no reports of ${kind}` };
  for (const [field, value] of Object.entries(fields)) {
    if (!wanted.fields.includes(field)) return { field, reason: 'there is no such field' };
    const read = fieldShapes[field]?.safeParse(value);
    if (read?.success === false) return { field, reason: read.error.issues[0]!.message };
  }
  return undefined;
}

/** Whose report it was meant to be, though nothing of it can be believed. */
const idIn = (note: string): string => /"id":"([0-9a-f-]{36})"/.exec(note)?.[1] ?? '';

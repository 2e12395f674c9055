// Witnesses are asked after the log has moved on, never before: one that is dead, slow or lies keeps its signature back, and
// nothing else.
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database, DoWork } from '#kernel';
import { accepted, type Files, type Policy, readKey, readPolicy, utf8 } from '#record/verify';
import { askWitnesses, type KnownWitness } from '#record/witness';
import { filesIn } from './pieces.ts';
import { type Published, published } from './prove.ts';

/** Whom the log asks, and how many of them must sign. */
export interface Council {
  /** As it is published, with the log's own key. */
  readonly text: string;
  readonly policy: Policy;
  readonly witnesses: readonly KnownWitness[];
}

/**
 * @param text C2SP tlog-policy with the addresses of witnesses behind their keys; nothing when no witness is asked
 * @param logKeys of this log, added when the policy does not name them
 * @throws Unproven `malformed-policy`
 */
export async function councilOf(text: string | undefined, logKeys: readonly string[]): Promise<Council> {
  const given = text ?? 'quorum none\n';
  const named = new Set(given.split('\n').map((it) => it.split(/\s+/)[1]));
  const whole = [...logKeys.filter((it) => !named.has(it)).map((it) => `log ${it}\n`), given].join('');
  const witnesses = await Promise.all(
    given.split('\n').flatMap((line) => {
      const [word, , vkey = '', url] = line.trim().split(/[ \t]+/);
      return word === 'witness' && url !== undefined ? [readKey(vkey).then((key) => ({ key, url }))] : [];
    }),
  );
  return { text: whole.endsWith('\n') ? whole : `${whole}\n`, policy: await readPolicy(utf8(whole)), witnesses };
}

/** What is the matter with a witness; undefined when it signs again. `contradicts`: it remembers another history than ours. */
export type WitnessTold = (
  witness: string,
  wrong: { readonly problem: string; readonly contradicts: boolean } | undefined,
) => void;

/** So long a witness may take; the others' signatures wait for it. */
const TIMEOUT_MS = 2_000;
/** At most so often all are asked. */
const EVERY_MS = 500;
/** So many checkpoints back a quorum is looked for. */
const BACK = 200;

export class Cosigning {
  readonly #doWork: DoWork;
  readonly #council: Council;
  readonly #told: WitnessTold;
  readonly #silent = new Map<string, { readonly problem: string; readonly contradicts: boolean }>();
  readonly #files: Files;
  readonly #signed = new Map<string, number>();
  readonly #end = new AbortController();
  #running: Promise<void> | undefined;
  #asked = 0;

  constructor(doWork: DoWork, council: Council, told: WitnessTold) {
    this.#doWork = doWork;
    this.#council = council;
    this.#told = told;
    this.#files = (path) => doWork((work) => filesIn(work.db)(path));
  }

  /** Asks whenever there is a new checkpoint, until ended. */
  start(): void {
    if (this.#council.witnesses.length > 0) this.#running ??= this.#run();
  }

  async end(): Promise<void> {
    this.#end.abort();
    await this.#running;
  }

  /** Asks all witnesses for the newest checkpoint, or that of a size, and keeps what they sign. */
  async round(size?: number): Promise<void> {
    const { witnesses } = this.#council;
    const doWork = this.#doWork;
    const newest = await doWork(({ db }) => newestIn(db, size));
    if (newest === undefined || witnesses.length === 0) return;
    const answers = await askWitnesses(utf8(newest.note), this.#files, witnesses, {
      old: this.#signed,
      timeoutMs: TIMEOUT_MS,
    });
    for (const it of answers) {
      if ('line' in it) this.#signed.set(it.witness, newest.size);
      this.#hear(it.witness, 'line' in it ? undefined : { contradicts: false, ...it });
    }
    const lines = answers.flatMap((it) => ('line' in it ? [it] : []));
    if (lines.length > 0)
      await doWork(async ({ db }) => {
        for (const { witness, line } of lines)
          await sql`insert into record.cosignature (size, witness, line)
            values (${newest.size}, ${witness}, ${line}) on conflict do nothing`.execute(db);
      });
    this.#asked = Math.max(this.#asked, newest.size);
  }

  /** Whether each witness signed when it was asked last. */
  get signing(): ReadonlyMap<string, boolean> {
    return new Map(this.#council.witnesses.map(({ key }) => [key.name, !this.#silent.has(key.name)]));
  }

  /** Told once when it begins, once when it turns out to be more than an outage, once when it is over; not at each checkpoint. */
  #hear(witness: string, now: { readonly problem: string; readonly contradicts: boolean } | undefined): void {
    const before = this.#silent.get(witness);
    if (now) this.#silent.set(witness, { ...now, contradicts: now.contradicts || before?.contradicts === true });
    else this.#silent.delete(witness);
    if (now === undefined ? before !== undefined : !before || (now.contradicts && !before.contradicts))
      this.#told(witness, now);
  }

  /** The newest checkpoint, or that of one size, that has the policy's quorum; undefined when there is none. */
  async published(size?: number): Promise<Published | undefined> {
    return await this.#doWork(async ({ db }) => {
      const needsNobody = this.#council.policy.quorum === 'none';
      const { rows } = await sql<{ size: number; note: string; lines: string[] }>`
        select c.size, c.note, coalesce((select array_agg(line order by witness) from record.cosignature s
          where s.size = c.size), '{}') as lines from record.checkpoint c
        where c.size = coalesce(${size ?? null}::bigint, c.size)
          and (${needsNobody} or exists (select from record.cosignature s where s.size = c.size))
        order by c.size desc limit ${needsNobody ? 1 : BACK}`.execute(db);
      for (const it of rows) {
        const found = published(it.size, it.note, it.lines);
        if (await holds(found, this.#council.policy)) return found;
      }
      return undefined;
    });
  }

  async #run(): Promise<void> {
    while (!this.#end.signal.aborted) {
      try {
        const newest = await this.#doWork(({ db }) => newestIn(db));
        if (newest !== undefined && newest.size > this.#asked) await this.round();
      } catch (error) {
        this.#hear('', { problem: (error as Error).message, contradicts: false });
      }
      await wait(EVERY_MS, undefined, { signal: this.#end.signal }).catch(() => {});
    }
  }
}

const holds = ({ checkpoint }: Published, policy: Policy): Promise<boolean> =>
  accepted(checkpoint, policy).then(
    () => true,
    () => false,
  );

async function newestIn(db: Database, size?: number): Promise<{ size: number; note: string } | undefined> {
  const { rows } = await sql<{ size: number; note: string }>`select size, note from record.checkpoint
    where size = coalesce(${size ?? null}::bigint, size) order by size desc limit 1`.execute(db);
  return rows[0];
}

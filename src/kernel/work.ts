import type { FastifyBaseLogger as Logger } from 'fastify';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Clock, Instant } from '#units';
import { type Database, inTransaction } from './database.ts';

/** A fact that other rooms may want to hear about, in the past tense: `swap.completed`. */
export interface EventType<T> {
  readonly name: string;
  readonly shape: z.ZodType<T>;
}
export const event = <T>(name: string, shape: z.ZodType<T>): EventType<T> => ({ name, shape });

/** One piece of work: one transaction, done at one instant. Every function that touches the world takes it first. */
export interface Work {
  readonly db: Database;
  readonly at: Instant;
  readonly log: Logger;
  /** A new id that sorts by time (UUID version 7). */
  newId<Id extends string>(): Id;
  /** Tells the listeners, if and only if this work commits. */
  announce<T>(type: EventType<T>, ...facts: T[]): void;
}

export type DoWork = <T>(job: (work: Work) => Promise<T>) => Promise<T>;

/** A fact as it leaves a committed work. */
export interface Announced {
  readonly type: string;
  readonly at: Instant;
  readonly facts: readonly unknown[];
}

/** Reacts to all facts of one type that one work announced; may run twice for the same facts. */
export type Task = (work: Work, facts: readonly unknown[]) => Promise<void>;

/** Who listens to what. Filled in by listeners.ts, nowhere else. */
export class Listeners {
  readonly #tasks = new Map<string, string[]>();
  readonly tasks: Record<string, Task> = {};

  on<T>(type: EventType<T>, name: string, react: (work: Work, facts: readonly T[]) => Promise<void>): this {
    const task = `${type.name} -> ${name}`;
    this.#tasks.set(type.name, [...this.tasksFor(type.name), task]);
    this.tasks[task] = (work, facts) =>
      react(
        work,
        facts.map((it) => type.shape.parse(it)),
      );
    return this;
  }

  tasksFor(eventName: string): readonly string[] {
    return this.#tasks.get(eventName) ?? [];
  }
}

export interface WorkPlace {
  readonly db: Database;
  readonly listeners: Listeners;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Logger;
  /** Hears what was announced, after the commit, in this process only: for screens, never for bookkeeping. */
  readonly live?: (announced: Announced) => void;
  readonly observe?: (seconds: number, outcome: 'done' | 'failed' | 'retried') => void;
}

const MOST_TRIES = 6;

export function workIn(place: WorkPlace): DoWork {
  return async (job) => {
    for (let tries = 1; ; tries++) {
      const started = performance.now();
      const observe = (outcome: 'done' | 'failed' | 'retried') =>
        place.observe?.((performance.now() - started) / 1000, outcome);
      try {
        const done = await once(place, job);
        observe('done');
        return done;
      } catch (error) {
        const again = tries < MOST_TRIES && isCollision(error);
        observe(again ? 'retried' : 'failed');
        if (!again) throw error;
      }
    }
  };
}

async function once<T>(place: WorkPlace, job: (work: Work) => Promise<T>): Promise<T> {
  const byType = new Map<string, Announced & { facts: unknown[] }>();
  const done = await inTransaction(place.db, async (trx) => {
    const at = place.clock();
    const result = await job({
      db: trx,
      at,
      log: place.log,
      newId: <Id extends string>() => place.newId() as Id,
      announce: ({ name }, ...facts) => {
        const before = byType.get(name);
        if (before) before.facts.push(...facts);
        else if (facts.length > 0) byType.set(name, { type: name, at, facts });
      },
    });
    await addJobs(trx, place.listeners, [...byType.values()]);
    return result;
  });
  for (const it of byType.values()) tell(place, it);
  return done;
}

/** What is committed stays committed: a screen that breaks must not make its work look failed, or it would be done again. */
function tell({ live, log }: WorkPlace, announced: Announced): void {
  try {
    live?.(announced);
  } catch (error) {
    log.error({ err: error, type: announced.type }, 'somebody who watches live could not be told');
  }
}

/** The outbox: one job for each listener of each type of fact, in the transaction that announced them. */
async function addJobs(db: Database, listeners: Listeners, announced: readonly Announced[]): Promise<void> {
  const jobs = announced.flatMap(({ type, facts }) =>
    listeners.tasksFor(type).map((identifier) => ({ identifier, payload: facts })),
  );
  if (jobs.length === 0) return;
  await sql`select graphile_worker.add_job(r.identifier, r.payload)
    from json_to_recordset(${JSON.stringify(jobs)}::json) as r(identifier text, payload json)`.execute(db);
}

/** Thrown by a work that another one overtook: it is undone and done again, and will find what the other one left. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
  readonly code = '40001';
}

/** Another work was in the way (deadlock, serialisation, the same new key twice): doing it again will find its rows. */
const isCollision = (error: unknown): boolean =>
  ['40001', '40P01', '23505'].includes((error as { code?: string } | undefined)?.code ?? '');

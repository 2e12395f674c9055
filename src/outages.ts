// While the database is away everybody who needs it fails, and says so. The operator reads that once, and once that it is
// back; what each of them would have said is counted.
import type { FastifyBaseLogger } from 'fastify';
import type { LoggerOptions } from 'pino';
import { isOutage } from '#kernel';

interface Outage {
  /** Milliseconds by the machine's own clock. */
  readonly since: number;
  last: number;
  failures: number;
}

/** What is wrong with the database, as one sentence each; two of them can be at once. */
const causes = { reach: 'PostgreSQL is out of reach', room: 'PostgreSQL has no room for more' } as const;
type Cause = keyof typeof causes;

/** Class 53 of PostgreSQL's appendix A: disk full, out of memory, too many connections. */
const causeOf = (error: unknown): Cause =>
  String((error as { code?: string }).code ?? '').startsWith('53') ? 'room' : 'reach';

/** It is back when nothing failed for so long: connections die one by one, and a full disk can still be read. */
const QUIET_MS = 3_000;

export interface Outages {
  /** For the log of the whole program: a line about an error that is an outage is the first of it, or is not written. */
  readonly hooks: Required<Pick<NonNullable<LoggerOptions['hooks']>, 'logMethod'>>;
  /** A work of so many seconds was done: the database is there. */
  worked(log: Pick<FastifyBaseLogger, 'warn'>, seconds: number): void;
}

export function outages(now: () => number = () => performance.now()): Outages {
  const open = new Map<Cause, Outage>();
  /** @returns whether it is the first of its outage */
  const isFirst = (cause: Cause): boolean => {
    const known = open.get(cause);
    if (!known) open.set(cause, { since: now(), last: now(), failures: 1 });
    else {
      known.last = now();
      known.failures++;
    }
    return !known;
  };
  return {
    hooks: {
      logMethod(args, method) {
        const error = errorIn(args[0]);
        if (error === undefined || !isOutage(error)) return method.apply(this, args);
        const cause = causeOf(error);
        if (isFirst(cause)) method.call(this, factsOf(error) as never, `${causes[cause]}: ${String(error.message)}`);
      },
    },
    worked(log, seconds) {
      for (const [cause, { since, last, failures }] of open) {
        if (now() - last < QUIET_MS || now() - seconds * 1000 < last) continue;
        open.delete(cause);
        const awaySeconds = Math.round((last - since) / 1000);
        const what = cause === 'reach' ? 'PostgreSQL is back' : 'PostgreSQL has room again';
        log.warn({ awaySeconds, failures }, `${what} after ${awaySeconds} s; ${failures} failures meanwhile`);
      }
    },
  };
}

/** The error that a line is about, however it was given to the log. */
function errorIn(said: unknown): Error | undefined {
  if (said instanceof Error) return said;
  const { err, error } = (said ?? {}) as { err?: unknown; error?: unknown };
  return [err, error].find((it) => it instanceof Error);
}

const factsOf = (error: Error) => ({ code: (error as { code?: string }).code });

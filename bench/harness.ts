// What all benches share: a durable PostgreSQL of their own, time and CPU of what runs, and medians of interleaved passes.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { pino } from 'pino';
import { type Database, type DoWork, Listeners, migrate, openDatabase, workIn } from '#kernel';
import { systemClock, uuidV7 } from '#units';
import { createDatabase, startPostgres } from '../src/postgres.ts';

/** What a bench is asked: `quick` ends within 45 seconds. */
export interface Ask {
  readonly quick: boolean;
}

/** One line of the result. A goal that is missed fails the run; a figure without a goal only informs. */
export interface Figure {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** What was measured beside it in the same run: a raw limit or a naive way. */
  readonly baseline?: { readonly name: string; readonly value: number };
  readonly goal?: { readonly atLeast: number } | { readonly atMost: number };
}

export type Bench = (ask: Ask) => Promise<readonly Figure[]>;

/** A migrated database that keeps what it committed even when the power fails, and work on it. */
export interface Place {
  readonly url: string;
  readonly db: Database;
  readonly pool: pg.Pool;
  readonly doWork: DoWork;
  /** Process trees to count CPU of: this program with its children, and PostgreSQL. */
  readonly trees: readonly number[];
}

/** Runs `body` on a PostgreSQL of its own with its durable defaults (no `fsync=off`); nothing of it remains. */
export async function onDurablePostgres<T>(body: (place: Place) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'packloop-bench-'));
  chmodSync(dir, 0o755);
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), flags: ['-c max_connections=200'] });
  const end = () => {
    postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  process.once('exit', end); // also when the bench is interrupted
  const url = await createDatabase(postgres, 'packloop');
  const { db, pool } = openDatabase(url);
  try {
    await migrate(pool);
    const { rows } = await pool.query("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid");
    return await body({ url, db, pool, doWork: workOn(db), trees: [process.pid, rows[0].pid] });
  } finally {
    await db.destroy();
    process.off('exit', end);
    end();
  }
}

/** Work on any database: for benches that have a second one. */
export const workOn = (db: Database): DoWork =>
  workIn({
    db,
    listeners: new Listeners(),
    clock: systemClock,
    newId: () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
    log: pino({ level: 'silent' }),
  });

/** What one pass did, how long it took, and the CPU time of all processes meanwhile. */
export interface Pass {
  readonly done: number;
  readonly wallS: number;
  readonly cpuS: number;
  /** Of all cores together: what nobody used. */
  readonly idleS: number;
}

/** Measures `act`, which says how many things it did. */
export async function measure(trees: readonly number[], act: () => Promise<number>): Promise<Pass> {
  const cpu = cpuSeconds(trees);
  const idle = idleSeconds();
  const started = performance.now();
  const done = await act();
  const wallS = (performance.now() - started) / 1000;
  return { done, wallS, cpuS: cpuSeconds(trees) - cpu, idleS: idleSeconds() - idle };
}

/** Medians over the passes of one way. */
export interface Speed {
  readonly perSecond: number;
  readonly cpuMsEach: number;
  /** Shares of the machine's time, 0 to 1; what is missing to 1 somebody else had. */
  readonly ours: number;
  readonly idle: number;
}

/** Runs the ways in turns, so that a noisy neighbour disturbs all of them alike. */
export async function interleaved<Way extends string>(
  rounds: number,
  ways: Readonly<Record<Way, () => Promise<Pass>>>,
): Promise<Record<Way, Speed>> {
  const names = Object.keys(ways) as Way[];
  const passes = new Map(names.map((name) => [name, [] as Pass[]]));
  for (let round = 0; round < rounds; round++) for (const name of names) passes.get(name)!.push(await ways[name]());
  return Object.fromEntries(
    [...passes].map(([name, its]) => [
      name,
      {
        perSecond: median(its.map((it) => it.done / it.wallS)),
        cpuMsEach: median(its.map((it) => (it.cpuS * 1000) / it.done)),
        ours: median(its.map((it) => it.cpuS / (it.wallS * availableParallelism()))),
        idle: median(its.map((it) => it.idleS / (it.wallS * availableParallelism()))),
      },
    ]),
  ) as Record<Way, Speed>;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value that `share` (0.99) of all values do not exceed. */
export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN;

const TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux

/**
 * CPU seconds, user and system, that the processes `roots` and all below them have used, ended children included.
 * NaN where there is no /proc.
 */
export function cpuSeconds(roots: readonly number[]): number {
  const all = processes();
  if (!all) return Number.NaN;
  const counted = new Set<number>(roots);
  for (let before = 0; before !== counted.size; ) {
    before = counted.size;
    for (const [pid, { parent }] of all) if (counted.has(parent)) counted.add(pid);
  }
  return [...counted].reduce((sum, pid) => sum + (all.get(pid)?.ticks ?? 0), 0) / TICKS_PER_SECOND;
}

/** Resident memory in MB of one process (VmRSS). NaN where there is no /proc. */
export function residentMB(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** Seconds, of all cores together, in which nobody wanted anything or only a disk was waited for. */
function idleSeconds(): number {
  try {
    const [, , , , idle, waiting] = readFileSync('/proc/stat', 'utf8').split(/\s+/, 6).map(Number);
    return (idle! + waiting!) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

function processes(): Map<number, { parent: number; ticks: number }> | undefined {
  try {
    const pids = readdirSync('/proc').filter((it) => /^\d+$/.test(it));
    return new Map(pids.flatMap((pid) => statOf(pid) ?? []));
  } catch {
    return undefined;
  }
}

/** Fields of proc(5) stat after the command's name: parent is the 4th, utime, stime, cutime and cstime the 14th to 17th. */
function statOf(pid: string): [[number, { parent: number; ticks: number }]] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return [[Number(pid), { parent: fields[1]!, ticks: fields[11]! + fields[12]! + fields[13]! + fields[14]! }]];
  } catch {
    return undefined; // it ended while we looked
  }
}

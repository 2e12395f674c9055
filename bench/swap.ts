// How fast swaps are booked: BatteryIn and BatteryOut of many stations over real sockets, answered after the commit.
// The server is src/main.ts and the stations are another program; everything shares this machine.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { migrate, openDatabase } from '#kernel';
import { audit } from '../src/audit.ts';
import { type BuiltNetwork, buildNetwork } from '../test/network.ts';
import { freePort, type ServerProcess, startServerProcess } from '../test/server.ts';
import {
  type Bench,
  type Figure,
  interleaved,
  measure,
  onDurablePostgres,
  type Pass,
  type Place,
  percentile,
  residentMB,
  type Speed,
  workOn,
} from './harness.ts';
import type { Order, Report } from './load/swapping.ts';

const STATIONS = 500;
/** As many as keep the naive way busy: with more, each pass would end long after its time. */
const FEW = 16;
const GOAL = 1500;

const ways = ['grouped', 'naive', 'echo'] as const;
type Way = (typeof ways)[number];

export const bench: Bench = ({ quick }) =>
  onDurablePostgres(async (place) => {
    const grouped = await startOn(place, 'grouped');
    const naive = await startOn(place, 'naive', { stations: FEW, env: { OCPP_BATCH: '1' } });
    const echo = await startEcho();
    const generator = fork(join(import.meta.dirname, 'load', 'swapping.ts'));
    const latencies = { grouped: [], naive: [], echo: [] } as Record<Way, number[]>;
    const swapping =
      (way: Way, at: string, swapFor: number, many = STATIONS) =>
      (): Promise<Pass> =>
        measure(place.trees, async () => {
          const told = await tell(generator, { swapFor, at, many });
          if (told.is !== 'swapped' || told.refused.length > 0 || told.swaps === 0)
            throw new Error(`not all could swap: ${JSON.stringify(told).slice(0, 500)}`);
          for (const it of told.latenciesMs) latencies[way].push(it);
          return 2 * told.swaps;
        });
    try {
      for (const { url, network } of [grouped, naive, { url: echo.url, network: grouped.network }])
        await tell(generator, { connect: url, network });
      const ms = quick ? 3000 : 8000;
      await swapping('grouped', grouped.url, ms)(); // compiled, cached, and no more at its first commit
      latencies.grouped = [];
      const speed = await interleaved(quick ? 3 : 5, {
        grouped: swapping('grouped', grouped.url, ms),
        naive: swapping('naive', naive.url, ms / 2, FEW),
        echo: swapping('echo', echo.url, ms / 3),
      });
      const { invariants, swaps } = await demandCleanBooks([grouped.database, naive.database]);
      return figures({ speed, latencies, invariants, swaps, serverMB: residentMB(grouped.server.pid) });
    } finally {
      generator.kill();
      echo.stop();
      await Promise.all([grouped.server.stop(), naive.server.stop()]);
    }
  });

interface Running {
  readonly server: ServerProcess;
  readonly url: string;
  readonly network: BuiltNetwork;
  readonly database: string;
}

/** A server on a database of its own with a seeded network in it. */
async function startOn(
  place: Place,
  name: string,
  { stations = STATIONS, env = {} }: { stations?: number; env?: Readonly<Record<string, string>> } = {},
): Promise<Running> {
  await place.pool.query(`create database ${name}`);
  const database = Object.assign(new URL(place.url), { pathname: `/${name}` }).href;
  const network = await onDatabase(database, async (doWork, pool) => {
    await migrate(pool);
    const built = await buildNetwork(doWork, { stations, standing: 12, vehicles: 2 * stations });
    await pool.query('vacuum analyze');
    return built;
  });
  const server = await startServerProcess({ databaseUrl: database, env: { PUBLIC_VIEW: 'false', ...env } });
  return { server, url: server.ocpp, network, database };
}

async function onDatabase<T>(
  url: string,
  body: (doWork: ReturnType<typeof workOn>, pool: ReturnType<typeof openDatabase>['pool']) => Promise<T>,
): Promise<T> {
  const { db, pool } = openDatabase(url);
  try {
    return await body(workOn(db), pool);
  } finally {
    await db.destroy();
  }
}

async function startEcho(): Promise<{ readonly url: string; stop(): void }> {
  const port = await freePort();
  const echo = fork(join(import.meta.dirname, 'load', 'echo.ts'), [String(port)]);
  await once(echo, 'message');
  return { url: `ws://127.0.0.1:${port}`, stop: () => void echo.kill() };
}

/** @throws Error when the generator ends instead of answering */
async function tell(generator: ChildProcess, order: Order): Promise<Report> {
  const over = new AbortController();
  const { signal } = over;
  const answered = once(generator, 'message', { signal }) as Promise<[Report]>;
  const ended = once(generator, 'exit', { signal }).then(([code]) => {
    throw new Error(`the generator ended with ${code}`);
  });
  generator.send(order);
  try {
    return (await Promise.race([answered, ended]))[0];
  } finally {
    over.abort();
    await Promise.allSettled([answered, ended]);
  }
}

/** A fast wrong answer is no answer. */
async function demandCleanBooks(databases: readonly string[]): Promise<{ invariants: number; swaps: number }> {
  let checked = { invariants: 0, swaps: 0 };
  for (const url of databases)
    await onDatabase(url, async (doWork, pool) => {
      const { clean, findings } = await doWork((work) => audit(work, 'bench'));
      const broken = findings.filter((it) => it.violations.length > 0);
      if (!clean) throw new Error(`the books are wrong: ${JSON.stringify(broken).slice(0, 2000)}`);
      const { rows } = await pool.query('select count(*)::int as swaps from swap.swap');
      checked = { invariants: findings.length, swaps: checked.swaps + rows[0].swaps };
    });
  return checked;
}

function figures({
  speed,
  latencies,
  invariants,
  swaps,
  serverMB,
}: {
  speed: Record<Way, Speed>;
  latencies: Record<Way, readonly number[]>;
  invariants: number;
  swaps: number;
  serverMB: number;
}): Figure[] {
  const raw = 'bare ws that parses and replies';
  const alone = 'a transaction for each message';
  const p = (way: Way, share: number) => percentile(latencies[way], share);
  const messages = 'BatterySwap/s'; // Authorize runs too, once for each pair, and is not counted
  return [
    {
      metric: `BatterySwap booked in the ledger, ${STATIONS} stations`,
      value: speed.grouped.perSecond,
      unit: messages,
      baseline: { name: alone, value: speed.naive.perSecond },
      goal: { atLeast: GOAL },
    },
    {
      metric: 'the same',
      value: speed.grouped.perSecond,
      unit: messages,
      baseline: { name: raw, value: speed.echo.perSecond },
    },
    {
      metric: 'CPU of all processes, its share of Authorize included',
      value: speed.grouped.cpuMsEach,
      unit: 'ms/BatterySwap',
      baseline: { name: alone, value: speed.naive.cpuMsEach },
    },
    {
      metric: 'CPU of all processes, the same',
      value: speed.grouped.cpuMsEach,
      unit: 'ms/BatterySwap',
      baseline: { name: raw, value: speed.echo.cpuMsEach },
    },
    {
      metric: `latency of BatterySwap, p50 (beside: with ${FEW} stations)`,
      value: p('grouped', 0.5),
      unit: 'ms',
      baseline: { name: alone, value: p('naive', 0.5) },
    },
    {
      metric: 'latency of BatterySwap, p99',
      value: p('grouped', 0.99),
      unit: 'ms',
      baseline: { name: alone, value: p('naive', 0.99) },
    },
    { metric: 'machine time meanwhile: all of this', value: 100 * speed.grouped.ours, unit: '% of all cores' },
    { metric: 'machine time meanwhile: nobody', value: 100 * speed.grouped.idle, unit: '% of all cores' },
    { metric: 'memory of the server afterwards', value: serverMB, unit: 'MB' },
    { metric: `invariants that hold afterwards over ${swaps} swaps`, value: invariants, unit: 'of all' },
  ];
}

// The gateway under load: server, database and stations on the same machine, validation on, answers after the commit.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StationPresetId } from '#pack';
import { register } from '#station';
import type { PartyId, StationId } from '#units';
import { type Bench, cpuSeconds, type Figure, median, onDurablePostgres, type Place, residentMB } from './harness.ts';
import type { Ask, Told } from './load/stations.ts';

const [SERVER_PORT, ECHO_PORT] = [21_900, 21_901];
const PASSWORDS = new Map<string, string>();

export const bench: Bench = async ({ quick }) => {
  const data = mkdtempSync(join(tmpdir(), 'packloop-bench-data-'));
  try {
    return await onDurablePostgres(async (place) => {
      const dir = { place, data };
      const most = 10_000;
      await registerStations(place, most);
      return [...(await coldStart(dir, quick)), ...(await underLoad(dir, quick)), ...(await crowd(dir, most))];
    });
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
};

interface Where {
  readonly place: Place;
  readonly data: string;
}

const names = (count: number, from = 0): [string, string][] =>
  [...PASSWORDS].slice(from, from + count).map(([id, password]) => [id, password]);

async function registerStations({ doWork }: Place, count: number): Promise<void> {
  const stations = Array.from({ length: count }, (_, index) => ({
    id: `BENCH-${index}` as StationId,
    name: `Station ${index}`,
    operatorId: 'bench' as PartyId,
    presetId: 'upower-8' as StationPresetId,
    place: { latitude: 22.5, longitude: 114.1 },
    timeZone: 'Asia/Shanghai',
    swapOrder: 'In-Out' as const,
    securityProfile: 1 as const,
  }));
  const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));
  for (const [id, password] of await doWork((work) => register(work, stations, random))) PASSWORDS.set(id, password);
}

async function underLoad(where: Where, quick: boolean): Promise<Figure[]> {
  const server = await startServer(where);
  const figures = [...(await speeds(where, server, quick)), ...(await costOfSize(where, server, quick))];
  await server.stop();
  return figures;
}

/** Rows "heartbeat", "TransactionEvent", "boot storm" and "1000 concurrent" of the issue. */
async function speeds(where: Where, server: Server, quick: boolean): Promise<Figure[]> {
  const rounds = quick ? 3 : 5;
  const seconds = quick ? 1 : 5;
  const echo = await startEcho();
  const [ours, bare] = [crowdOf(), crowdOf()];
  const storm = await ours.ask({ do: 'storm', url: server.url, stations: names(1000) });
  await bare.ask({ do: 'connect', url: echo.url, stations: names(1000) });
  for (const it of [ours, bare]) await it.ask({ do: 'run', kind: 'heartbeat', seconds: 0.5 }); // warm
  const heartbeats: Told[] = [];
  const echoes: Told[] = [];
  for (let round = 0; round < rounds; round++) {
    heartbeats.push(await ours.ask({ do: 'run', kind: 'heartbeat', seconds }));
    echoes.push(await bare.ask({ do: 'run', kind: 'heartbeat', seconds }));
  }
  await bare.stop();
  echo.stop();
  const burst = await ours.ask({ do: 'burst', kind: 'transaction', timeoutMs: 10_000 });
  await ours.ask({ do: 'close' });

  await ours.ask({ do: 'connect', url: server.url, stations: names(500) });
  await ours.ask({ do: 'run', kind: 'transaction', seconds: quick ? 1 : 3 });
  const transactions: (Told & { cpuMs: number })[] = [];
  for (let round = 0; round < rounds; round++) {
    const cpu = cpuSeconds(where.place.trees);
    const told = await ours.ask({ do: 'run', kind: 'transaction', seconds: quick ? 1.7 : seconds });
    transactions.push({ ...told, cpuMs: ((cpuSeconds(where.place.trees) - cpu) * 1000) / told.done });
  }
  await ours.stop();
  const speed = (all: readonly Told[]) => median(all.map((it) => it.done / it.seconds));
  const failures = [...heartbeats, ...transactions].reduce((sum, it) => sum + it.failed, 0);
  const bareSpeed = speed(echoes);
  return [
    {
      metric: 'heartbeat, 1000 stations',
      value: speed(heartbeats),
      unit: '/s',
      baseline: { name: 'bare ws', value: bareSpeed },
      goal: { atLeast: 12_000 },
    },
    { metric: 'heartbeat, share of bare ws', value: speed(heartbeats) / bareSpeed, unit: 'x', goal: { atLeast: 0.45 } },
    { metric: 'heartbeat, p99', value: median(heartbeats.map((it) => it.p99Ms)), unit: 'ms', goal: { atMost: 250 } },
    {
      metric: 'TransactionEvent durable, 500 stations',
      value: speed(transactions),
      unit: '/s',
      baseline: { name: 'bare ws heartbeat', value: bareSpeed },
      goal: { atLeast: 4000 },
    },
    { metric: 'TransactionEvent, p99', value: median(transactions.map((it) => it.p99Ms)), unit: 'ms' },
    {
      metric: 'TransactionEvent, CPU of all processes',
      value: median(transactions.map((it) => it.cpuMs)),
      unit: 'ms/msg',
      goal: { atMost: 0.5 },
    },
    { metric: 'boot storm of 1000, all accepted', value: storm.seconds, unit: 's', goal: { atMost: 5 } },
    { metric: 'boot storm, not accepted', value: storm.failed, unit: 'stations', goal: { atMost: 0 } },
    {
      metric: '1000 concurrent TransactionEvents, pool of 5',
      value: burst.failed,
      unit: 'timeouts',
      goal: { atMost: 0 },
    },
    { metric: 'calls refused or unanswered', value: failures, unit: 'calls', goal: { atMost: 0 } },
  ];
}

/** CPU of server and database for one TransactionEvent at the same rate, sent by few stations or by many. */
async function costOfSize(where: Where, server: Server, quick: boolean): Promise<Figure[]> {
  const perSecond = 1500;
  const cost: Record<'few' | 'many', number[]> = { few: [], many: [] };
  const crowds = { few: crowdOf(), many: crowdOf() };
  await Promise.all([
    crowds.few.ask({ do: 'connect', url: server.url, stations: names(100) }),
    crowds.many.ask({ do: 'connect', url: server.url, stations: names(5000, 100) }),
  ]);
  for (const size of ['few', 'many'] as const)
    await crowds[size].ask({ do: 'run', kind: 'transaction', seconds: 0.5, perSecond });
  for (let round = 0; round < (quick ? 2 : 5); round++)
    for (const size of ['few', 'many'] as const) {
      const trees = [server.pid, where.place.trees[1]!];
      const cpu = cpuSeconds(trees);
      const { done } = await crowds[size].ask({ do: 'run', kind: 'transaction', seconds: quick ? 1.2 : 4, perSecond });
      cost[size].push(((cpuSeconds(trees) - cpu) * 1000) / done);
    }
  for (const it of Object.values(crowds)) await it.stop();
  const [few, many] = [median(cost.few), median(cost.many)];
  return [
    {
      metric: 'cost of a TransactionEvent, 5,000 stations',
      value: many,
      unit: 'ms CPU',
      baseline: { name: '100 stations', value: few },
    },
    { metric: 'cost with 5,000 against 100 stations', value: many / few, unit: 'x', goal: { atMost: 1.3 } },
  ];
}

/** Ten thousand stations on one process, compression negotiated, each of them heard. */
async function crowd(where: Where, count: number): Promise<Figure[]> {
  const server = await startServer(where);
  const empty = residentMB(server.pid);
  const stations = crowdOf();
  const told = await stations.ask({ do: 'connect', url: server.url, stations: names(count) });
  const beat = await stations.ask({ do: 'run', kind: 'heartbeat', seconds: 2.5, perSecond: count / 2.5 });
  const memory = residentMB(server.pid);
  await stations.stop();
  await server.stop();
  return [
    { metric: 'stations held by one process', value: told.done, unit: 'stations', goal: { atLeast: count } },
    {
      metric: 'memory with them, compression on',
      value: memory,
      unit: 'MB',
      baseline: { name: 'without stations', value: empty },
      goal: { atMost: 400 },
    },
    { metric: 'their heartbeats that failed', value: beat.failed, unit: 'calls', goal: { atMost: 0 } },
  ];
}

/** From starting the program to the first accepted boot, with the database running. */
async function coldStart(where: Where, quick: boolean): Promise<Figure[]> {
  const first = await startToBoot(where);
  const next = [];
  for (let round = 0; round < (quick ? 1 : 3); round++) next.push(await startToBoot(where));
  return [
    {
      metric: 'cold start to first accepted boot',
      value: median(next.map((it) => it.seconds)),
      unit: 's',
      baseline: { name: 'very first start, nothing compiled', value: first.seconds },
      goal: { atMost: 2 },
    },
    {
      metric: 'memory then',
      value: median(next.map((it) => it.memory)),
      unit: 'MB',
      goal: { atMost: 200 },
    },
  ];
}

async function startToBoot(where: Where): Promise<{ seconds: number; memory: number }> {
  const stations = crowdOf();
  await stations.ask({ do: 'close' }); // it is up
  const started = performance.now();
  const server = await startServer(where);
  const { failed } = await stations.ask({ do: 'storm', url: server.url, stations: names(1) });
  const result = { seconds: (performance.now() - started) / 1000, memory: residentMB(server.pid) };
  if (failed > 0) throw new Error('the first station was not accepted');
  await stations.stop();
  await server.stop();
  return result;
}

/** The program itself, as it runs in production; its first line says that its ports are open. */
async function startServer({ place, data }: Where) {
  const env = {
    ...process.env,
    DATABASE_URL: place.url,
    PORT: `${SERVER_PORT}`,
    DATA_DIR: data,
    LOG_LEVEL: 'error',
    POOL_MAX: '5',
  };
  const child = fork('src/main.ts', {
    env,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: ['--no-deprecation'],
  });
  await once(child.stdout!, 'data');
  return {
    url: `ws://127.0.0.1:${SERVER_PORT}/ocpp`,
    pid: child.pid!,
    stop: async () => {
      child.kill('SIGKILL'); // nothing of it is needed: what it has answered is in the database
      await once(child, 'exit');
    },
  };
}

type Server = Awaited<ReturnType<typeof startServer>>;

async function startEcho() {
  const child = fork('bench/load/echo.ts', [`${ECHO_PORT}`]);
  await once(child, 'message');
  return { url: `ws://127.0.0.1:${ECHO_PORT}/ocpp`, stop: () => void child.kill() };
}

function crowdOf() {
  const child: ChildProcess = fork('bench/load/stations.ts');
  return {
    async ask(ask: Ask): Promise<Told> {
      child.send(ask);
      const [told] = await once(child, 'message');
      return told as Told;
    },
    async stop(): Promise<void> {
      child.kill();
      await once(child, 'exit');
    },
  };
}

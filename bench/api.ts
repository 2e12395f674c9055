// How fast screens are answered: a list of a thousand stations at a fixed rate, and lists and single things beside a bare
// Fastify handler that hands out as many bytes. The server is src/main.ts, the client a process of its own.
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { makeKey } from '#party';
import { freePort, startServerProcess } from '../test/server.ts';
import {
  type Bench,
  type Figure,
  interleaved,
  measure,
  median,
  onDurablePostgres,
  type Pass,
  type Place,
  percentile,
  type Speed,
} from './harness.ts';
import type { Done, Job } from './load/requests.ts';

const STATIONS = 1000;
const PACKS = 100_000;
/** Packs in each station. */
const STANDING = 12;
/** Requests a second at which the list is asked for. */
const RATE = 200;
const GOALS = { p99Ms: 50, share: 0.7 };
const CONNECTIONS = 8;

const list = `/v1/stations?limit=${STATIONS}`;

export const bench: Bench = ({ quick }) =>
  onDurablePostgres(async (place) => {
    const key = await seed(place);
    const port = await freePort();
    const env = { RATE_LIMIT: '0', PUBLIC_VIEW: 'false', AUTH_SECRET: randomBytes(32).toString('hex') };
    const server = await startServerProcess({ databaseUrl: place.url, port, env });
    const barePort = await freePort();
    const bare = fork(join(import.meta.dirname, 'load', 'bare.ts'), [String(barePort)]);
    const client = fork(join(import.meta.dirname, 'load', 'requests.ts'));
    try {
      await once(bare, 'message');
      const plain = { authorization: `Bearer ${key}` };
      const ms = quick ? 1500 : 4000;
      const ask = (path: string, job: Partial<Job> = {}) =>
        run(client, { port, path, headers: plain, connections: CONNECTIONS, ms, ...job });
      const paths = { list, few: '/v1/packs?limit=20' };
      for (const path of Object.values(paths)) await ask(path, { ms: 500 }); // compiled, and kept
      await ask(list, { perSecond: RATE, ms: 1500, headers: { ...plain, 'accept-encoding': 'gzip' } });
      await run(client, { port: barePort, path: '/9000', headers: {}, connections: CONNECTIONS, ms: 500 });

      const open = { perSecond: RATE, connections: 64, ms: quick ? 2000 : 5000 };
      const gzip = { ...plain, 'accept-encoding': 'gzip' };
      const each = async (headers: Job['headers']) => {
        const { bytes, requests } = await ask(list, { ms: 200, headers });
        return Math.round(bytes / requests);
      };
      const bytes = { packed: await each(gzip), whole: await each(plain) };
      const passes: Record<'packed' | 'whole' | 'bare', number[][]> = { packed: [], whole: [], bare: [] };
      const machine = await measure(place.trees, async () => {
        for (let round = 0; round < (quick ? 3 : 5); round++) {
          passes.packed.push([...(await ask(list, { ...open, headers: gzip })).latenciesMs]);
          passes.bare.push([...(await ask(`/${bytes.whole}`, { ...open, port: barePort, headers: {} })).latenciesMs]);
          passes.whole.push([...(await ask(list, open)).latenciesMs]);
        }
        return passes.whole.flat().length;
      });
      const filters = await filterTimes(ask);

      const rounds = quick ? 5 : 9;
      const beside = async (path: string) => {
        const { bytes, requests } = await ask(path, { ms: 200 });
        const each = Math.round(bytes / requests);
        const pass = (job: Job) => () => measure(place.trees, async () => (await run(client, job)).requests);
        const job = { connections: CONNECTIONS, ms: ms / 3, headers: plain };
        const speed = await interleaved(rounds, {
          ours: pass({ ...job, port, path }),
          bare: pass({ ...job, port: barePort, path: `/${each}` }),
        });
        return { each, speed };
      };
      const [large, small] = [await beside(paths.list), await beside(paths.few)];
      return [
        ...latencyFigures('gzip', bytes.packed, passes.packed, passes.bare),
        ...latencyFigures('as it is', bytes.whole, passes.whole, passes.bare),
        ...machineFigures(machine),
        ...speedFigures(`${STATIONS} stations`, large),
        ...speedFigures('20 packs', small),
        ...filters,
      ];
    } finally {
      client.kill();
      bare.kill();
      await server.stop();
    }
  });

/** A thousand stations and a hundred thousand packs, some in slots: written by SQL, for here only reading counts. */
async function seed({ doWork, pool }: Place): Promise<string> {
  const code = `'0X9PB75' || lpad(n::text, 7, '0') || 'G110000001'`;
  const station = (n: string) => `'SZ-' || lpad((${n})::text, 6, '0')`;
  const place = `case when n <= ${STANDING * STATIONS} then 'station:' || ${station(`1 + (n - 1) / ${STANDING}`)} else 'party:bank-' || n % 7 end`;
  for (const statement of [
    `insert into party.party (id, name, kind) values ('op', 'Operator', 'operator')`,
    `insert into station.station (id, name, operator_id, preset_id, latitude, longitude, time_zone, swap_order,
        security_profile, registered_at, vendor, model, firmware, last_boot_at, last_seen_at, online)
      select ${station('n')}, 'Station ' || n, 'op', 'nio-g3', 22 + n % 7, 110 + n % 11, 'Asia/Shanghai', 'In-Out', 2, now(),
        'Vendor', 'Model', '1.2.3', now(), now(), true from generate_series(1, ${STATIONS}) n`,
    `insert into station.slot (station_id, slot_no, updated_at)
      select ${station('n')}, slot, now() from generate_series(1, ${STATIONS}) n, generate_series(1, 21) slot`,
    `insert into pack.pack (code, model, capacity_wh, soh, soc, produced_on, leak_test_passed, firmware, efc, mating_cycles,
        observed_at, quarantined)
      select ${code}, case n % 3 when 0 then 'nio-75' when 1 then 'nio-100' else 'gbrc-50' end, 75000, 70 + n % 30, n % 101,
        '2025-01-01', true, 2000000, n % 900, n % 500, now(), n % 1000 = 0 from generate_series(1, ${PACKS}) n`,
    `insert into ledger.account (unit, asset, holder, bound, credits_posted)
      select u.unit, ${code}, u.holder, 'debits', u.amount from generate_series(1, ${PACKS}) n,
        lateral (values ('custody', ${place}, 1), ('title', 'party:bank-' || n % 7, 1000000)) u (unit, holder, amount)`,
    `insert into ledger.keeper (asset, holder, giver) select ${code}, ${place}, 'outside:maker' from generate_series(1, ${PACKS}) n`,
    `update station.slot set state = 'occupied', soc = 50 + slot_no * 3, soh = 90, measured_at = now(), pack_code =
        '0X9PB75' || lpad(((substr(station_id, 4)::int - 1) * ${STANDING} + slot_no)::text, 7, '0') || 'G110000001'
      where slot_no <= ${STANDING}`,
    'vacuum analyze',
  ])
    await pool.query(statement);
  return await doWork((work) => makeKey(work, { name: 'bench', scopes: ['admin'], random: randomBytes(32) }));
}

/** What one page takes when nobody has it yet: each request has a filter of its own. */
async function filterTimes(ask: (path: string, job: Partial<Job>) => Promise<Done>): Promise<Figure[]> {
  const asked: Readonly<Record<string, (n: number) => string>> = {
    'model and SoH': (n) => `model=nio-100&sohMin=${90 + n / 100}`,
    'part of a code': (n) => `search=${String(4000 + n)}`,
    'state and SoC, sorted by SoH': (n) => `state=stored&socMin=${50 + n / 100}&sort=soh&order=desc`,
    'where they are': (n) => `place=party:bank-${n % 7}&sohMax=${80 + n / 100}`,
    'an owner': (n) => `owner=bank-${n % 7}&socMax=${60 + n / 100}`,
    quarantined: (n) => `quarantined=true&socMin=${n / 100}`,
  };
  const figures: Figure[] = [];
  for (const [name, query] of Object.entries(asked)) {
    const times: number[] = [];
    for (let n = 0; n < 7; n++) {
      const { latenciesMs } = await ask(`/v1/packs?limit=100&${query(n)}`, { connections: 1, ms: 1 });
      times.push(latenciesMs[0]!);
    }
    figures.push({ metric: `first 100 of ${PACKS} packs by ${name}`, value: median(times), unit: 'ms' });
  }
  return figures;
}

async function run(client: ChildProcess, job: Job): Promise<Done> {
  client.send(job);
  const [done] = (await once(client, 'message')) as [Done];
  if (done.refused.length > 0 || done.requests === 0)
    throw new Error(`${job.path}: ${done.refused.length} of ${done.requests} refused: ${done.refused[0]}`);
  return done;
}

/** Medians over the passes, as everywhere: a neighbour who takes the machine for a second spoils one of them. */
function latencyFigures(
  how: string,
  bytes: number,
  ours: readonly (readonly number[])[],
  bare: readonly (readonly number[])[],
): Figure[] {
  const at = (passes: typeof ours, share: number) => median(passes.map((it) => percentile(it, share)));
  const figure = (name: string, share: number) => ({
    metric: `list of ${STATIONS} stations, ${how} (${Math.round(bytes / 1000)} kB), ${RATE}/s, ${name}`,
    value: at(ours, share),
    unit: 'ms',
    baseline: { name: 'bare Fastify at that rate', value: at(bare, share) },
  });
  return [figure('p50', 0.5), { ...figure('p99', 0.99), goal: { atMost: GOALS.p99Ms } }];
}

const machineFigures = ({ cpuS, idleS, wallS }: Pass): Figure[] =>
  [
    { metric: 'machine time meanwhile: all of this', value: cpuS },
    { metric: 'machine time meanwhile: nobody', value: idleS },
  ].map(({ metric, value }) => ({
    metric,
    value: (100 * value) / (wallS * availableParallelism()),
    unit: '% of all cores',
  }));

const speedFigures = (
  what: string,
  { each, speed: { ours, bare } }: { each: number; speed: Record<'ours' | 'bare', Speed> },
): Figure[] => [
  {
    metric: `GET of ${what} (${Math.round(each / 1000)} kB), of a bare handler's speed`,
    value: ours.perSecond / bare.perSecond,
    unit: 'share',
    goal: { atLeast: GOALS.share },
  },
  {
    metric: `GET of ${what}`,
    value: ours.perSecond,
    unit: 'requests/s',
    baseline: { name: 'bare Fastify, as many bytes', value: bare.perSecond },
  },
  {
    metric: `GET of ${what}, CPU of all processes, the client's included`,
    value: ours.cpuMsEach,
    unit: 'ms each',
    baseline: { name: 'bare Fastify, as many bytes', value: bare.cpuMsEach },
  },
];

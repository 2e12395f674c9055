// The public health query at a fixed rate on a network of some thousand packs: a real server, a real database, a signature each; beside
// a bare Fastify handler that hands out as many bytes at that rate. And whether a plate without consent takes as long as an unknown one.
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildNetwork } from '../test/network.ts';
import { packCode } from '../test/seed.ts';
import { freePort, startServerProcess } from '../test/server.ts';
import { type Bench, type Figure, median, onDurablePostgres, percentile } from './harness.ts';
import type { Done, Job } from './load/requests.ts';

const STATIONS = 417;
const STANDING = 12;
const PACKS = STATIONS * STANDING;
/** Questions a second. */
const RATE = 200;
const GOAL_MS = 100;
const CONNECTIONS = 64;

export const bench: Bench = ({ quick }) =>
  onDurablePostgres(async ({ url, doWork, pool }) => {
    await buildNetwork(doWork, { stations: STATIONS, standing: STANDING, vehicles: 200 });
    await pool.query('vacuum analyze');
    const port = await freePort();
    const env = {
      RATE_LIMIT: '0',
      AUTH_SECRET: randomBytes(32).toString('hex'),
      RECORD_SECRET: randomBytes(32).toString('hex'),
    };
    const server = await startServerProcess({ databaseUrl: url, port, env });
    const barePort = await freePort();
    const bare = fork(join(import.meta.dirname, 'load', 'bare.ts'), [String(barePort)]);
    const client = fork(join(import.meta.dirname, 'load', 'requests.ts'));
    try {
      await once(bare, 'message');
      const bytes = await firstAnswer(port);
      const paths = Array.from({ length: PACKS }, (_, n) => pathOf(1 + ((n * 7) % PACKS)));
      const open = { headers: {}, connections: CONNECTIONS, perSecond: RATE, ms: quick ? 2000 : 10_000 };
      const ours = { ...open, port, path: '', paths };
      await run(client, { ...ours, ms: 1000 }); // compiled
      const passes: Record<'ours' | 'bare' | 'fade', number[][]> = { ours: [], bare: [], fade: [] };
      for (let round = 0; round < (quick ? 3 : 5); round++) {
        passes.ours.push([...(await run(client, ours)).latenciesMs]);
        passes.bare.push([...(await run(client, { ...open, port: barePort, path: `/${bytes}` })).latenciesMs]);
        passes.fade.push([...(await run(client, { ...open, port, path: '/v1/public/fade?model=nio-75' })).latenciesMs]);
      }
      const at = (name: keyof typeof passes, share: number) => median(passes[name].map((it) => percentile(it, share)));
      const figure = (name: 'ours' | 'fade', share: number): Figure => ({
        metric: `${name === 'ours' ? `health of one of ${PACKS} packs (${(bytes / 1000).toFixed(1)} kB)` : 'fade curves'}, ${RATE}/s, p${100 * share}`,
        value: at(name, share),
        unit: 'ms',
        baseline: { name: 'bare Fastify at that rate', value: at('bare', share) },
        ...(share === 0.95 && { goal: { atMost: GOAL_MS } }),
      });
      return [
        figure('ours', 0.5),
        figure('ours', 0.95),
        figure('ours', 0.99),
        figure('fade', 0.95),
        await plates(port, quick),
      ];
    } finally {
      client.kill();
      bare.kill();
      await server.stop();
    }
  });

const pathOf = (n: number): string => `/v1/public/health?code=${packCode(n)}`;

/** Waits for the first edition. @returns the bytes of an answer */
async function firstAnswer(port: number): Promise<number> {
  for (let tries = 0; tries < 240; tries++) {
    const reply = await fetch(`http://127.0.0.1:${port}${pathOf(1)}`);
    const { length } = Buffer.from(await reply.arrayBuffer());
    if (reply.status === 200) return length;
    await new Promise((done) => setTimeout(done, 250));
  }
  throw new Error('no edition was made within a minute');
}

/** One after the other in turns, so that both meet the same machine. */
async function plates(port: number, quick: boolean): Promise<Figure> {
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
  for (let n = 0; n < (quick ? 300 : 1000); n++)
    for (const [name, plate] of [
      ['known', `粤B${1 + (n % 200)}`],
      ['unknown', `京A${10_000 + n}`],
    ] as const) {
      const started = performance.now();
      const reply = await fetch(`http://127.0.0.1:${port}/v1/public/health/by-plate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ plate }),
      });
      await reply.arrayBuffer();
      if (reply.status !== 404) throw new Error(`${plate} was answered ${reply.status}`);
      times[name].push(performance.now() - started);
    }
  return {
    metric: 'a plate without consent, p50',
    value: median(times.known),
    unit: 'ms',
    baseline: { name: 'a plate that nobody has', value: median(times.unknown) },
  };
}

async function run(client: ChildProcess, job: Job): Promise<Done> {
  client.send(job);
  const [done] = (await once(client, 'message')) as [Done];
  if (done.refused.length > 0 || done.requests === 0)
    throw new Error(`${done.refused.length} of ${done.requests} refused: ${done.refused[0]}`);
  return done;
}

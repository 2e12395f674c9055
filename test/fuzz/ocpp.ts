// node test/fuzz/ocpp.ts [--seconds 30] [--seed N]: the real server before stations that say everything they should not,
// beside some that swap as they should. Exit 1 when anything came out wrong.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { type DoWork, Listeners, migrate, openDatabase, workIn } from '#kernel';
import { chance, systemClock, uuidV7 } from '#units';
import { residentMB } from '../../bench/harness.ts';
import { audit } from '../../src/audit.ts';
import { createDatabase, startPostgres } from '../../src/postgres.ts';
import { Load } from '../crash/load.ts';
import { buildNetwork } from '../network.ts';
import { type ServerProcess, startServerProcess } from '../server.ts';
import { BadStation } from './acts.ts';
import { Tally } from './tally.ts';
import { Wire } from './wire.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed);
const BAD = { stations: 16, standing: 8, vehicles: 24 };
const GOOD = { stations: 3, standing: 8, vehicles: 6, from: 1000 };
/** Many times what a server of this size needs. */
const MOST_MB = 600;

const dir = mkdtempSync(join(tmpdir(), 'packloop-fuzz-'));
chmodSync(dir, 0o755);
const flags = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'].map((it) => `-c ${it}`);
const postgres = await startPostgres({ dir: join(dir, 'postgres'), flags });
process.once('exit', () => {
  postgres.stop();
  rmSync(dir, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const tally = new Tally();
const databaseUrl = await createDatabase(postgres, 'packloop');
const { db, pool } = openDatabase(databaseUrl);
await migrate(pool);
const doWork: DoWork = workIn({
  db,
  listeners: new Listeners(),
  clock: systemClock,
  newId: () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
  log: pino({ level: 'silent' }),
});
const network = await buildNetwork(doWork, BAD);
const others = await buildNetwork(doWork, GOOD);
const server = await startServerProcess({ databaseUrl });
console.log(`fuzzing ${server.ocpp} for ${seconds} s with seed ${seed}`);

const until = performance.now() + seconds * 1000;
const isOver = () => performance.now() >= until || !server.isUp;
const load = new Load(server.ocpp, others);
const running = load.run();
const dice = chance(seed);
const bad = network.stations.map((it) => new BadStation(new Wire(server.ocpp, it), dice.fork(it.id), network, tally));
const done = Promise.all(bad.map((it) => it.misbehave(isOver))).then(async () => {
  load.end();
  if (server.isUp) await running;
});
const inTime = await Promise.race([done.then(() => true), wait(seconds * 1000 + 60_000, false, { ref: false })]);
tally.check('things that must hold afterwards', inTime, () => 'all stations were answered in the end');
await judge(server);

console.log(tally.counts);
for (const it of tally.failures.slice(0, 20)) console.log(`✖ ${it}`);
if (tally.failures.length > 20) console.log(`… and ${tally.failures.length - 20} more`);
console.log(`${tally.passed.toLocaleString('en')} passed, ${tally.failures.length} failed (seed ${seed})`);
load.stop();
await server.kill();
await db.destroy();
process.exit(tally.failures.length > 0 ? 1 : 0);

/** What must be so after all that. */
async function judge(server: ServerProcess): Promise<void> {
  const after = (isSo: boolean, sentence: string) =>
    tally.check('things that must hold afterwards', isSo, () => sentence);
  after(server.isUp, 'the server is up');
  after(
    server.complaints.length === 0,
    `the server complained: ${server.complaints.slice(0, 3).join('\n').slice(0, 3000)}`,
  );
  after(load.swaps > 3 * seconds, `well-behaved stations swap on: ${load.swaps} swaps`);
  const memoryMB = residentMB(server.pid);
  after(!(memoryMB > MOST_MB), `the server holds ${memoryMB} MB`);
  const { rows } = await pool.query('select count(*)::int as lines from station.anomaly');
  after(rows[0].lines > 0 && rows[0].lines < 5000, `the operator sees it, and is not flooded: ${rows[0].lines} lines`);
  const { findings } = await doWork((work) => audit(work, 'fuzz'));
  for (const { id, sentence, violations } of findings)
    after(violations.length === 0, `${id} (${sentence}): ${JSON.stringify(violations.slice(0, 3))}`);
  console.log(
    `${load.swaps} good swaps beside it, ${Math.round(memoryMB)} MB, ${rows[0].lines} lines for the operator`,
  );
}

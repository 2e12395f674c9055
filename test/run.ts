// npm test: one private PostgreSQL, then every test file in a process of its own, as many at once as there are cores.
// `npm test -- src/ledger/*.test.ts` runs some.
import { spawn } from 'node:child_process';
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate, openDatabase } from '#kernel';
import { createDatabase, startPostgres } from '../src/postgres.ts';
import { buildWeb } from '../web/build.ts';

/** All but the tests in a browser, which `npm run test:browser` runs. */
const everything = [
  '{src,simulator,web}/**/*.test.ts',
  'test/*.test.ts',
  'test/{crash,scenarios,examples,spec}/**/*.test.ts',
];

const given = process.argv.slice(2);
for (const pattern of given.filter((it) => !it.startsWith('-')))
  if (globSync(pattern).length === 0) {
    process.stderr.write(`npm test: no file matches ${pattern}\n`);
    process.exit(1);
  }

// Once for all of them: they run at the same time.
if (given.some((it) => it.includes('browser'))) await buildWeb();

const dir = mkdtempSync(join(tmpdir(), 'packloop-test-'));
chmodSync(dir, 0o755);
const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'].map(
  (it) => `-c ${it}`,
);
const own = process.env.TEST_DATABASE_URL
  ? undefined
  : await startPostgres({ dir: join(dir, 'postgres'), flags: fast });
const server = own ?? external(process.env.TEST_DATABASE_URL!);

let code = 1;
try {
  await prepare(server.url('postgres'));
  const files = given.some((it) => !it.startsWith('-')) ? given : [...given, ...everything];
  const counted = join(dir, 'counted');
  const reports = ['spec', join(import.meta.dirname, 'counted.ts')].map((it) => `--test-reporter=${it}`);
  const places = ['stdout', counted].map((it) => `--test-reporter-destination=${it}`);
  const atOnce = `--test-concurrency=${Math.min(availableParallelism(), 4)}`;
  const args = ['--test', atOnce, '--test-timeout=300000', ...reports, ...places, ...files];
  const env = { ...process.env, TEST_PG: server.url('DATABASE'), NODE_COMPILE_CACHE: join(dir, 'compiled') };
  const tests = spawn(process.execPath, args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => tests.kill(signal));
  code = await new Promise<number>((done) => tests.on('exit', (it) => done(it ?? 1)));
  if (code === 0 && readFileSync(counted, 'utf8') === '') {
    process.stderr.write('npm test: not one test ran\n');
    code = 1;
  }
} finally {
  server.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exitCode = code;

/** Every test copies the template. What an earlier run left on a server that somebody else runs is dropped. */
async function prepare(admin: string): Promise<void> {
  const client = new pg.Client(admin);
  await client.connect();
  const { rows } = await client.query(
    "select datname from pg_database where datname ~ '^packloop_(app|test|template)'",
  );
  for (const { datname } of rows) await client.query(`drop database ${datname} with (force)`);
  const url = await createDatabase(server, 'packloop_template');
  const { pool } = openDatabase(url);
  await migrate(pool);
  await pool.end();
  await client.end();
}

/** A server that somebody else runs: CI does so with Debian's PostgreSQL 15. */
function external(url: string) {
  return {
    url: (database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href,
    stop: () => {},
  };
}

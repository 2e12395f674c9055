// npm test: one private PostgreSQL, then every test file in one process. `npm test -- src/ledger/*.test.ts` runs some.
import { spawn } from 'node:child_process';
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate, openDatabase } from '#kernel';
import { createDatabase, startPostgres } from '../src/postgres.ts';

/** All but the tests in a browser, which `npm run test:browser` runs. */
const everything = [
  '{src,simulator,web}/**/*.test.ts',
  'test/*.test.ts',
  'test/{crash,scenarios,examples}/**/*.test.ts',
];

const given = process.argv.slice(2);
for (const pattern of given.filter((it) => !it.startsWith('-')))
  if (globSync(pattern).length === 0) {
    process.stderr.write(`npm test: no file matches ${pattern}\n`);
    process.exit(1);
  }

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
  const args = ['--test', '--test-isolation=none', '--test-timeout=300000', ...reports, ...places, ...files];
  const env = { ...process.env, TEST_PG: server.url('DATABASE') };
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

/** Every test copies the template; `app` is for tests that are rolled back. */
async function prepare(admin: string): Promise<void> {
  const client = new pg.Client(admin);
  await client.connect();
  for (const name of ['packloop_app', 'packloop_template'])
    await client.query(`drop database if exists ${name} with (force)`);
  const url = await createDatabase(server, 'packloop_template');
  const { pool } = openDatabase(url);
  await migrate(pool);
  await pool.end();
  await client.query('create database packloop_app template packloop_template');
  await client.end();
}

/** A server that somebody else runs: CI does so with Debian's PostgreSQL 15. */
function external(url: string) {
  return {
    url: (database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href,
    stop: () => {},
  };
}

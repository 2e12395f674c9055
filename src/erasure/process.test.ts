// Erasing as it is done and as it is broken off: by the command line beside a running server, by a server that is killed in the middle.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { withCheckDigit } from '#pack';
import { makeKey } from '#party';
import { type OwnDatabase, ownDatabase } from '../../test/database.ts';
import { packCode, smallNetwork, vinOf } from '../../test/seed.ts';
import { type ServerProcess, startServerProcess } from '../../test/server.ts';

const program = fileURLToPath(new URL('../../bin/packloop', import.meta.url));
const RECORD_SECRET = 'for tests alone, and as long as it has to be';
const driver = 'wang-13800138000';
const name = 'Wang Xiaoming';
const card = '04A1B2C3D4E5F6';
const vin = withCheckDigit(vinOf(77));
const plate = 'YB-9Z8Y7';
const leads = [driver, name, card, vin, plate];

interface Scene extends OwnDatabase {
  readonly home: string;
  /** May everything. */
  readonly key: string;
  server: ServerProcess;
  start(): Promise<void>;
  post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }>;
  text(path: string): Promise<string>;
  packloop(...args: string[]): Promise<{ code: number; out: string; errors: string }>;
}

/** A driver with a card and a car, of whom a note about a pack speaks, at a server that is a process of its own. */
const withDriver = (body: (it: Scene) => Promise<void>) =>
  ownDatabase(async (own) => {
    const home = mkdtempSync(join(tmpdir(), 'packloop-erase-'));
    const settings = {
      RECORD_SECRET,
      DATA_DIR: join(home, 'data'),
      NODE_COMPILE_CACHE: join(tmpdir(), 'packloop-compiled'),
    };
    const env = { ...process.env, ...settings, DATABASE_URL: own.url };
    const key = await own.doWork(async (work) => {
      await smallNetwork(work);
      return await makeKey(work, { name: 'all', scopes: ['admin'], random: randomBytes(32) });
    });
    const options = { databaseUrl: own.url, env: settings };
    const authorization = `Bearer ${key}`;
    const it: Scene = {
      ...own,
      ...{ home, key },
      server: await startServerProcess(options),
      start: async () => {
        it.server = await startServerProcess(options);
      },
      post: async (path, asked) => {
        const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
        const reply = await fetch(it.server.http + path, { method: 'POST', headers, body: JSON.stringify(asked) });
        return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
      },
      text: async (path) => {
        const reply = await fetch(it.server.http + path, { headers: { authorization } });
        const text = await reply.text();
        assert.equal(reply.status, 200, `${path}: ${text}`);
        return text;
      },
      packloop: (...args) =>
        new Promise((done) =>
          execFile(program, args, { env, cwd: home }, (error, out, errors) =>
            done({ code: error ? Number(error.code) : 0, out, errors }),
          ),
        ),
    };
    try {
      const acts = {
        '/v1/drivers': { id: driver, name, payment: 'prepaid' },
        '/v1/vehicles': { vin, modelId: 'nio-et5', plate, firmware: '9.0.0' },
        '/v1/tokens': { idToken: card, type: 'ISO14443', driverId: driver, vin, status: 'active' },
        [`/v1/packs/${packCode(1)}/quarantine`]: { why: `${name} says that it smells, car ${plate}` },
        [`/v1/packs/${packCode(1)}/clear`]: { finding: `looked at it with ${name}: nothing` },
      };
      for (const [path, asked] of Object.entries(acts)) {
        const reply = await it.post(path, asked);
        assert.equal(reply.status, 200, `${path}: ${JSON.stringify(reply.body)}`);
      }
      await body(it);
    } finally {
      await it.server.kill();
      rmSync(home, { recursive: true, force: true });
    }
  });

/** Rows of every table of ours in which something leads to him. */
async function holding({ db }: OwnDatabase): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`select format('%I.%I', schemaname, tablename) as name
    from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1`.execute(db);
  const found: string[] = [];
  for (const { name: table } of tables) {
    const { rows } = await sql<{ it: string }>`select t::text as it from ${sql.raw(table)} t`.execute(db);
    for (const { it } of rows) if (leads.some((lead) => it.includes(lead))) found.push(`${table} ${it}`);
  }
  return found.toSorted();
}

async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await is()) return;
    await pause(100);
  }
  assert.fail(what);
}

test(
  'packloop erase beside a running server: a mirror, a history and receipts of before verify afterwards, and the mirror goes on',
  withDriver(async (it) => {
    const { home, packloop, text } = it;
    const file = (path: string) => join(home, path);
    const subject = `pack:${packCode(1)}`;
    await until('the log has it', async () => {
      const { rows } = await sql<{ n: number }>`select count(*) as n from record.entry e
        where e.seq > (select through from record.sequencer)`.execute(it.db);
      return rows[0]!.n === 0;
    });
    writeFileSync(file('policy'), await text('/log/policy'));
    writeFileSync(file('producers'), await text('/log/producers'));
    const trust = ['--policy', file('policy'), '--producers', file('producers')];
    const must = async (...args: string[]) => {
      const { code, out, errors } = await packloop(...args);
      assert.equal(code, 0, `${args.join(' ')}: ${out}${errors}`);
    };
    const from = `${it.server.http}/log`;
    writeFileSync(file('mirror.key'), it.key);
    const copying = ['--api-key-file', file('mirror.key')];
    await must('mirror', '--from', from, '--dir', file('mirror'), ...copying, ...trust);
    writeFileSync(file('history'), await text(`/v1/record/${subject}/proof`));
    const { items } = JSON.parse(await text(`/v1/record/${subject}`)) as { items: { seq: number }[] };
    for (const { seq } of items)
      writeFileSync(file(`receipt-${seq}`), await text(`/v1/record/${subject}/entries/${seq}/receipt`));
    const verified = async () => {
      await must('verify', 'mirror', file('mirror'), ...trust);
      await must('verify', 'history', file('history'), ...trust);
      await must('verify', 'pack', packCode(1), '--mirror', file('mirror'), ...trust);
      for (const { seq } of items) await must('verify', 'receipt', file(`receipt-${seq}`), ...trust);
    };
    await verified();

    const erased = await packloop(
      'erase',
      driver,
      '--driver',
      '--reason',
      `${name} asked for it`,
      '--settled',
      '--json',
    );
    assert.equal(erased.code, 0, erased.out + erased.errors);
    assert.ok(JSON.parse(erased.out).rows['record.entry'] >= 2, erased.out);
    assert.deepEqual(await holding(it), []);
    const nobody = await packloop('erase', driver, '--driver', '--reason', 'again', '--json');
    assert.deepEqual([nobody.code, /"error"/.test(nobody.out)], [1, true], nobody.out);

    await verified();
    // What was fetched goes on from where it was, and what is fetched now proves the same entries.
    await until('the log tells of it', async () => {
      await must('mirror', '--from', from, '--dir', file('mirror'), ...copying, ...trust);
      const all = readdirSync(file('mirror'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
      const bytes = all.map((one) => readFileSync(join(one.parentPath, one.name), 'utf8')).join('\n');
      assert.deepEqual(
        leads.filter((lead) => bytes.includes(lead)),
        [],
      );
      return bytes.includes('person.erased');
    });
    writeFileSync(file('history'), await text(`/v1/record/${subject}/proof`));
    await verified();
    const audited = await packloop('audit');
    assert.equal(audited.code, 0, audited.out + audited.errors);
  }),
);

test(
  'a server that is killed in the middle of forgetting somebody has forgotten nothing; asked again it forgets everything',
  withDriver(async (it) => {
    const before = await holding(it);
    assert.ok(before.length >= 5, before.join('\n'));
    const asked = { driver, reason: 'asked for it', settled: true };
    for (const table of ['party.token', 'party.driver']) {
      // Somebody else holds what is to go near the end: by then the tables before it are rewritten.
      const held = await it.db.startTransaction().execute();
      await sql`lock table ${sql.table(table)} in share mode`.execute(held);
      const reply = it.post('/v1/drivers/erase', asked).catch((error: Error) => error);
      await until(`it waits for ${table}`, async () => {
        const { rows } = await sql`select from pg_stat_activity where wait_event_type = 'Lock'
          and query like ${`delete from ${table} %`}`.execute(it.db);
        return rows.length > 0;
      });
      await it.server.kill();
      assert.ok((await reply) instanceof Error, 'nobody was told that it is done');
      await held.rollback().execute();
      await until('PostgreSQL has noticed', async () => {
        const { rows } = await sql`select from pg_stat_activity where query like ${`delete from ${table} %`}
          and state <> 'idle' and pid <> pg_backend_pid()`.execute(it.db);
        return rows.length === 0;
      });
      const now = await holding(it);
      assert.deepEqual(
        now.filter((row) => !row.startsWith('kernel.')),
        before.filter((row) => !row.startsWith('kernel.')),
      );
      await it.start();
    }
    const done = await it.post('/v1/drivers/erase', asked);
    assert.equal(done.status, 200, JSON.stringify(done.body));
    assert.deepEqual(await holding(it), []);
  }),
);

// The command line as a stranger uses it: the program, its output, its exit code.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { authorise, cancel } from '#swap';
import { roster as rosterShape } from '../../simulator/roster.ts';
import { type OwnDatabase, ownDatabase } from '../../test/database.ts';
import { cardOf, smallNetwork, st1 } from '../../test/seed.ts';

const program = fileURLToPath(new URL('../../bin/packloop', import.meta.url));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

interface Terminal {
  packloop(...args: string[]): Promise<Ended>;
  /** A file in a folder of the test's own. */
  file(name: string, text?: string | Uint8Array): string;
  readonly own: OwnDatabase;
}

const atTerminal = (body: (it: Terminal) => Promise<void>) =>
  ownDatabase(async (own) => {
    const folder = mkdtempSync(join(tmpdir(), 'packloop-cli-'));
    const compiled = join(tmpdir(), 'packloop-compiled'); // one for all, that is not started over for each command
    const env = { ...process.env, DATABASE_URL: own.url, DATA_DIR: join(folder, 'data'), NODE_COMPILE_CACHE: compiled };
    const packloop = (...args: string[]) =>
      new Promise<Ended>((done) =>
        execFile(program, args, { env, cwd: folder }, (error, out, errors) =>
          done({ code: error ? Number(error.code) : 0, out, errors }),
        ),
      );
    const file = (name: string, text?: string | Uint8Array) => {
      if (text !== undefined) writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    try {
      await body({ packloop, file, own });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

test(
  'a list with bad rows is refused by line and field, and nothing of it is imported',
  atTerminal(async ({ packloop, file }) => {
    const list = file('bad.csv', 'station_id,latitude,longitude\n1,22.5,114.1\n2,22.5,east\n');
    const refused = await packloop('import', 'stations', list);
    assert.equal(refused.code, 1);
    assert.match(refused.errors, /line 3, longitude: must be a number/);
    assert.doesNotMatch(refused.errors, /\bat .*\.ts/, 'no stack trace');
    const asData = JSON.parse((await packloop('import', 'stations', list, '--json')).out);
    assert.deepEqual(asData.issues, [{ line: 3, field: 'longitude', problem: 'must be a number from -180 to 180' }]);
    const western = file('western.csv', Buffer.from('id,name,lat,lon\n1,Zürich,47,8\n', 'latin1'));
    assert.match(
      (await packloop('import', 'stations', western)).errors,
      /looks like a Western code page.*save it as UTF-8/,
    );
    assert.equal(existsSync(file('roster.json')), false);
  }),
);

test(
  'stations of a list are imported once, with a roster that the simulator can run, and the books stay clean',
  atTerminal(async ({ packloop, file, own }) => {
    const list = file('good.csv', 'id,lat,lon,count\nA,22.5,114.1,4\nB,22.6,114.2,40\n');
    const region = ['--region', 'CN-GD-SZ'];
    assert.equal((await packloop('import', 'stations', list, '--region', 'two words')).code, 2);
    const imported = await packloop('import', 'stations', list, '--stock', '--vehicles', '3', ...region, '--json');
    assert.equal(imported.code, 0, imported.errors);
    const { stations, packsInStations, vehicles, roster } = JSON.parse(imported.out);
    assert.deepEqual([stations, packsInStations, vehicles], [2, 40, 3]);
    assert.equal(roster, join(file('data'), 'roster.json'), 'beside the data, not where somebody happens to be');
    const read = rosterShape.parse(JSON.parse(readFileSync(roster, 'utf8')));
    assert.ok(read.stations.every((it) => it.password.length === 32));
    const { rows: regions } = await sql`select distinct region from station.station`.execute(own.db);
    assert.deepEqual(regions, [{ region: 'CN-GD-SZ' }]);
    const again = await packloop('import', 'stations', list);
    assert.deepEqual([again.code, /A is registered already/.test(again.errors)], [1, true]);

    const clean = await packloop('audit');
    assert.equal(clean.code, 0, clean.out);
    assert.match(clean.out, /All \d+ invariants hold/);
    await sql`update station.slot set pack_code = null, state = 'empty'`.execute(own.db);
    await sql`update ledger.account set credits_posted = credits_posted + 1 where unit = 'title'
      and id = (select min(id) from ledger.account where unit = 'title' and bound = 'debits')`.execute(own.db);
    const broken = await packloop('audit', '--json');
    assert.equal(broken.code, 1);
    const found = JSON.parse(broken.out).findings.filter((it: { violations: unknown[] }) => it.violations.length > 0);
    assert.ok(found.some((it: { id: string }) => it.id === 'insight.title-whole'));
  }),
);

test(
  'a list in GBK is read as what it is; a roster that is there is not written over, for its passwords stand nowhere else',
  atTerminal(async ({ packloop, file, own }) => {
    const gbk = '69642c6e616d652c6c61742c6c6f6e0a312cc9eedbdacde5bbbbb5e7d5be2c32322e352c3131340a';
    const list = file('gbk.csv', Buffer.from(gbk, 'hex'));
    const imported = await packloop('import', 'stations', list, '--out', file('mine.json'));
    assert.match(imported.out, /The list was read as GB18030\.\nPasswords .*mine\.json/);
    const { rows } = await sql`select name from station.station`.execute(own.db);
    assert.deepEqual(rows, [{ name: '深圳湾换电站' }]);
    const more = file('more.csv', 'id,lat,lon\n2,22,114\n');
    const refused = await packloop('import', 'stations', more, '--out', file('mine.json'));
    assert.deepEqual([refused.code, /mine\.json is there already/.test(refused.errors)], [2, true]);
    assert.equal((await sql`select from station.station`.execute(own.db)).rows.length, 1);
  }),
);

test(
  'a command that only looks, or helps, makes no folder for data',
  atTerminal(async ({ packloop, file, own }) => {
    await own.doWork((work) => smallNetwork(work));
    const id = '019a5f3c-7c1e-7abc-8def-0123456789ab';
    for (const [args, code] of [
      [['--help'], 0],
      [['import', 'stations', '--help'], 0],
      [['audit'], 0],
      [['key', 'list'], 0],
      [['swap', 'show', id], 1],
      [['swap', 'show', 'nonsense'], 2],
      [['demo', '--fault', 'flood'], 2],
      [['demo', '--property', 'crown'], 2],
    ] as const)
      assert.equal((await packloop(...args)).code, code, args.join(' '));
    assert.equal(existsSync(file('data')), false);
  }),
);

test(
  'the books of a demo, whose time runs ahead of ours, are checked at its own time',
  atTerminal(async ({ packloop, own }) => {
    const ahead = Temporal.Now.instant().add({ hours: 9 });
    await own.doWorkAt({ clock: () => ahead })(async (work) => {
      await smallNetwork(work);
      const [answer] = await authorise(work, [{ stationId: st1, idToken: cardOf(1) }]);
      await cancel(work, answer!.swapId!);
    });
    const audit = await packloop('audit', '--demo');
    assert.equal(audit.code, 0, audit.out);
    assert.match((await packloop('audit')).out, /BROKEN {2}swap\.no-end-in-the-future/);
  }),
);

test(
  'a swap is shown by its id; an id that is none, or of no swap, is one sentence and an exit code',
  atTerminal(async ({ packloop, own }) => {
    const [answer] = await own.doWork(async (work) => {
      await smallNetwork(work);
      return await authorise(work, [{ stationId: st1, idToken: cardOf(1) }]);
    });
    const shown = await packloop('swap', 'show', answer!.swapId!);
    assert.match(shown.out, /^Swap .*: authorised\n/);
    assert.match(shown.out, /chosen because: /);
    const asData = JSON.parse((await packloop('swap', 'show', answer!.swapId!, '--json')).out);
    assert.equal(asData.state, 'authorised');
    const none = await packloop('swap', 'show', 'nonsense');
    assert.deepEqual([none.code, none.out], [2, '']);
    const unknown = await packloop('swap', 'show', '019a5f3c-7c1e-7abc-8def-0123456789ab');
    assert.equal(unknown.code, 1);
    assert.match(unknown.errors, /^packloop: There is no swap /);
  }),
);

test(
  'keys are made, listed without their secret, and revoked',
  atTerminal(async ({ packloop }) => {
    const made = JSON.parse(
      (await packloop('key', 'create', '--name', 'console', '--scopes', 'read,drive', '--json')).out,
    );
    assert.match(made.key, /^pl_/);
    const listed = (await packloop('key', 'list')).out;
    assert.match(listed, new RegExp(`${made.id}  valid    read,drive`));
    assert.ok(!listed.includes(made.key));
    assert.equal((await packloop('key', 'revoke', made.id)).code, 0);
    assert.match((await packloop('key', 'list')).out, /revoked/);
    assert.equal((await packloop('key', 'create', '--name', 'x', '--scopes', 'all')).code, 2);
  }),
);

test(
  'a speed that no clock can run at is refused in a sentence, before anything is started',
  atTerminal(async ({ packloop, file }) => {
    const wrong = ['fast', '0', '-1', '0.5', '10001', 'Infinity', 'NaN', ' ', '20x'];
    for (const [command, value] of [
      ...wrong.map((it) => [['demo'], it] as const),
      ...wrong.slice(0, 3).map((it) => [['sim', file('roster.json', '{}')], it] as const),
    ]) {
      const { code, out, errors } = await packloop(...command, '--speed', value);
      assert.deepEqual([code, out], [2, ''], `${command[0]} ${value}`);
      assert.match(
        errors,
        /^packloop: option '--speed <n>' argument '.*' is invalid\. a number from 1 to 10000 is needed: simulated seconds in a second/,
        `${command[0]} ${value}`,
      );
      assert.doesNotMatch(errors, /\bat .*\.ts/, 'no stack trace');
    }
    const asData = JSON.parse((await packloop('demo', '--json', '--speed', 'fast')).out);
    assert.match(asData.error, /a number from 1 to 10000 is needed/);
    assert.equal(existsSync(file('data')), false);
  }),
);

test(
  'a wrong command, option or setting is exit code 2 and a sentence',
  atTerminal(async ({ packloop, file }) => {
    for (const args of [['fly'], ['demo', '--speed', 'fast'], ['sim'], ['key', 'create']])
      assert.equal((await packloop(...args)).code, 2, args.join(' '));
    assert.match((await packloop('up', '--port', '99999999')).errors, /--port <port>.*from 0 to 65535/);
    const fault = await packloop('demo', '--fault', 'flood');
    assert.deepEqual([fault.code, /no fault is called "flood"/.test(fault.errors)], [2, true]);
    assert.match(JSON.parse((await packloop('audit', '--json', '--fly')).out).error, /unknown option '--fly'/);
    const noRoster = await packloop('sim', file('no-roster.json', '{}'));
    assert.deepEqual([noRoster.code, /is no roster:\n {2}ocppUrl: /.test(noRoster.errors)], [2, true]);
    assert.match((await packloop('help')).out, /demo .*Run the simulated network/);
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const busy = await packloop('up', '--port', String((taken.address() as AddressInfo).port));
    taken.close();
    assert.match(busy.errors, /^packloop: port \d+ is taken: give --port/);
    assert.equal(busy.code, 2);
  }),
);

// packloop passport credential and packloop verify credential, as a holder and a stranger use them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { observe } from '#pack';
import { Percent } from '#units';
import { ownDatabase } from '../../test/database.ts';
import { packCode, smallNetwork } from '../../test/seed.ts';

const program = fileURLToPath(new URL('../../bin/packloop', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'packloop-passport-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[], env: Record<string, string> = {}) =>
  new Promise<{ code: number; out: string; errors: string }>((done) =>
    execFile(program, [...args], { cwd: folder, env: { ...process.env, ...env } }, (error, out, errors) =>
      done({ code: error ? Number(error.code) : 0, out, errors }),
    ),
  );

test(
  'a holder gets a credential of what is so and none of what is not; a stranger checks it without any network',
  ownDatabase(async (own) => {
    await own.doWork((work) => smallNetwork(work));
    const home = join(folder, 'data');
    const env = { DATABASE_URL: own.url, DATA_DIR: home };
    const file = join(folder, 'soh.txt');
    const issued = await run(['passport', 'credential', packCode(1), '--at-least', '80', '--out', file, '--json'], env);
    assert.equal(issued.code, 0, issued.errors + issued.out);
    assert.equal(statSync(join(home, 'passport.key')).mode & 0o777, 0o600);
    assert.ok(!issued.out.includes('PRIVATE'));

    const key = join(home, 'passport.pub');
    const offline = { DATABASE_URL: 'postgres://nowhere.invalid/none' };
    const checked = await run(['verify', 'credential', file, '--key', key, '--json'], offline);
    assert.equal(checked.code, 0, checked.errors + checked.out);
    const { holds, claims } = JSON.parse(checked.out);
    assert.deepEqual([holds, claims.code, claims.soh_at_least_80, 'soh' in claims], [true, packCode(1), true, false]);

    const changed = join(folder, 'changed.txt');
    writeFileSync(changed, readFileSync(file, 'utf8').replace(/^(.{60})./, '$1-'));
    const refused = await run(['verify', 'credential', changed, '--key', key], offline);
    assert.equal(refused.code, 1);
    assert.match(refused.errors, /^packloop: Does not hold \((wrong-signature|malformed)\)/);
    assert.equal((await run(['verify', 'credential', 'none', '--key', key])).code, 2);
    assert.equal((await run(['verify', 'credential', file, '--key', file])).code, 2);

    const asked = async (...args: string[]) => (await run(['passport', 'credential', ...args], env)).code;
    assert.equal(await asked('NONE'), 1);
    const issuedBy = () =>
      own.doWork(async ({ db }) => (await sql`select place from passport.credential`.execute(db)).rows);
    const before = await issuedBy();
    assert.equal(await asked(packCode(1), '--out', folder), 2);
    assert.equal(await asked(packCode(1), '--out', join(folder, 'none', 'soh.txt')), 2);
    assert.equal(await asked(packCode(1), '--out', join(file, 'soh.txt')), 2);
    assert.deepEqual(await issuedBy(), before);
    assert.equal(await asked(packCode(1), '--at-least', '81'), 2);
    await own.doWork((work) => observe(work, [{ code: packCode(1), soc: Percent(50), soh: Percent(79.9) }]));
    assert.equal(await asked(packCode(1), '--at-least', '80'), 1);
  }),
);

test(
  'a holder shows a credential with a proof that it is his, and has it revoked; a stranger sees both by the list',
  ownDatabase(async (own) => {
    await own.doWork((work) => smallNetwork(work));
    const home = join(folder, 'bound');
    const env = { DATABASE_URL: own.url, DATA_DIR: home };
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const [secret, open] = [join(folder, 'holder.key'), join(folder, 'holder.pub')];
    writeFileSync(secret, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(open, publicKey.export({ type: 'spki', format: 'pem' }));
    const [file, shown, list] = ['whole', 'shown', 'list'].map((it) => join(folder, `${it}.txt`)) as [
      string,
      string,
      string,
    ];
    const done = async (...args: string[]) => {
      const it = await run(args, env);
      assert.equal(it.code, 0, it.errors + it.out);
      return it.out;
    };
    const handed = await run(['passport', 'credential', packCode(1), '--holder', secret], env);
    assert.deepEqual([handed.code, /holder\.key: this is a private key/.test(handed.errors)], [2, true]);
    const long = await run(['passport', 'credential', packCode(1), '--days', '99999999'], env);
    assert.deepEqual([long.code, /'99999999' is invalid\. from 1 to 3650 days/.test(long.errors)], [2, true]);
    await done('passport', 'credential', packCode(1), '--all', '--holder', open, '--out', file);
    const asked = ['--audience', 'dealer.example', '--nonce', 'n-1'];
    await done(
      'passport',
      'present',
      file,
      '--claims',
      'code,soh_at_least_80',
      '--holder-key',
      secret,
      ...asked,
      '--out',
      shown,
    );
    await done('passport', 'status', '--out', list);
    const key = join(home, 'passport.pub');
    const check = (...more: string[]) => run(['verify', 'credential', shown, '--key', key, ...more]);
    const first = await check('--status', list, ...asked, '--json');
    assert.equal(first.code, 0, first.errors);
    const { status, holder, claims } = JSON.parse(first.out);
    assert.deepEqual([status, holder, Object.keys(claims)], ['not-revoked', 'proven', ['code', 'soh_at_least_80']]);
    assert.match((await check()).out, /Status not checked: give --status[\s\S]*Whose it is was not checked/);
    assert.match((await check('--audience', 'dealer.example', '--nonce', 'n-2')).errors, /Does not hold \(not-bound\)/);
    assert.equal((await check('--nonce', 'n-1')).code, 2);

    assert.match(await done('passport', 'revoke', file), /^Revoked\./);
    assert.match(await done('passport', 'revoke', file), /revoked before/);
    await done('passport', 'status', '--out', list);
    const last = await check('--status', list);
    assert.deepEqual([last.code, /Does not hold \(revoked\)/.test(last.errors)], [1, true]);
  }),
);

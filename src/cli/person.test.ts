// People by the command line: the program itself, its output, its exit code.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { addParties } from '#party';
import type { PartyId } from '#units';
import { ownDatabase } from '../../test/database.ts';
import { browser } from '../../test/people.ts';
import { silent } from '../../test/work.ts';
import { createApp } from '../app.ts';
import { readConfig } from '../config.ts';

const program = fileURLToPath(new URL('../../bin/packloop', import.meta.url));
const secret = { AUTH_SECRET: 'for tests alone, and as long as it has to be' };

test(
  'people are added, listed, given a new password and locked out by the command line; each leaves its trail',
  ownDatabase(async ({ url, db, doWork }) => {
    const folder = mkdtempSync(join(tmpdir(), 'packloop-cli-'));
    const env = { ...process.env, DATABASE_URL: url, DATA_DIR: join(folder, 'data') };
    const packloop = (...args: string[]) =>
      new Promise<{ code: number; out: string; errors: string }>((done) =>
        execFile(program, args, { env, cwd: folder }, (error, out, errors) =>
          done({ code: error ? Number(error.code) : 0, out, errors }),
        ),
      );
    const app = await createApp(
      { ...readConfig({ DATABASE_URL: url, ...secret }), DATABASE_URL: url },
      { log: silent },
    );
    try {
      await doWork((work) => addParties(work, [{ id: 'acme' as PartyId, name: 'Acme', kind: 'operator' }]));
      const who = ['--email', 'Ann@acme.example', '--name', 'Ann'];
      const added = JSON.parse(
        (await packloop('person', 'add', ...who, '--party', 'acme', '--role', 'auditor', '--json')).out,
      );
      assert.deepEqual([added.email, added.party, added.role], ['ann@acme.example', 'acme', 'auditor']);
      const page = browser(app);
      assert.equal((await page.signIn('ann@acme.example', added.password)).status, 200);
      assert.equal((await page.get('/v1/me')).body.person.passwordDue, true);

      for (const [args, sentence] of [
        [[...who, '--party', 'acme'], /account with this email already/],
        [
          ['--email', 'x@acme.example', '--name', 'X', '--party', 'nobody'],
          /--party nobody: there is no such organisation/,
        ],
        [
          ['--email', 'x@acme.example', '--name', 'X', '--party', 'acme', '--role', 'owner'],
          /has no role "owner"; it has admin/,
        ],
        [['--email', 'x@acme.example', '--name', ' '], /a name is not blank/],
        [['--email', 'x@acme.example', '--name', 'X', '--role', 'king'], /there are admin, dispatcher/],
        [['--email', 'nonsense', '--name', 'X'], /an email address is needed/],
      ] as const) {
        const refused = await packloop('person', 'add', ...args);
        assert.notEqual(refused.code, 0);
        assert.match(refused.errors, sentence);
        assert.doesNotMatch(refused.errors, /\bat .*\.ts/, 'no stack trace');
      }
      assert.match((await packloop('person', 'list')).out, /ann@acme\.example +Ann +\(password to be changed\)/);

      const renewed = JSON.parse((await packloop('person', 'reset-password', 'ann@acme.example', '--json')).out);
      assert.equal((await browser(app).signIn('ann@acme.example', added.password)).status, 401);
      assert.equal((await page.signIn('ann@acme.example', renewed.password)).status, 200);
      assert.match((await packloop('person', 'lock', 'ann@acme.example')).out, /is locked out/);
      assert.equal((await browser(app).signIn('ann@acme.example', renewed.password)).status, 403);
      await packloop('person', 'lock', 'ann@acme.example', '--unlock');
      assert.equal((await browser(app).signIn('ann@acme.example', renewed.password)).status, 200);
      assert.equal((await packloop('person', 'lock', 'nobody@acme.example')).code, 1);

      const { rows } = await sql<{ route: string }>`select route from kernel.trail where caller = 'command line'
        order by seq`.execute(db);
      assert.deepEqual(
        rows.map((it) => it.route),
        [
          'packloop person add',
          'packloop person reset-password',
          'packloop person lock',
          'packloop person lock --unlock',
        ],
      );
    } finally {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }),
);

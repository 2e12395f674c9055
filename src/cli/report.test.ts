// Profit and loss by the command line: the program itself, its output, its exit code.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ownDatabase } from '../../test/database.ts';
import { smallNetwork } from '../../test/seed.ts';

const program = fileURLToPath(new URL('../../bin/packloop', import.meta.url));

test(
  'what the parties own and earn is printed, as a table, as CSV and as JSON; an empty period and a wrong one are told',
  ownDatabase(async ({ url, doWork }) => {
    const folder = mkdtempSync(join(tmpdir(), 'packloop-cli-report-'));
    const env = { ...process.env, DATABASE_URL: url, DATA_DIR: join(folder, 'data') };
    const report = (...args: string[]) =>
      new Promise<{ code: number; out: string; errors: string }>((done) =>
        execFile(program, ['report', 'property', ...args], { env, cwd: folder }, (error, out, errors) =>
          done({ code: error ? Number(error.code) : 0, out, errors }),
        ),
      );
    try {
      await doWork((work) => smallNetwork(work));
      const { parties, total, simulated } = JSON.parse((await report('--json')).out);
      assert.deepEqual(
        parties.map((it: { party: string; packs: number }) => [it.party, it.packs > 0]),
        [
          ['bank', true],
          ['maker', true],
        ],
      );
      assert.deepEqual([total.incomeFen, simulated], [0, false]);
      const table = await report();
      assert.equal(table.code, 0, table.errors);
      assert.match(table.out, /^bank +0 +0\.00/m);
      assert.match(table.out, /assumed/);
      const csv = (await report('--csv')).out.trim().split('\r\n');
      assert.equal(csv.length, 3);
      assert.match(csv[0]!, /party,name,kind,from,to,swaps,income_fen/);
      const empty = await report('--from', '2020-01-01T00:00:00Z', '--to', '2020-02-01T00:00:00Z');
      assert.match(empty.out, /Nobody got, spent or owned anything/);
      const wrong = await report('--from', '2020-02-01T00:00:00Z', '--to', '2020-01-01T00:00:00Z');
      assert.equal(wrong.code, 1);
      assert.match(wrong.errors, /period ends after it begins/i);
      assert.equal((await report('--from', 'yesterday')).code, 2);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }),
);

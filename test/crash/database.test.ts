// The database goes away and comes back under a running server.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createDatabase, startPostgres } from '../../src/postgres.ts';
import { startServerProcess } from '../server.ts';

test('while PostgreSQL restarts the log has one line when it goes and one when it is back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'packloop-outage-'));
  chmodSync(folder, 0o755);
  const place = { dir: join(folder, 'postgres'), flags: ['-c fsync=off'] };
  const postgres = await startPostgres(place);
  const server = await startServerProcess({ databaseUrl: await createDatabase(postgres, 'packloop') });
  let asked = 0;
  // Another question each time: an answer is kept for a moment, and would be given without the database.
  const ask = async () => (await fetch(`${server.http}/v1/swaps?limit=${1 + (asked++ % 400)}`)).status;
  const saying = (words: RegExp) => server.log.filter((it) => words.test(it));
  const until = async (is: () => Promise<boolean> | boolean) => {
    while (!(await is())) await wait(50);
  };
  try {
    assert.equal(await ask(), 200);
    assert.deepEqual(server.log, []);
    postgres.stop();
    const refused = await Promise.all(Array.from({ length: 10 }, ask));
    assert.deepEqual(
      refused.filter((it) => it < 500),
      [],
    );
    await startPostgres(place);
    await until(async () => (await ask()) === 200);
    await until(async () => (await ask()) === 200 && saying(/PostgreSQL is back/).length > 0);
    assert.equal(saying(/PostgreSQL is out of reach/).length, 1);
    assert.equal(server.log.length, 2, server.log.join('\n'));
  } finally {
    await server.kill();
    postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

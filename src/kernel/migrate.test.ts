import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { migrate, openDatabase } from '#kernel';
import { ownDatabase } from '../../test/database.ts';

const files = readdirSync(new URL('../../db/migrations/', import.meta.url)).filter((it) => it.endsWith('.sql'));

for (const round of [1, 2, 3])
  test(
    `processes that start at once on a new database share its migrations, round ${round}`,
    ownDatabase(
      async ({ url, pool }) => {
        const pools = [1, 2, 3, 4].map(() => openDatabase(url, { max: 2 }).pool);
        try {
          const ran = await Promise.all(
            pools.map(async (own) => {
              const done = await migrate(own);
              await own.query("select graphile_worker.add_job('migrated')"); // whoever is through can work
              return done;
            }),
          );
          assert.deepEqual(ran.flat(), files.toSorted());
          assert.equal((await pool.query('select from kernel.migration')).rowCount, files.length);
          assert.equal((await pool.query('select from graphile_worker.jobs')).rowCount, 4);
        } finally {
          await Promise.all(pools.map((it) => it.end()));
        }
      },
      { template: 'template1' },
    ),
  );

test(
  'a database that is up to date is left alone',
  ownDatabase(async ({ pool }) => assert.deepEqual(await migrate(pool), [])),
);

test('migrations are numbered without a gap and each says why in its first line', async () => {
  const { readFile } = await import('node:fs/promises');
  assert.deepEqual(
    files.toSorted().map((it) => Number(it.slice(0, 4))),
    files.map((_, index) => index + 1),
  );
  for (const it of files)
    assert.match(await readFile(new URL(`../../db/migrations/${it}`, import.meta.url), 'utf8'), /^-- \S/);
});

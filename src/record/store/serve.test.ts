// What of the log is for everybody, and what for those who were given a key for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { append } from '#record';
import { withServer } from '../../../test/app.ts';

for (const isPublic of [true, false])
  test(
    `entries and heads, from which trips could be read, want a key${isPublic ? '' : '; in a closed network the hashes, too'}`,
    withServer(
      async ({ app, as }) => {
        const graded = { subject: 'pack:P1', type: 'pack.graded', body: { grade: 'vehicle' } } as const;
        await app.doWork((work) => append(work, [graded]));
        const { writer } = await app.openLog();
        await writer.once();
        const [anybody, reader, party] = [await as(), await as('read'), await as('mirror')];
        const { size } = (await party.get('/log/heads/pack:P1')).body;
        const statuses = async (path: string) => [
          (await anybody.get(path)).status,
          (await reader.get(path)).status,
          (await party.get(path)).status,
        ];
        for (const path of [`/log/tile/entries/000.p/${size}`, '/log/heads/pack:P1'])
          assert.deepEqual(await statuses(path), [401, 403, 200], path);
        const hashes = isPublic ? [200, 200, 200] : [401, 403, 200];
        assert.deepEqual(await statuses(`/log/tile/0/000.p/${size}`), hashes);
        for (const path of ['/log/checkpoint', '/log/policy', '/log/producers'])
          assert.deepEqual(await statuses(path), [200, 200, 200], path);
      },
      { PUBLIC_VIEW: isPublic },
    ),
  );

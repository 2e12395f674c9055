import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DoWork } from '#kernel';
import { anomalies } from '#station';
import { ownDatabase } from '../../test/database.ts';
import type { OcppPlace } from './context.ts';
import { Lines } from './lines.ts';

test(
  'a line for the operator that waits for the database is said once, and written with all its times',
  ownDatabase(async ({ doWork }) => {
    let isAway = true;
    const said: string[] = [];
    const log = { warn: (_: object, sentence: string) => void said.push(sentence), error: () => {} };
    const perhaps: DoWork = (job) => (isAway ? Promise.reject(new Error('away')) : doWork(job));
    const lines = new Lines({ doWork: perhaps, log } as Partial<OcppPlace> as OcppPlace);
    const turnedAway = () => lines.add({ stationId: '', kind: 'unknown-station', sentence: 'turned away', facts: {} });
    for (let flushes = 0; flushes < 3; flushes++) {
      turnedAway();
      await lines.flush();
    }
    isAway = false;
    await lines.flush();
    assert.deepEqual(said, ['turned away']);
    const [written] = await doWork((work) => anomalies(work, { most: 9 }));
    assert.deepEqual([written!.kind, written!.times], ['unknown-station', 3]);
    turnedAway();
    await lines.flush();
    assert.equal(said.length, 2, 'once it was written, the next is news');
  }),
);

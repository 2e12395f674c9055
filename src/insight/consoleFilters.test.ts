// What the console filters by itself, its files are filtered by as well: the same rows on the screen and in the file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anomaly, register } from '#station';
import type { PartyId, StationId } from '#units';
import { type Caller, withServer } from '../../test/app.ts';
import { smallNetwork, st1 } from '../../test/seed.ts';

const idsIn = async (caller: Caller, query: string): Promise<string[]> => {
  const { status, body } = await caller.get(`/v1/exports/stations?${query}`);
  assert.equal(status, 200, query);
  const [, ...rows] = String(body).replace('\ufeff', '').trim().split('\r\n');
  return rows.map((it) => it.split(',')[0]!);
};

test(
  'a file of stations holds those that all filters of the table let through',
  withServer(async ({ app, as }) => {
    await app.doWork(async (work) => {
      await smallNetwork(work);
      const station = {
        id: 'ST-2' as StationId,
        name: 'Harbour North',
        operatorId: 'op' as PartyId,
        presetId: 'cabinet-12' as never,
        place: { latitude: 22.6, longitude: 114.1 },
        region: 'CN-GD-SZ',
        timeZone: 'Asia/Shanghai',
        swapOrder: 'In-Out',
        securityProfile: 1,
      } as const;
      await register(work, [station], (size) => Buffer.alloc(size, 8));
    });
    const caller = await as('read');
    const found = (query: string) => idsIn(caller, query);
    assert.deepEqual(await found(''), [st1, 'ST-2']);
    assert.deepEqual(await found('state=offline'), [st1, 'ST-2']);
    assert.deepEqual(await found('state=idle,swapping'), []);
    assert.deepEqual(await found('readyMin=1'), [st1]);
    assert.deepEqual(await found('readyMax=2&queueMax=0&chargingMax=0&swapsTodayMax=0'), ['ST-2']);
    assert.deepEqual(await found('anomaliesMin=1'), []);
    assert.deepEqual(await found('profile=cabinet,truck-top'), ['ST-2']);
    assert.deepEqual(await found('region='), [st1]);
    assert.deepEqual(await found('region=CN-GD-SZ,CN-GD-GZ&operator=op'), ['ST-2']);
    assert.deepEqual(await found('search=north%20harbour'), ['ST-2']);
    assert.deepEqual(await found('name=r%20nO'), ['ST-2']);
    assert.deepEqual(await found('id=t-1'), [st1]);
    assert.deepEqual(await found('slotsMin=12&slotsMax=12'), ['ST-2']);
    assert.deepEqual(await found(`only=${st1},NOWHERE`), [st1]);
    assert.equal((await caller.get('/v1/exports/stations?readyMin=many')).status, 400);
  }),
);

test(
  'anomalies are found by several kinds and stations at once, and by words that mean themselves',
  withServer(async ({ app, as }) => {
    await app.doWork(async (work) => {
      await smallNetwork(work);
      await anomaly(work, [
        { stationId: st1, kind: 'flood', sentence: '100 % of them', facts: {} },
        { stationId: st1, kind: 'orphan-pack', sentence: 'a driver waits', facts: {} },
        { stationId: '', kind: 'unknown-station', sentence: 'X wanted to connect', facts: {} },
      ]);
    });
    const caller = await as('read', 'admin');
    const kinds = async (query: string): Promise<string[]> => {
      const { body } = await caller.get(`/v1/anomalies?${query}`);
      return (body.items as { kind: string }[]).map((it) => it.kind).sort();
    };
    assert.deepEqual(await kinds(''), ['flood', 'orphan-pack', 'unknown-station']);
    assert.deepEqual(await kinds('kinds=flood,orphan-pack'), ['flood', 'orphan-pack']);
    assert.deepEqual(await kinds('stations=,NOWHERE'), ['unknown-station']);
    assert.deepEqual(await kinds(`stations=${st1}&search=100%20%25`), ['flood']);
    assert.deepEqual(await kinds('search=%25_%25'), []);
  }),
);

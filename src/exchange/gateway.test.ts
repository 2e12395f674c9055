// The gateway against a platform that fails in every way we know.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { append } from '#record';
import { packCode, smallNetwork, st1 } from '../../test/seed.ts';
import type { App } from '../app.ts';
import type { FaultKind } from './platform/faults.ts';
import { faultKinds } from './platform/faults.ts';
import { contentOf } from './report.ts';
import { reporting } from './testing.ts';

interface Row {
  readonly kind: string;
  readonly state: string;
  readonly platform: string;
  readonly subject: string;
  readonly message: string;
  readonly receipt: string | null;
  readonly tries: number;
}
const rowsOf = (app: App) =>
  app.doWork(async (work) => (await sql<Row>`select * from exchange.report order by no`.execute(work.db)).rows);
const states = async (app: App) => {
  const rows = await rowsOf(app);
  return Object.fromEntries(
    ['waiting', 'received', 'rejected'].map((it) => [it, rows.filter(({ state }) => state === it).length]),
  );
};

/** Pack 1 leaves and comes back, so many times. */
const swaps = (app: App, many: number, n = 1) =>
  app.doWork((work) =>
    append(
      work,
      Array.from({ length: 2 * many }, (_, nth) => ({
        subject: `pack:${packCode(n)}` as const,
        type: nth % 2 === 0 ? 'swap.pack-given' : 'swap.pack-returned',
        body: { swapId: 's', stationId: st1, slotNo: 1, soc: 90, soh: 97, energyWh: 5, at: work.at.toString() },
      })),
    ),
  );

test(
  'every fact that a platform wants is reported once, in the fields of its profile, and its receipt is kept',
  reporting(async ({ app, inbox }) => {
    await app.doWork((work) => smallNetwork(work));
    await swaps(app, 1);
    await app.tick();
    await app.tick();
    assert.deepEqual(await states(app), { waiting: 7, received: 0, rejected: 0 });
    for (let round = 0; round < 4; round++) await app.platforms.upload();
    assert.deepEqual(await states(app), { waiting: 0, received: 7, rejected: 0 });
    const rows = await rowsOf(app);
    const given = contentOf(rows.find((it) => it.kind === 'swap')!.message);
    assert.deepEqual(given.fields, { direction: 'out', station: st1, soc: 90, soh: 97 });
    assert.match(rows[0]!.receipt!, /^packloop receipt v1\n.*— platform\.test /s);
    assert.equal(inbox.all.length, 7);
    await app.tick();
    await app.platforms.upload();
    assert.equal(inbox.all.length, 7);
  }),
);

test(
  'a platform that is away for 24 hours loses nothing, and gets the reports of each pack in order',
  reporting(async ({ app, inbox, fail, later }) => {
    await app.doWork((work) => smallNetwork(work));
    await app.tick();
    for (let round = 0; round < 4; round++) await app.platforms.upload();
    const before = inbox.all.length;
    fail({ outage: 1 });
    for (let hour = 0; hour < 24; hour++) {
      await swaps(app, 1, 1 + (hour % 3));
      await app.tick();
      assert.equal(await app.platforms.upload(), 0);
      later({ hours: 1 });
    }
    assert.deepEqual(await states(app), { waiting: 48, received: before, rejected: 0 });
    fail({});
    for (let round = 0; round < 20 && (await states(app)).waiting !== 0; round++) {
      await app.platforms.upload();
      later({ minutes: 16 });
    }
    assert.deepEqual(await states(app), { waiting: 0, received: before + 48, rejected: 0 });
    for (const n of [1, 2, 3]) {
      const arrived = inbox.all.filter((it) => it.subject === `pack:${packCode(n)}` && it.kind === 'swap');
      assert.equal(arrived.length, 16);
      const times = arrived.map((it) => it.happenedAt);
      assert.deepEqual(times, times.toSorted());
    }
  }),
);

for (const kind of faultKinds.filter((it) => it !== 'reject' && it !== 'refuse'))
  test(
    `a platform that fails by "${kind}" has each report once in the end, with a receipt that proves it`,
    reporting(async ({ app, inbox, fail, later }) => {
      await app.doWork((work) => smallNetwork(work));
      await swaps(app, 1);
      await app.tick();
      fail({ [kind as FaultKind]: 1 });
      // A short patience: the platform drips a letter each 200 ms, or says nothing at all.
      const forgets = kind === 'forget';
      assert.equal((await app.platforms.upload(300)) > 0, forgets);
      const stored = ['stored-error', 'stored-hang', 'drip', 'wrong-receipt', 'other-receipt', 'forget'].includes(kind);
      assert.equal(inbox.all.length > 0, stored);
      fail({});
      for (let round = 0; round < 12; round++) {
        later({ minutes: 20 });
        await app.platforms.upload();
      }
      assert.deepEqual(await states(app), { waiting: 0, received: 7, rejected: 0 });
      assert.equal(inbox.all.length, 7);
      assert.equal(new Set(inbox.all.map((it) => it.id)).size, 7);
    }),
  );

test(
  'a platform that does not answer is asked less and less often, with one report',
  reporting(async ({ app, fail, later }) => {
    await app.doWork((work) => smallNetwork(work));
    await app.tick();
    fail({ error: 1 });
    let asked = 0;
    for (let minute = 0; minute < 120; minute++) {
      const before = (await rowsOf(app)).reduce((sum, it) => sum + it.tries, 0);
      await app.platforms.upload();
      const tries = (await rowsOf(app)).reduce((sum, it) => sum + it.tries, 0) - before;
      if (tries > 0) asked++;
      later({ minutes: 1 });
    }
    assert.ok(asked >= 8 && asked <= 24, `asked ${asked} times in two hours`);
  }),
);

test(
  'a batch that the platform will not have is sent one by one, and only the report that it cannot stand is rejected',
  reporting(async ({ app, fail, later }) => {
    await app.doWork((work) => smallNetwork(work));
    await app.tick();
    fail({ refuse: 1 });
    await app.platforms.upload();
    assert.deepEqual(await states(app), { waiting: 5, received: 0, rejected: 0 });
    later({ minutes: 20 });
    await app.platforms.upload();
    assert.deepEqual(await states(app), { waiting: 4, received: 0, rejected: 1 });
    fail({});
    for (let round = 0; round < 3; round++) {
      later({ minutes: 20 });
      await app.platforms.upload();
    }
    assert.deepEqual(await states(app), { waiting: 0, received: 4, rejected: 1 });
  }),
);

test(
  'two servers that send at once send each report once',
  reporting(async ({ app, inbox }) => {
    await app.doWork((work) => smallNetwork(work));
    await swaps(app, 3);
    await app.tick();
    for (let round = 0; round < 4; round++)
      await Promise.all([app.platforms.upload(), app.platforms.upload(), app.platforms.upload()]);
    assert.deepEqual(await states(app), { waiting: 0, received: 11, rejected: 0 });
    assert.equal(inbox.all.length, 11);
    const audit = await app.audit();
    assert.deepEqual(
      audit.findings
        .filter((it) => it.id.includes('report') || it.id.startsWith('exchange.'))
        .flatMap((it) => it.violations),
      [],
    );
  }),
);

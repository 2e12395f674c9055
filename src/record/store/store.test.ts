import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import type { DoWork } from '#kernel';
import { append, type Happening } from '#record';
import { verifierKey } from '#record/log';
import { type Event, type Files, readPolicy, utf8, verifyMirror } from '#record/verify';
import { type OwnDatabase, ownDatabase } from '../../../test/database.ts';
import { openLog } from './open.ts';
import { filesIn } from './pieces.ts';
import type { House } from './place.ts';
import { Secret } from './secret.ts';
import { Sequencer } from './sequencer.ts';

const secret = new Secret('a secret for tests, which is as long as it must be');
const holder = '01980000-0000-7000-8000-000000000001';

const opened = (doWork: DoWork, by = holder): Promise<House> =>
  doWork((work) => openLog(work, { secret, origin: 'log.example/delta', holder: by }));

const sequencerOn = async ({ doWork }: OwnDatabase, nowMs = () => performance.now()): Promise<Sequencer> =>
  new Sequencer({ doWork, house: await opened(doWork), nowMs });

const charged = (code: string, n = 0): Happening => ({ subject: `pack:${code}`, type: 'pack.charged', body: { n } });

/** As anybody finds the log, verified as anybody would. */
async function verified({ db, doWork }: OwnDatabase) {
  const { log } = await opened(doWork);
  const { rows } = await sql<{ note: string }>`select note from record.checkpoint order by size desc limit 1`.execute(
    db,
  );
  const tiles = filesIn(db);
  const files: Files = async (path) => (path === 'checkpoint' ? utf8(rows[0]!.note) : await tiles(path));
  const policy = await readPolicy(utf8(`log ${await verifierKey(log, 'note')}\nquorum none\n`));
  const events: Event[] = [];
  const it = await verifyMirror({
    files,
    policy,
    // Whose seals count, the log says itself.
    producers: [],
    seen: (event) => void events.push(event),
  });
  return { ...it, events };
}

test(
  'what was appended stands in a log that anybody can verify, in the order in which it was appended',
  ownDatabase(async (own) => {
    const sequencer = await sequencerOn(own);
    let appended = 0;
    for (const count of [1, 3, 250, 2, 600, 1]) {
      await own.doWork((work) =>
        append(
          work,
          Array.from({ length: count }, () => charged(`P${appended % 7}`, appended++)),
        ),
      );
      assert.equal(await sequencer.once(), count);
      const { events, replayed } = await verified(own);
      assert.equal(replayed.events, appended);
      assert.deepEqual(
        events.map((it) => it.subject),
        Array.from({ length: appended }, (_, n) => `pack:P${n % 7}`),
      );
    }
    assert.equal(await sequencer.once(), 0, 'nothing is placed twice');
  }),
);

test(
  'a sequencer that starts anew, or whose batch failed, goes on where the log stands',
  ownDatabase(async (own) => {
    await own.doWork((work) => append(work, [charged('P1'), charged('P2')]));
    await (await sequencerOn(own)).once();
    const next = await sequencerOn(own);
    await own.doWork((work) => append(work, [charged('P1'), charged('P3')]));
    const failing = new Sequencer({
      doWork: (job) =>
        own.doWork(async (work) => {
          await job(work);
          throw new Error('the line was cut');
        }),
      house: await opened(own.doWork),
      nowMs: () => 0,
    });
    await assert.rejects(failing.once(), /the line was cut/);
    await assert.rejects(failing.once(), /the line was cut/);
    assert.equal(await next.once(), 2);
    await own.doWork((work) => append(work, [charged('P1')]));
    assert.equal(await next.once(), 1);
    assert.equal((await verified(own)).replayed.events, 5);
  }),
);

test(
  'entries of transactions that overlap are all placed once, and those that were rolled back never',
  ownDatabase(async (own) => {
    let now = 0;
    const sequencer = await sequencerOn(own, () => now);
    const gate = Promise.withResolvers<void>();
    const drawn = Promise.withResolvers<void>();
    const slow = own.doWork(async (work) => {
      await append(work, [charged('SLOW')]);
      drawn.resolve();
      await gate.promise;
    });
    await drawn.promise;
    const undone = own.doWork(async (work) => {
      await append(work, [charged('UNDONE')]);
      throw new Error('undone');
    });
    await assert.rejects(undone, /undone/);
    await own.doWork((work) => append(work, [charged('QUICK')]));
    assert.equal(await sequencer.once(), 0, 'it waits a moment for the slow one');
    now = 1_000;
    assert.equal(await sequencer.once(), 1, 'and then goes on without it');
    gate.resolve();
    await slow;
    assert.equal(await sequencer.once(), 1);
    await own.doWork((work) => append(work, [charged('LAST')]));
    await sequencer.once();
    assert.deepEqual(
      (await verified(own)).events.map((it) => it.subject),
      ['pack:QUICK', 'pack:SLOW', 'pack:LAST'],
    );
    // Until all that had begun by then have ended, also those of other databases of this server: tests run side by side.
    const holes = async () =>
      (await sql<{ holes: unknown[] }>`select holes from record.sequencer`.execute(own.db)).rows[0]!.holes;
    for (let looks = 0; looks < 200 && (await holes()).length > 0; looks++) {
      await wait(50);
      await sequencer.once();
    }
    assert.deepEqual(await holes(), []);
  }),
);

test(
  'many writers at once and two sequencers: every entry is placed once, within the second',
  ownDatabase(async (own) => {
    const house = await opened(own.doWork);
    const errors: unknown[] = [];
    const common = {
      doWork: own.doWork,
      nowMs: () => performance.now(),
      failed: (it: unknown) => void errors.push(it),
    };
    const both = [
      new Sequencer({ ...common, house }),
      new Sequencer({ ...common, house: { ...house, holder: '01980000-0000-7000-8000-000000000002' } }),
    ];
    for (const it of both) it.start();
    const writer = async (name: string) => {
      for (let n = 0; n < 40; n++) await own.doWork((work) => append(work, [charged(name, n), charged(`P${n}`)]));
    };
    await Promise.all(Array.from({ length: 6 }, (_, n) => writer(`W${n}`)));
    await wait(1_000);
    for (const it of both) await it.end();
    assert.deepEqual(errors, []);
    assert.equal((await verified(own)).replayed.events, 480);
  }),
);

test(
  'a log is opened by the secret that made it, and by no other',
  ownDatabase(async ({ doWork }) => {
    await opened(doWork);
    const other = { secret: new Secret('another secret, just as long as the first'), origin: 'x', holder };
    await assert.rejects(
      doWork((work) => openLog(work, other)),
      /made with another secret/,
    );
    assert.equal((await opened(doWork)).origin, 'log.example/delta', 'its name stays what it was');
  }),
);

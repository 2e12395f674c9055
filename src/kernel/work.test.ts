import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Logger, runOnce } from 'graphile-worker';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Announced, event, Listeners, Live, Refused, type Work } from '#kernel';
import { wire } from '#units/api';
import { type OwnDatabase, ownDatabase } from '../../test/database.ts';
import { testStart } from '../../test/work.ts';

const swapped = event('swap.completed', z.object({ swapId: z.string(), at: wire.instant }));
const fact = (swapId: string) => ({ swapId, at: testStart });
const put = (work: Work, item: string) => sql`insert into public.seen values (${item})`.execute(work.db);

const withTable = (body: (own: OwnDatabase & { seen: () => Promise<string[]> }) => Promise<void>) =>
  ownDatabase(async (own) => {
    await sql`create table public.seen (item text primary key)`.execute(own.db);
    const seen = async () =>
      (await sql<{ item: string }>`select item from public.seen order by 1`.execute(own.db)).rows.map((it) => it.item);
    await body({ ...own, seen });
  });

/** Runs all jobs that wait, as app.ts does: each in a work of its own. */
const runJobs = ({ pool, doWorkAt }: OwnDatabase, listeners: Listeners) =>
  runOnce({
    pgPool: pool,
    logger: new Logger(() => () => {}),
    noHandleSignals: true,
    taskList: Object.fromEntries(
      Object.entries(listeners.tasks).map(([name, task]) => [
        name,
        (facts: unknown) => doWorkAt({ listeners })((work) => task(work, facts as unknown[])),
      ]),
    ),
  });

test(
  'a work that fails leaves nothing, not even what it announced',
  withTable(async (own) => {
    const heard: Announced[] = [];
    const listeners = new Listeners().on(swapped, 'billing', async () => {});
    const doWork = own.doWorkAt({ listeners, live: (it) => heard.push(it) });
    const failing = doWork(async (work) => {
      await put(work, 'a');
      work.announce(swapped, fact('1'));
      throw new Refused('no-battery-ready', 'none is charged');
    });
    await assert.rejects(failing, { code: 'no-battery-ready' });
    assert.deepEqual(await own.seen(), []);
    assert.deepEqual(heard, []);
    assert.equal((await own.pool.query('select from graphile_worker.jobs')).rowCount, 0);
  }),
);

test(
  'each listener hears once of all that one work announced, after the commit, in the order announced',
  withTable(async (own) => {
    const heard: string[] = [];
    const hear = (who: string) => async (_: Work, facts: readonly z.infer<typeof swapped.shape>[]) =>
      void heard.push(`${who}: ${facts.map((it) => `${it.swapId} ${it.at.equals(testStart)}`)}`);
    const listeners = new Listeners().on(swapped, 'billing', hear('billing')).on(swapped, 'record', hear('record'));
    await own.doWorkAt({ listeners })(async (work) => {
      work.announce(swapped, fact('1'), fact('2'));
      work.announce(swapped);
      work.announce(swapped, fact('3'));
    });
    assert.deepEqual(heard, []);
    await runJobs(own, listeners);
    await runJobs(own, listeners);
    assert.deepEqual(heard.toSorted(), ['billing: 1 true,2 true,3 true', 'record: 1 true,2 true,3 true']);
  }),
);

test(
  'a listener that fails does its work when it is tried again, and what it announces is heard in turn',
  withTable(async (own) => {
    const billed = event('bill.made', z.object({ swapId: z.string() }));
    let tries = 0;
    const listeners: Listeners = new Listeners()
      .on(swapped, 'billing', async (work, facts) => {
        for (const it of facts) await put(work, `bill ${it.swapId}`);
        work.announce(billed, ...facts.map(({ swapId }) => ({ swapId })));
        if (++tries === 1) throw new Error('the bank is away');
      })
      .on(billed, 'mail', async (work, [bill]) => void (await put(work, `mail ${bill!.swapId}`)));
    await own.doWorkAt({ listeners })(async (work) => work.announce(swapped, fact('1')));
    await runJobs(own, listeners);
    assert.deepEqual(await own.seen(), []);
    // What failed may still be locked when the runner says that it is done: then it is not put forward yet.
    for (let looks = 0; looks < 50 && (await own.seen()).length < 2; looks++) {
      await own.pool.query('select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs), now())');
      await runJobs(own, listeners);
    }
    assert.deepEqual(await own.seen(), ['bill 1', 'mail 1']);
    assert.equal(tries, 2);
  }),
);

test(
  'two works that block each other are both done in the end, and what the first try announced is forgotten',
  withTable(async (own) => {
    for (const it of ['a', 'b']) await own.doWork((work) => put(work, it));
    const heard: Announced[] = [];
    const outcomes: string[] = [];
    const [bothLocked, oneDone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const observe = (_: unknown, outcome: string) => {
      outcomes.push(outcome);
      if (outcome === 'done') oneDone.resolve();
    };
    const doWork = own.doWorkAt({ live: (it) => heard.push(it), observe });
    let locked = 0;
    const cross = (first: string, second: string) =>
      doWork(async (work) => {
        work.announce(swapped, fact(first));
        // Whose second try came before the other one woke would block it once more.
        if (locked === 2) await oneDone.promise;
        await sql`select from public.seen where item = ${first} for update`.execute(work.db);
        if (++locked === 2) bothLocked.resolve();
        await bothLocked.promise;
        await sql`select from public.seen where item = ${second} for update`.execute(work.db);
      });
    await Promise.all([cross('a', 'b'), cross('b', 'a')]);
    assert.deepEqual(outcomes.toSorted(), ['done', 'done', 'retried']);
    assert.equal(heard.flatMap((it) => it.facts).length, 2);
  }),
);

test(
  'a work that always collides gives up with the error of the database; any other error is not tried again',
  withTable(async (own) => {
    await own.doWork((work) => put(work, 'a'));
    let tries = 0;
    const again = own.doWork(async (work) => {
      tries++;
      await put(work, 'a');
    });
    await assert.rejects(again, { code: '23505' });
    assert.equal(tries, 6);
    await assert.rejects(
      own.doWork(async () => {
        tries++;
        throw new Error('a bug');
      }),
      /a bug/,
    );
    assert.equal(tries, 7);
  }),
);

test(
  'a screen that breaks does not make a committed work look failed',
  withTable(async (own) => {
    const live = new Live();
    const heard: Announced[] = [];
    live.listen(() => {
      throw new Error('the browser is gone');
    });
    const end = live.listen((it) => heard.push(it));
    const doWork = own.doWorkAt({ live: live.publish });
    await doWork(async (work) => {
      await put(work, 'a');
      work.announce(swapped, fact('1'));
    });
    assert.deepEqual(await own.seen(), ['a']);
    assert.equal(heard.length, 1);
    end();
    await doWork(async (work) => work.announce(swapped, fact('2')));
    assert.equal(heard.length, 1);
  }),
);

test(
  'a work sees one instant from its beginning to its end, and its ids sort by time',
  withTable(async (own) => {
    let seconds = 0;
    const doWork = own.doWorkAt({ clock: () => testStart.add({ seconds: seconds++ }) });
    const instants = await doWork(async (work) => [work.at, work.at]);
    assert.ok(instants[0]!.equals(instants[1]!));
    assert.ok((await doWork(async (work) => work.at)).equals(testStart.add({ seconds: 1 })));
    assert.match(await doWork(async (work) => work.newId()), /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  }),
);

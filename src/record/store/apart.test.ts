// The thread of the log as the server opens it: the same log, and nothing is lost when the thread dies.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import { check } from '#kernel';
import { ownDatabase } from '../../../test/database.ts';
import { threadFor } from '../../openRecord.ts';
import { append } from '../index.ts';
import { Apart } from './apart.ts';
import { logInvariants } from './invariants.ts';
import { Secret } from './secret.ts';

const secret = 'a secret for tests, which is as long as it must be';
const log = { secret, origin: 'log.example/apart', holder: '01980000-0000-7000-8000-000000000001' };
const facts = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ subject: `pack:P${n % 7}`, type: 'pack.graded', body: { n } }) as const);

test(
  'written in a thread of its own, the log is the same: heads are proven, all of it holds',
  ownDatabase(async ({ url, doWork }) => {
    const failures: unknown[] = [];
    const told: number[] = [];
    const writer = new Apart(threadFor({ ...log, url }), {
      placed: ({ events }) => told.push(events),
      failed: (error) => failures.push(error),
    });
    await doWork((work) => append(work, facts(20)));
    assert.equal(await writer.once(), 20);
    assert.deepEqual(told, [20]);
    const { found, size } = await writer.headOf('pack:P1');
    assert.equal(found?.head.count, 3);
    assert.equal(size, 23, 'the key of the house, twenty events, their seal, the heads');
    assert.equal((await writer.headOf('pack:unknown')).found, undefined);
    await writer.end();
    await writer.end();
    for (const it of await doWork((work) => check(work, logInvariants(new Secret(secret)))))
      assert.deepEqual(it.violations, [], it.sentence);
    assert.deepEqual(failures, []);
  }),
);

test(
  'a thread that dies is opened anew and goes on; whoever asked it meanwhile is told why there is no answer',
  ownDatabase(async ({ url, db, doWork }) => {
    const failures: Error[] = [];
    const threads: Worker[] = [];
    const writer = new Apart(
      () => {
        threads.push(threadFor({ ...log, url })());
        return threads.at(-1)!;
      },
      { failed: (error) => failures.push(error as Error) },
    );
    writer.start();
    await doWork((work) => append(work, facts(500)));
    await writer.once();
    const asked = writer.headOf('pack:P1');
    const refused = assert.rejects(asked, /thread of the log ended/);
    await threads[0]!.terminate();
    await refused;
    await assert.rejects(writer.once(), /thread of the log ended/);
    await doWork((work) => append(work, facts(500)));
    const placed = async () =>
      (await sql<{ events: number }>`select events from record.sequencer`.execute(db)).rows[0]!.events;
    for (let tries = 0; tries < 200 && (await placed()) < 1000; tries++) await wait(50);
    assert.equal(await placed(), 1000, 'without being asked: it had been started');
    assert.equal(threads.length, 2);
    assert.match(failures[0]!.message, /thread of the log ended/);
    await writer.end();
  }),
);

test(
  'where the database is not there, whoever asks is told so',
  ownDatabase(async ({ url }) => {
    const elsewhere = new URL(url);
    elsewhere.pathname = '/nowhere';
    const failures: Error[] = [];
    const writer = new Apart(threadFor({ ...log, url: elsewhere.href }), {
      failed: (error) => failures.push(error as Error),
    });
    await assert.rejects(writer.once(), /nowhere/);
    await assert.rejects(writer.headOf('pack:P1'), /nowhere/);
    writer.start();
    for (let tries = 0; tries < 100 && failures.length === 0; tries++) await wait(20);
    assert.match(failures[0]!.message, /nowhere/);
    await writer.end();
  }),
);

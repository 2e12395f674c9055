// The server is killed while it places entries: nothing is lost, nothing stands twice, and the log verifies.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { check } from '#kernel';
import { append, logInvariants, Secret } from '#record';
import { chance, systemClock } from '#units';
import { ownDatabase } from '../database.ts';
import { startServerProcess } from '../server.ts';

const RECORD_SECRET = 'a secret for tests, which is as long as it must be';
const KILLS = 5;

test(
  'the server is killed again and again while it writes the log: every fact stands in it once, and all of it verifies',
  ownDatabase(async ({ url, db, doWorkAt }) => {
    const doWork = doWorkAt({ clock: systemClock });
    const dir = mkdtempSync(join(tmpdir(), 'packloop-kill-'));
    const options = { databaseUrl: url, env: { RECORD_SECRET, DATA_DIR: dir } };
    const dice = chance(20_261_122);
    let server = await startServerProcess(options);
    try {
      let told = 0;
      let isOver = false;
      const writer = async () => {
        while (!isOver) {
          const facts = Array.from(
            { length: 20 },
            (_, n) => ({ subject: `pack:P${(told + n) % 40}`, type: 'pack.graded', body: { n } }) as const,
          );
          await doWork((work) => append(work, facts));
          told += facts.length;
          await wait(dice.between(30, 80));
        }
      };
      const writers = [writer(), writer()];
      const sizes: number[] = [];
      const placed = async () => {
        const { rows } = await sql<{ events: number }>`select events from record.sequencer`.execute(db);
        return rows[0]!.events;
      };
      for (let kill = 0; kill < KILLS; kill++) {
        await wait(dice.between(500, 1800));
        await server.kill();
        sizes.push(await placed());
        server = await startServerProcess(options);
      }
      isOver = true;
      await Promise.all(writers);
      for (let tries = 0; tries < 400 && (await placed()) < told; tries++) await wait(100);
      assert.equal(await placed(), told);
      assert.ok(new Set(sizes).size > 2, `it was killed while the log grew: ${sizes}`);
      const findings = await doWork((work) => check(work, logInvariants(new Secret(RECORD_SECRET))));
      for (const it of findings) assert.deepEqual(it.violations, [], it.sentence);
      assert.deepEqual(server.complaints, []);
    } finally {
      await server.kill();
      rmSync(dir, { recursive: true, force: true });
    }
  }),
);

// A log whose database is set back, or that shows somebody another past, is found by witnesses who remember.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { type Database, Listeners, openDatabase, workIn } from '#kernel';
import { append, Keeper, openLog, Secret } from '#record';
import { verifierKey } from '#record/log';
import { type OwnDatabase, ownDatabase } from '../database.ts';
import { startWitness, type WitnessProcess } from '../witnesses.ts';
import { asAdmin, databaseUrl, silent } from '../work.ts';

const secret = new Secret('a secret for tests, which is as long as it must be');
const origin = 'log.example/delta';
const holder = '01980000-0000-7000-8000-000000000001';

interface Wrong {
  readonly problem: string;
  readonly contradicts: boolean;
}

interface Open {
  readonly keeper: Keeper;
  /** What witnesses would not sign, by name. */
  readonly refused: Map<string, Wrong>;
}

async function opened(doWork: OwnDatabase['doWork'], policy: string): Promise<Open> {
  const refused = new Map<string, Wrong>();
  const house = await doWork((work) => openLog(work, { secret, origin, holder }));
  const keeper = await Keeper.of({
    doWork,
    house,
    policy,
    nowMs: () => performance.now(),
    failed: (error) => assert.fail(error as Error),
    witnessed: (witness, wrong) => void (wrong ? refused.set(witness, wrong) : refused.delete(witness)),
  });
  return { keeper, refused };
}

const tell = (doWork: OwnDatabase['doWork'], n: number) =>
  doWork((work) => append(work, [{ subject: 'pack:P1', type: 'pack.graded', body: { n } }]));

test('a database that is set back, and a past that is told anew, get no signature of a witness who has seen the other', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packloop-rollback-'));
  const witnesses: WitnessProcess[] = [];
  try {
    const vkey = await verifierKey(secret.logKey(origin), 'note');
    for (const name of ['bank', 'maker', 'insurer']) witnesses.push(await startWitness(dir, name, `${origin}=${vkey}`));
    const policy = [...witnesses.map((it) => it.line), 'group them 2 bank maker insurer', 'quorum them', ''].join('\n');
    await ownDatabase(async (own) => {
      const first = await opened(own.doWork, policy);
      await tell(own.doWork, 1);
      await first.keeper.writer.once();
      await first.keeper.cosigning.round();
      assert.deepEqual([...first.refused], []);
      // Kept aside, as an operator would keep a backup to return to.
      const backup = `${new URL(own.url).pathname.slice(1)}_backup`;
      await own.pool.query('select 1');
      await copied(own, backup, async (older) => {
        await tell(own.doWork, 2);
        await first.keeper.writer.once();
        await first.keeper.cosigning.round();
        assert.deepEqual([...first.refused], [], 'the log has grown, as it should');
        const shown = await first.keeper.cosigning.published();

        // The backup is put in its place: it is behind what the witnesses have signed.
        const set = await opened(older, policy);
        await set.keeper.cosigning.round();
        assert.equal(set.refused.size, 3);
        for (const { problem, contradicts } of set.refused.values()) {
          assert.match(problem, /seen the log at size/);
          assert.ok(contradicts, 'that is no outage');
        }
        // And goes on with another past, up to the very same size.
        await tell(older, 3);
        await set.keeper.writer.once();
        await set.keeper.cosigning.round();
        assert.equal(set.refused.size, 3, 'no witness signs a second root of one size');
        // To a server that was started only now it is no outage either.
        const restarted = await opened(older, policy);
        await restarted.keeper.cosigning.round();
        assert.deepEqual(
          [...restarted.refused.values()].map((it) => it.contradicts),
          [true, true, true],
        );
        assert.deepEqual([...restarted.keeper.cosigning.signing.values()], [false, false, false]);
        const forked = await set.keeper.cosigning.published(shown!.size);
        assert.equal(forked, undefined, 'nothing of it can be published under the policy');
        // Longer than the true one: it is still not what they have signed.
        await tell(older, 4);
        await set.keeper.writer.once();
        await set.keeper.cosigning.round();
        assert.equal(set.refused.size, 3);
      });
    })();
  } finally {
    for (const it of witnesses) await it.end();
    rmSync(dir, { recursive: true, force: true });
  }
});

/** A copy of the tables of the record as they are now, in a database of its own. */
async function copied(
  own: OwnDatabase,
  name: string,
  act: (doWork: OwnDatabase['doWork']) => Promise<void>,
): Promise<void> {
  await asAdmin(`create database ${name} template packloop_template`);
  const { db } = openDatabase(databaseUrl(name));
  try {
    for (const table of ['entry', 'sequencer', 'producer', 'stretch', 'piece', 'checkpoint', 'cosignature'])
      await copyRows(own.db, db, table);
    await sql`select setval(pg_get_serial_sequence('record.entry', 'seq'), (select max(seq) from record.entry))`.execute(
      db,
    );
    const place = { db, listeners: new Listeners() };
    await act(
      workIn({
        ...place,
        clock: () => Temporal.Instant.from('2026-11-22T08:00:00Z'),
        newId: () => holder,
        log: silent,
      }),
    );
  } finally {
    await db.destroy();
    await asAdmin(`drop database ${name} with (force)`);
  }
}

async function copyRows(from: Database, to: Database, table: string): Promise<void> {
  const { rows } = await sql<{
    all: string;
  }>`select coalesce(json_agg(t), '[]')::text as all from ${sql.raw(`record.${table}`)} t`.execute(from);
  await sql`insert into ${sql.raw(`record.${table}`)} overriding system value
    select * from json_populate_recordset(null::${sql.raw(`record.${table}`)}, ${rows[0]!.all}::json)`.execute(to);
}

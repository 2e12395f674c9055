// Somebody with all rights on the database changes it behind the house's back. Each change is found: by the audit, by whoever
// verifies the published files, or by a witness that remembers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { check } from '#kernel';
import { append, type Happening, logInvariants, openLog, Secret } from '#record';
import { verifierKey } from '#record/log';
import { type Files, readPolicy, Unproven, utf8, verifyMirror } from '#record/verify';
import { type OwnDatabase, ownDatabase } from '../../../test/database.ts';
import { commitments } from './commit.ts';
import { filesIn } from './pieces.ts';
import { Sequencer } from './sequencer.ts';

const secret = new Secret('a secret for tests, which is as long as it must be');
const holder = '01980000-0000-7000-8000-000000000001';

const graded = (n: number): Happening => ({
  subject: `pack:P${n % 9}`,
  type: 'pack.graded',
  body: { grade: 'vehicle', n },
});

/** A log of 400 events in four batches, which holds. */
async function logOn({ doWork }: OwnDatabase): Promise<Sequencer> {
  const house = await doWork((work) => openLog(work, { secret, origin: 'log.example/delta', holder }));
  const sequencer = new Sequencer({ doWork, house, nowMs: () => performance.now() });
  for (let batch = 0; batch < 4; batch++) {
    await doWork((work) =>
      append(
        work,
        Array.from({ length: 100 }, (_, n) => graded(100 * batch + n)),
      ),
    );
    await sequencer.once();
  }
  return sequencer;
}

async function broken({ doWork }: OwnDatabase): Promise<string[]> {
  const findings = await doWork((work) => check(work, logInvariants(secret)));
  return findings.filter((it) => it.violations.length > 0).map((it) => it.id);
}

/** What a stranger is told of the published files. */
async function strangers({ db }: OwnDatabase): Promise<string> {
  const { rows } = await sql<{ note: string }>`select note from record.checkpoint order by size desc limit 1`.execute(
    db,
  );
  const tiles = filesIn(db);
  const files: Files = async (path) => (path === 'checkpoint' ? utf8(rows[0]!.note) : await tiles(path));
  const key = await verifierKey(secret.logKey('log.example/delta'), 'note');
  const policy = await readPolicy(utf8(`log ${key}\nquorum none\n`));
  return await verifyMirror({ files, policy }).then(
    () => 'holds',
    (error) => (error instanceof Unproven ? error.reason : Promise.reject(error)),
  );
}

/** What is done to the tables, who finds it, and what a stranger says who has only what is published. */
const tamperings: Readonly<Record<string, readonly [statement: string, found: string, stranger: string]>> = {
  'the body of an entry': [
    `update record.entry set body = '{"grade": "recycle", "n": 7}' where seq = 8`,
    'record.body-committed',
    'holds',
  ],
  'the body of an entry, as if text had been taken out for a person': [
    `update record.entry set body = '{"grade": "recycle", "n": 7}', kept = '${JSON.stringify(
      commitments(secret, { seq: 8, subject: 'pack:P7', type: 'pack.graded', body: { grade: 'vehicle', n: 7 } }),
    )}' where seq = 8`,
    'record.body-committed',
    'holds',
  ],
  'what an entry keeps of its commitments': [
    `update record.entry set kept = '{"digest": "x"}' where seq = 8`,
    'record.body-committed',
    'holds',
  ],
  'the subject of an entry': [
    `update record.entry set subject = 'pack:P8' where seq = 8`,
    'record.body-committed',
    'holds',
  ],
  'the time of an entry': [
    `update record.entry set at = at + interval '1 hour' where seq = 8`,
    'record.body-committed',
    'holds',
  ],
  'an entry is deleted': ['delete from record.entry where seq = 8', 'record.body-committed', 'holds'],
  'two entries change places': [
    `update record.entry set body = case seq when 8 then '{"grade": "vehicle", "n": 16}'::json else '{"grade": "vehicle", "n": 7}'::json end where seq in (8, 17)`,
    'record.body-committed',
    'holds',
  ],
  'an entry is slipped in': [
    `insert into record.entry (seq, at, subject, type, body) overriding system value values (-1, now(), 'pack:P1', 'pack.graded', '{}')`,
    'record.placed',
    'holds',
  ],
  'a place is taken away': ['delete from record.stretch where index = 103', 'record.placed', 'holds'],
  'a bit of a tile': [
    `update record.piece set bytes = set_byte(bytes, 40, get_byte(bytes, 40) # 1) where level = 0 and tile = 0 and start = 0`,
    'record.log-holds',
    'tile-differs',
  ],
  'a tile is deleted': ['delete from record.piece where level = 0 and tile = 1', 'record.log-holds', 'file-missing'],
  'a bit of a bundle': [
    `update record.piece set bytes = set_byte(bytes, 60, get_byte(bytes, 60) # 1) where level = -1 and tile = 0 and start = 0`,
    'record.log-holds',
    'tile-differs',
  ],
  'a bundle is deleted': ['delete from record.piece where level = -1 and tile = 1', 'record.log-holds', 'file-missing'],
  'a checkpoint': [
    `update record.checkpoint set note = replace(note, E'\\n409\\n', E'\\n410\\n') where size = 409`,
    'record.log-holds',
    'bad-signature',
  ],
  'the newest checkpoint is deleted': ['delete from record.checkpoint where size = 409', 'record.log-holds', 'holds'],
};

test('every row that is changed behind the house’s back is found', async (t) => {
  for (const [name, [statement, found, stranger]] of Object.entries(tamperings))
    await t.test(
      name,
      ownDatabase(async (own) => {
        await logOn(own);
        assert.deepEqual([await broken(own), await strangers(own)], [[], 'holds']);
        for (const it of ['entry', 'stretch', 'piece', 'checkpoint'])
          await sql.raw(`alter table record.${it} disable trigger user`).execute(own.db);
        await sql.raw(statement).execute(own.db);
        const ids = await broken(own);
        assert.ok(ids.includes(found), `${found} did not notice; ${ids} did`);
        assert.equal(await strangers(own), stranger);
      }),
    );
});

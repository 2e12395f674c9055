import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { sql } from 'kysely';
import { check, type Database } from '#kernel';
import { append, erasePerson, Keeper, logInvariants, openLog, personalOf, Secret } from '#record';
import { verifierKey } from '#record/log';
import { readKey, readPolicy, utf8, verifyMirror, verifyReceipt } from '#record/verify';
import { type OwnDatabase, ownDatabase } from '../../../test/database.ts';
import { verifyDisclosure } from '../verify/disclosure.ts';
import { filesIn } from './pieces.ts';

const secret = new Secret('a secret for tests, which is as long as it must be');
const sealing = { secret, random: (bytes: number) => randomBytes(bytes) };
const origin = 'log.example/delta';

const keeperOn = async ({ doWork }: OwnDatabase): Promise<Keeper> => {
  const holder = '01980000-0000-7000-8000-000000000001';
  const house = await doWork((work) => openLog(work, { secret, origin, holder }));
  const failed = (error: unknown) => assert.fail(error as Error);
  return await Keeper.of({ doWork, house, nowMs: () => performance.now(), failed, witnessed: () => {} });
};

/** Every row of every table, as a dump would hold it. */
async function dump(db: Database): Promise<string> {
  const { rows } = await sql<{ name: string }>`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`.execute(db);
  const texts: string[] = [];
  for (const { name } of rows) {
    const { rows: all } = await sql<{ it: string }>`select t::text as it from ${sql.raw(name)} t`.execute(db);
    texts.push(...all.map((it) => it.it));
  }
  return texts.join('\n');
}

/** All spellings in which bytes may stand in a dump. */
const spellings = (bytes: Uint8Array): string[] => [
  bytes.toHex(),
  bytes.toBase64(),
  bytes.toBase64({ alphabet: 'base64url', omitPadding: true }),
];

test(
  'who is erased is in no row any more, nor is his key or a salt; every proof of before holds as it did',
  ownDatabase(async (own) => {
    const { db, doWork } = own;
    const keeper = await keeperOn(own);
    const given = (person: string, plate: string) =>
      ({
        subject: 'swap:S1',
        type: 'swap.pack-given',
        body: { soc: 90 },
        personal: { person, body: { plate, phone: '13800000000' } },
      }) as const;
    await doWork((work) =>
      append(work, [given('p-1', 'YUE-B12345'), given('p-2', 'YUE-C67890'), given('p-1', 'YUE-B12345')], sealing),
    );
    await keeper.writer.once();
    const kept = await doWork((work) => personalOf(work, secret, 'p-1'));
    assert.equal(kept.length, 2);
    const { rows } = await sql<{ seq: number }>`select seq from record.entry order by seq limit 1`.execute(db);
    const receipt = utf8(await keeper.receipt('swap:S1', rows[0]!.seq, ['interest']));
    const policy = await readPolicy(utf8(`log ${await verifierKey(secret.logKey(origin), 'note')}\nquorum none\n`));
    const producers = [await readKey(await verifierKey(secret.producerKey(origin, 0), 'note'))];
    const proven = await verifyReceipt(receipt, policy, { producers });
    assert.ok(proven.entry.kind === 'event');
    const digests = proven.entry.event.commitments.map((it) => it.digest);
    const told = await verifyDisclosure(kept[0]!.disclosure, digests);
    assert.deepEqual(told.value, { plate: 'YUE-B12345', phone: '13800000000' });

    const secrets = [...kept.map((it) => Uint8Array.from(utf8(it.disclosure))), ...(await keyBytes(db, 'p-1'))];
    const before = await dump(db);
    assert.ok(!before.includes('YUE-B12345') && !before.includes('13800000000'), 'it never stood there in plain words');
    assert.ok(before.includes('p-1'));

    assert.equal(await doWork((work) => erasePerson(work, 'p-1')), 2);
    const after = await dump(db);
    for (const it of [
      'p-1',
      'YUE-B12345',
      ...kept.map((one) => one.disclosure),
      told.salt,
      ...secrets.flatMap(spellings),
    ])
      assert.ok(!after.includes(it), `${it} is still there`);
    assert.deepEqual(await doWork((work) => personalOf(work, secret, 'p-1')), []);
    assert.equal((await doWork((work) => personalOf(work, secret, 'p-2'))).length, 1, 'nobody else is touched');

    // What was proven stays proven, and the log goes on.
    await verifyReceipt(receipt, policy, { producers });
    const again = utf8(await keeper.receipt('swap:S1', rows[0]!.seq, ['interest']));
    await verifyReceipt(again, policy, { producers });
    await doWork((work) => append(work, [given('p-1', 'YUE-D00000')], sealing));
    await keeper.writer.once();
    const tiles = filesIn(db);
    const shown = (await keeper.cosigning.published())!;
    const files = async (path: string) => (path === 'checkpoint' ? shown.checkpoint : await tiles(path));
    assert.equal((await verifyMirror({ files, policy, producers })).replayed.events, 4);
    for (const it of await doWork((work) => check(work, logInvariants(secret))))
      assert.deepEqual(it.violations, [], it.sentence);
    assert.equal((await doWork((work) => personalOf(work, secret, 'p-1'))).length, 1, 'with a key that is new');
  }),
);

async function keyBytes(db: Database, person: string): Promise<Uint8Array[]> {
  const { rows } = await sql<{ key: Buffer }>`select key from record.person_key where person = ${person}`.execute(db);
  return rows.map((it) => it.key);
}

test(
  'what is said of a person is not appended unless it can be sealed',
  ownDatabase(async ({ doWork }) => {
    const fact = {
      subject: 'swap:S1',
      type: 'swap.pack-given',
      body: {},
      personal: { person: 'p', body: {} },
    } as const;
    await assert.rejects(
      doWork((work) => append(work, [fact])),
      /sealed, or not at all/,
    );
  }),
);

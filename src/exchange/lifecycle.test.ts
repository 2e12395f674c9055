// The life of a pack, and what is missing in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { Holder } from '#ledger';
import { succeed } from '#pack';
import { setSlots } from '#station';
import { authorise, reported } from '#swap';
import type { SlotNo } from '#units';
import { withServer } from '../../test/app.ts';
import { cardOf, packCode, reading, smallNetwork, st1 } from '../../test/seed.ts';
import { gapsIn, stageNow, type Told, vocabulary, vouchers } from './lifecycle.ts';
import { profiles } from './profiles.ts';

const at = Temporal.Instant.from('2026-11-22T08:00:00Z');
const told = (...types: readonly string[]): Told[] => types.map((type, n) => ({ seq: n + 1, type, at, body: {} }));
const life = told(
  'pack.registered',
  'swap.pack-given',
  'swap.pack-returned',
  'pack.quarantined',
  'pack.tested',
  'pack.cleared',
  'swap.pack-given',
  'exchange.pack-lost',
  'swap.pack-returned',
  'exchange.pack-found',
  'pack.recalled',
  'pack.recall-lifted',
  'pack.graded',
  'pack.succeeded',
);
const known = { counts: { 'pack.graded': 1, 'pack.succeeded': 1, 'pack.second-use': 0 } };

test('a whole life has no gaps, and every rule of the vocabulary names events that are in it', () => {
  assert.deepEqual(gapsIn(life, known, life.length), []);
  const types = vocabulary.map((it) => it.type);
  assert.equal(new Set(types).size, types.length);
  for (const { after } of vocabulary)
    for (const it of [...(after?.any ?? []), ...(after?.until ?? [])]) assert.ok(types.includes(it), it);
  const wanted = new Set(profiles.flatMap((it) => Object.keys(it.wants)));
  for (const { report } of vocabulary) assert.ok(report === undefined || wanted.has(report), `${report}`);
});

test('whichever event is taken out of a life is missed: by the log’s count each, and most by the rules alone', () => {
  const byRules: string[] = [];
  for (const [n, it] of life.entries()) {
    const rest = life.toSpliced(n, 1);
    assert.ok(gapsIn(rest, known, life.length).length > 0, `${it.type} at ${n}`);
    if (gapsIn(rest, known).length > 0) byRules.push(it.type);
  }
  assert.deepEqual(
    [...new Set(life.map((it) => it.type))].filter((it) => !byRules.includes(it)),
    ['pack.tested', 'pack.cleared', 'exchange.pack-found', 'pack.recall-lifted'],
    'what nothing has to follow is found by the count alone',
  );
});

test('what happens after the end of a life is no part of it', () => {
  const rules = gapsIn([...life, ...told('swap.pack-given')], known).map((it) => it.rule);
  assert.ok(rules.includes('ended'), rules.join());
});

test('a pack is in the stage that its last decision left it in, whatever was measured, booked or signed since', () => {
  const graded = (grade: string): Told => ({ ...told('pack.graded')[0]!, body: { grade } });
  const after = (...events: readonly Told[]) => stageNow(events, {});
  assert.equal(after(...told('pack.registered')), 'production');
  const inside = (holder: Holder) => stageNow(told('pack.registered'), { holder });
  assert.deepEqual([inside('vehicle:LDM1'), inside('station:S1')], ['in-use', 'production'], 'where it was registered');
  const used = told('pack.registered', 'swap.pack-given', 'swap.pack-returned');
  assert.equal(after(...used), 'in-use');
  const shut = [...used, ...told('pack.quarantined', 'pack.recalled', 'health.soh-estimated', 'title.transferred')];
  assert.equal(after(...shut), 'maintenance');
  assert.equal(after(...shut, ...told('pack.cleared')), 'maintenance', 'a recall stands');
  assert.equal(after(...shut, ...told('pack.cleared', 'pack.recall-lifted'), graded('vehicle')), 'in-use');
  const retired = [...shut, graded('recycle'), ...told('pack.cleared', 'pack.handed-over', 'health.soh-estimated')];
  assert.equal(after(...retired), 'retired');
  assert.equal(after(...retired, graded('storage')), 'maintenance');
  assert.equal(after(...used, ...told('exchange.pack-lost', 'exchange.pack-found')), 'maintenance');
  assert.equal(stageNow(retired, { successor: 'X' }), 'second-life');
  assert.equal(stageNow(used, { original: 'X' }), 'second-life');
});

test('who vouches is whoever decided, else who signed, else both sides, else the station', () => {
  const said = { by: 'person:1', signers: ['alfa'], from: 'alfa', to: 'zulu', stationId: 'S1' };
  const { by, signers, from, to, stationId } = said;
  assert.deepEqual(vouchers(said), [by]);
  assert.deepEqual(vouchers({ signers, from, to, stationId }), signers);
  assert.deepEqual(vouchers({ from, to, stationId }), [from, to]);
  assert.deepEqual(vouchers({ stationId }), ['station:S1']);
  assert.deepEqual(vouchers({ from: 'calm', level: 'stop' }), []);
});

test(
  'the life of a pack that was swapped and began a second one is told whole, and an entry that vanished from the record is missed',
  withServer(async ({ app, as }) => {
    const keeper = await app.openLog();
    await app.doWork(async (work) => {
      await smallNetwork(work);
      await authorise(work, [{ stationId: st1, idToken: cardOf(1) }]);
      const about = { stationId: st1, requestId: 7, idToken: cardOf(1), at: work.at } as const;
      await reported(work, [
        { ...about, kind: 'in', packs: [reading(20, 101, 10)] },
        { ...about, kind: 'out', packs: [reading(1, 1, 90)] },
      ]);
      await setSlots(work, [{ stationId: st1, slotNo: 20 as SlotNo, state: 'empty', packCode: null }]);
      await succeed(work, packCode(101), 'test');
    });
    await keeper.writer.once();
    const read = await as('read');
    const path = `/v1/packs/${packCode(101)}/lifecycle`;
    const { body } = await read.get(path);
    assert.deepEqual(
      body.events.map((it: { type: string }) => it.type),
      ['pack.registered', 'swap.pack-returned', 'pack.succeeded'],
    );
    assert.deepEqual([body.stage, body.gaps, body.counted], ['second-life', [], 3]);
    assert.deepEqual(
      body.events.map((it: { by: string[] }) => it.by),
      [[], [`station:${st1}`], ['test']],
    );
    const next = (await read.get(`/v1/packs/${body.successor}/lifecycle`)).body;
    assert.deepEqual([next.original, next.successor, next.stage], [packCode(101), null, 'second-life']);
    assert.deepEqual(
      next.events.map((it: { type: string; by: string[] }) => [it.type, ...it.by]),
      [
        ['pack.registered', 'test'],
        ['pack.second-use', 'test'],
      ],
    );
    for (const { seq } of body.events as { seq: number }[]) {
      const undo = await app.doWork(async (work) => {
        await sql`alter table record.entry disable trigger user`.execute(work.db);
        const { rows } = await sql<{
          subject: string;
        }>`update record.entry set subject = 'pack:ELSEWHERE' where seq = ${seq}
          returning subject`.execute(work.db);
        return rows.length;
      });
      assert.equal(undo, 1);
      assert.ok((await read.get(path)).body.gaps.length > 0, `entry ${seq} is gone, and nobody noticed`);
      await app.doWork((work) =>
        sql`update record.entry set subject = ${`pack:${packCode(101)}`} where seq = ${seq}`.execute(work.db),
      );
    }
    assert.deepEqual((await read.get(path)).body.gaps, []);
  }),
);

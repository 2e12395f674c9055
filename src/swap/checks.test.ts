// Safety checks count whenever they are told: before the pack that they are about is known, and after the vehicle has left.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { resolve } from '#swap';
import { onTheStreet, problemsOf, type Street } from './testing.ts';

/** What a station tells of one swap of the first driver, by name: told in any order. */
const tellings = ({ vehicles: [it], slots, comesIn, goesOut, step, checks }: Street, mating: number) => ({
  step: () => step(5, 'positioned'),
  in: () => comesIn(5, it!, [20, it!.packs[0]!, 12]),
  out: () => goesOut(5, it!, [1, slots[0]!, 90]),
  checks: () => checks(5, { mating }),
});

const orders = [
  ['in', 'checks', 'out'],
  ['checks', 'in', 'out'],
  ['checks', 'out', 'in'],
  ['out', 'checks', 'in'],
  ['step', 'in', 'out', 'checks'], // with no step told the vehicle is taken to have left when its pack is in
] as const;

for (const order of orders) {
  test(
    `a worn coupler blocks the vehicle, told as ${order.join(', ')}`,
    onTheStreet({}, async (street) => {
      const { vehicles, authorised, step, swaps, work } = street;
      await authorised(vehicles[0]!);
      const told = tellings(street, 3000);
      for (const it of order) await told[it]();
      await step(5, 'released');
      const [swap] = await swaps();
      assert.equal(swap!.state, 'blocked');
      assert.deepEqual(swap!.checks.mating, { value: 3000, passed: false, demand: 'fewer than 3000 matings' });
      assert.ok(problemsOf(swap!).includes('check-mating'));
      assert.equal(swap!.bill, null);
      await resolve(work, swap!.id, { how: 'release', reason: 'coupler looked at', by: 'test' });
    }),
  );

  test(
    `a good coupler lets the vehicle go, told as ${order.join(', ')}`,
    onTheStreet({}, async (street) => {
      await street.authorised(street.vehicles[0]!);
      const told = tellings(street, 2999);
      for (const it of order) await told[it]();
      const [swap] = await street.swaps();
      assert.equal(swap!.state, 'settled');
      assert.equal(swap!.checks.mating!.passed, true);
      assert.deepEqual(problemsOf(swap!), []);
    }),
  );
}

test(
  'a check that depends on the pack is open until the pack is known, and judged again when another one goes out',
  onTheStreet({}, async (street) => {
    const { vehicles, slots, authorised, goesOut, swaps } = street;
    await authorised(vehicles[0]!);
    const told = tellings(street, 9_999_999);
    await told.checks();
    const open = { value: 9_999_999, passed: null, demand: 'fewer matings than the pack handed out is rated for' };
    assert.deepEqual((await swaps())[0]!.checks.mating, open);
    await told.in();
    await goesOut(5, vehicles[0]!, [2, slots[1]!, 90]);
    assert.equal((await swaps())[0]!.checks.mating!.passed, false);
  }),
);

test(
  'a check that fails after the vehicle has left is a problem of its swap and a line each, and told again it is neither',
  onTheStreet({}, async (street) => {
    const { vehicles, authorised, checks, swaps, work } = street;
    await authorised(vehicles[0]!);
    const told = tellings(street, 6);
    await told.in();
    await told.out();
    const [released] = await swaps();
    assert.equal(released!.state, 'released');
    work.later({ seconds: 20 });
    for (const _ of ['once', 'again']) await checks(5, { locks: 0, insulation: 3 });
    const [swap] = await swaps();
    assert.deepEqual([swap!.state, swap!.bill], ['released', released!.bill]);
    assert.deepEqual([swap!.checks.locks!.passed, swap!.checks.torque!.passed], [false, true]);
    assert.deepEqual(problemsOf(swap!), ['check-failed-late', 'check-failed-late']);
    const lines = await linesOf(street);
    assert.deepEqual(
      lines.map((it) => [it.kind, it.times, it.facts.swapId, it.facts.check, it.facts.value]),
      [
        ['check-failed-late', 1, swap!.id, 'insulation', 3],
        ['check-failed-late', 1, swap!.id, 'locks', 0],
      ],
    );
    assert.match(lines[1]!.sentence, /locks: measured 0, demanded closed \(1\).* after the swap was settled/);
  }),
);

test(
  'a vehicle that was let go and still stands there is held back by a check that fails late, until it passes',
  onTheStreet({}, async (street) => {
    const { vehicles, authorised, checks, swaps, work } = street;
    await authorised(vehicles[0]!);
    const told = tellings(street, 6);
    for (const it of ['step', 'in', 'out', 'checks'] as const) await told[it]();
    assert.equal((await swaps())[0]!.state, 'settled');
    await checks(5, { interlock: 0 });
    await checks(5);
    const { rows } = await sql<{ value: string }>`select payload->'setVariableData'->0->>'attributeValue' as value
      from station.command order by id`.execute(work.db);
    assert.deepEqual(rows.map((it) => it.value).toSorted(), ['false', 'true', 'true']);
    assert.deepEqual(problemsOf((await swaps())[0]!), ['check-failed-late']);
  }),
);

test(
  'a late check belongs to the swap that just ended, though the next driver is let in already and has no number yet',
  onTheStreet({}, async (street) => {
    const { vehicles, authorised, checks, swaps } = street;
    await authorised(vehicles[0]!);
    const told = tellings(street, 6);
    await told.in();
    await told.out();
    await authorised(vehicles[1]!);
    await checks(5, { locks: 0 });
    const [first, second] = await swaps();
    assert.equal(first!.checks.locks?.passed, false);
    assert.deepEqual([second!.checks, second!.requestId], [{}, null]);
  }),
);

test(
  'checks and steps of a request that nobody knows are lines of their own, with what was told',
  onTheStreet({}, async (street) => {
    await street.checks(77, { locks: 0 });
    await street.step(77, 'installed');
    const lines = await linesOf(street);
    assert.deepEqual([...new Set(lines.map((it) => it.kind))], ['swap-unknown']);
    assert.equal(lines.length, 7);
    const locks = lines.find((it) => it.facts.check === 'locks');
    assert.deepEqual(locks!.facts, { requestId: 77, check: 'locks', value: 0 });
    assert.match(locks!.sentence, /check locks.* measured 0.* request 77/);
    assert.deepEqual(lines.find((it) => it.facts.step)!.facts, { requestId: 77, step: 'installed' });
  }),
);

interface Line {
  readonly kind: string;
  readonly times: number;
  readonly sentence: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

async function linesOf({ work }: Street): Promise<Line[]> {
  const { rows } = await sql<Line>`select kind, times, sentence, facts from station.anomaly
    order by kind, facts->>'check', facts->>'step'`.execute(work.db);
  return rows;
}

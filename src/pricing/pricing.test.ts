import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { divide, priceSwap, tariffFor } from '#pricing';
import { kWh, sumFen, type Wh } from '#units';

const car = tariffFor('chassis-robot');
const anyWh = fc.integer({ min: 0, max: 500_000 }) as fc.Arbitrary<Wh>;

test('40 kWh net at 0.66 + 0.80 yuan cost 58.40 yuan', () => {
  const bill = priceSwap(car, { givenWh: kWh(50), returnedWh: kWh(10) });
  assert.deepEqual(
    bill.lines.map((it) => [it.what, it.amount]),
    [
      ['electricity', 2640],
      ['service', 3200],
    ],
  );
  assert.equal(bill.total, 5840);
});

test('a small swap pays the service for 20 kWh, a scooter only for what it took', () => {
  const small = { givenWh: kWh(11), returnedWh: kWh(10) };
  assert.equal(priceSwap(car, small).total, 66 + 1600);
  assert.equal(priceSwap(tariffFor('cabinet'), small).total, 66 + 120);
});

test('half a fen is rounded up, once a line', () => {
  assert.equal(priceSwap(tariffFor('cabinet'), { givenWh: 25 as Wh, returnedWh: 0 as Wh }).lines[1]!.amount, 3);
  assert.equal(priceSwap(tariffFor('cabinet'), { givenWh: 1 as Wh, returnedWh: 0 as Wh }).total, 0);
});

test('a driver never pays less than the minimum service, never less for more energy, and is never paid', () => {
  fc.assert(
    fc.property(anyWh, anyWh, anyWh, (given, returned, more) => {
      const { total, lines, netWh } = priceSwap(car, { givenWh: given, returnedWh: returned });
      assert.ok(total >= 1600 && netWh >= 0);
      assert.equal(total, sumFen(lines.map((it) => it.amount)));
      assert.ok(priceSwap(car, { givenWh: (given + more) as Wh, returnedWh: returned }).total >= total);
    }),
  );
});

test('the shares of a bill add up to it to the fen, whoever owns the packs', () => {
  const anyOwners = fc.array(
    fc.record({ party: fc.constantFrom('a', 'b', 'operator'), weight: fc.integer({ min: 1, max: 1e11 }) }),
  );
  fc.assert(
    fc.property(anyWh, anyOwners, (given, owners) => {
      const bill = priceSwap(car, { givenWh: given, returnedWh: 0 as Wh });
      const shares = divide(bill, 'operator', owners);
      assert.equal(sumFen(shares.map((it) => it.amount)), bill.total);
      assert.equal(new Set(shares.map((it) => it.party)).size, shares.length);
    }),
  );
});

test('packs on different terms divide one service fee by capacity, each on its own; to the fen, and nobody below nothing', () => {
  const bill = priceSwap(car, { givenWh: kWh(60), returnedWh: kWh(10) }); // service 4000, electricity 3300
  const shares = (...owners: [string, number, number | null][]) =>
    Object.fromEntries(
      divide(
        bill,
        'op',
        owners.map(([party, weight, percent]) => ({ party, weight, percent })),
      ).map((it) => [it.party, it.amount]),
    );
  assert.deepEqual(shares(['a', 1, null]), { op: 3300 + 2400, a: 1600 });
  assert.deepEqual(shares(['a', 1, 50], ['b', 1, 0]), { op: 3300 + 3000, a: 1000 });
  assert.deepEqual(shares(['a', 3, 100], ['b', 1, 20]), { op: 3300 + 800, a: 3000, b: 200 });
  assert.deepEqual(shares(['a', 1, 0]), { op: 7300 });
});

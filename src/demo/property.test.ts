// One network, one day, three owners' structures: the same swaps, other pockets.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { check, type Work } from '#kernel';
import { type Owner, ownersOf, WHOLE_TITLE } from '#pack';
import { get, reported, type Swap } from '#swap';
import { type PackCode, type PartyId, Percent, type StationId } from '#units';
import { rolledBack, type TestWork, testStart } from '../../test/work.ts';
import { allInvariants } from '../audit.ts';
import { giveKeys, say, transfer } from '../pack/title/testing.ts';
import { delta12 } from './delta12.ts';
import { ownersBy, type Property, properties } from './property.ts';
import { registerWorld } from './register.ts';
import type { World } from './world.ts';

/** What owners get of the service fee, of a hundred. */
const ownersGet = { maker: 40, bank: 50, joint: 40 };
const random = (size: number) => new Uint8Array(size).fill(7);
const here = 'SZ-02' as StationId;
const SWAPS = 6;

/** The station in Futian with its packs and the first vehicles that swap packs of 75 kWh there. */
function small(property: Property): World {
  const all = delta12(12, testStart, property);
  const travellers = all.travellers
    .filter((it) => it.stationIds[0] === here && it.packs.length === 1 && it.packs[0]!.model === 'nio-75')
    .slice(0, SWAPS);
  const drivers = new Set(travellers.map((it) => it.token.driverId));
  return {
    ...all,
    stations: all.stations.filter((it) => it.id === here),
    stock: all.stock.filter((it) => it.change.stationId === here && it.pack.model === 'nio-75'),
    travellers,
    drivers: all.drivers.filter((it) => drivers.has(it.id)),
    topUps: all.topUps.filter((it) => drivers.has(it.driverId)),
  };
}

/** The nth vehicle brings its pack and gets the nth of the stock. */
async function swapOnce(work: TestWork, world: World, nth: number): Promise<void> {
  const { token, packs } = world.travellers[nth]!;
  const { pack, change } = world.stock[nth]!;
  const reading = (slotNo: number, code: PackCode, soc: number) => [
    { slotNo: slotNo as never, serial: code as string, soc: Percent(soc), soh: Percent(95) },
  ];
  const told = { stationId: here, at: work.at, idToken: token.idToken, requestId: nth + 1 };
  await reported(work, [{ ...told, kind: 'in', packs: reading(20, packs[0]!.code, 12) }]);
  await reported(work, [{ ...told, kind: 'out', packs: reading(change.slotNo, pack.code, 93) }]);
  await reported(work, [
    { ...told, kind: 'in', packs: reading(20, packs[0]!.code, 12) },
    { ...told, kind: 'out', packs: reading(change.slotNo, pack.code, 93) },
  ]); // told twice
  work.later({ hours: 4 });
}

/** What each party got from a swap, in fen, by the ledger. */
async function gotFrom(work: Work, swapId: string): Promise<Map<string, number>> {
  const prefix = `swap/${swapId}/share/`;
  const { rows } = await sql<{ id: string; amount: string }>`select id, amount::text from ledger.transfer
    where starts_with(id, ${prefix})`.execute(work.db);
  return new Map(rows.map((it) => [it.id.slice(prefix.length), Number(it.amount)]));
}

const swapsOf = async (work: Work): Promise<Swap[]> => {
  const { rows } = await sql<{ id: Swap['id'] }>`select id from swap.swap order by started_at`.execute(work.db);
  return await Promise.all(rows.map((it) => get(work, it.id)));
};

/** Largest remainder, written anew: each gets what is whole, and the fen that are left go to those who lost most. */
function byRemainder(fen: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const parts = weights.map((it) => Math.floor((fen * it) / sum));
  const lost = weights.map((it, index) => ({ index, rest: (fen * it) % sum })).toSorted((a, b) => b.rest - a.rest);
  for (const { index } of lost.slice(0, fen - parts.reduce((a, b) => a + b, 0))) parts[index]! += 1;
  return parts;
}

/** By hand: electricity and 60 of 100 of the service to the operator, 40 to the owners by share. */
async function demandPaid(work: Work, swap: Swap, owners: readonly Owner[], percent = 40): Promise<void> {
  assert.equal(swap.state, 'released');
  const fen = (what: string) =>
    swap.bill!.lines.filter((it) => it.what === what).reduce((sum, it) => sum + it.amount, 0);
  const [forOwners, forOperator] = byRemainder(fen('service'), [percent, 100 - percent]) as [number, number];
  assert.ok(forOwners > 100, 'there is something to divide');
  const expected = new Map([['op-pearl', fen('electricity') + forOperator]]);
  const weights = owners.map((it) => it.millionths);
  for (const [index, part] of byRemainder(forOwners, weights).entries()) {
    const { party } = owners[index]!;
    expected.set(party, (expected.get(party) ?? 0) + part);
  }
  const got = await gotFrom(work, swap.id);
  assert.deepEqual(Object.fromEntries(got), Object.fromEntries(expected));
  assert.equal(
    [...got.values()].reduce((sum, it) => sum + it, 0),
    swap.bill!.total,
  );
}

test('the three structures are the same network: who owns its packs on which terms is all that differs, and each pack is owned whole', () => {
  const bare = (property: Property) => {
    const { stock, travellers, ...rest } = delta12(12, testStart, property);
    const packs = [...stock.map((it) => it.pack), ...travellers.flatMap((it) => it.packs)];
    for (const { owners } of packs) {
      assert.equal(
        owners.reduce((sum, it) => sum + it.millionths, 0),
        WHOLE_TITLE,
      );
      const kinds = new Set(owners.map((it) => it.party.split('-')[0]));
      assert.deepEqual([owners.length > 1, kinds.has('maker')], [property === 'joint', property === 'maker']);
    }
    return { rest, packs: packs.map(({ owners, structure, ownersPercent, restrictions, ...pack }) => pack) };
  };
  const [maker, ...others] = properties.map(bare);
  for (const it of others) assert.deepEqual(it, maker);
});

test('a structure that nobody could fill is refused', () => {
  const nobody = { makers: {}, banks: [], joint: [] };
  for (const it of properties) assert.throws(() => ownersBy(it, { maker: 'NIO' }, nobody, 0.99), RangeError);
});

const days = new Map<Property, unknown>();
for (const property of properties)
  test(
    `a day of swaps with packs held by structure "${property}" pays operator and owners by share, to the fen`,
    rolledBack(async (work) => {
      const world = small(property);
      await registerWorld(work, world, random);
      for (let nth = 0; nth < SWAPS; nth += 1) await swapOnce(work, world, nth);
      const swaps = await swapsOf(work);
      assert.equal(swaps.length, SWAPS);
      for (const [nth, swap] of swaps.entries())
        await demandPaid(work, swap, world.stock[nth]!.pack.owners, ownersGet[property]);
      for (const it of await check(work, allInvariants)) assert.deepEqual(it.violations, [], it.sentence);
      const day = swaps.map((it) => [it.given.map((one) => one.code), it.bill]);
      for (const other of days.values()) assert.deepEqual(day, other, 'the same swaps, the same bills');
      days.set(property, day);
    }),
  );

test(
  'packs that entered on other terms pay their owners another part of the service fee, of the same swaps and bills',
  rolledBack(async (work) => {
    const plain = small('joint');
    const stock = plain.stock.map((it) => ({ ...it, pack: { ...it.pack, ownersPercent: 75 } }));
    const world = { ...plain, stock };
    await registerWorld(work, world, random);
    for (let nth = 0; nth < SWAPS; nth += 1) await swapOnce(work, world, nth);
    const swaps = await swapsOf(work);
    for (const [nth, swap] of swaps.entries()) await demandPaid(work, swap, stock[nth]!.pack.owners, 75);
    assert.deepEqual(
      swaps.map((it) => [it.given.map((one) => one.code), it.bill]),
      days.get('joint'),
      'the same day',
    );
    for (const it of await check(work, allInvariants)) assert.deepEqual(it.violations, [], it.sentence);
  }),
);

test(
  'owners change the structure by signature while the network runs, and income follows title from that moment',
  rolledBack(async (work) => {
    const world = small('maker');
    await registerWorld(work, world, random);
    await giveKeys(work, 'maker-nio', 'bank-south', 'owner-taxi');
    await swapOnce(work, world, 0);
    const { pack } = world.stock[1]!;
    await say(work, pack.code, transfer('maker-nio', 'bank-south', 500_000), ['maker-nio', 'bank-south']);
    await say(work, pack.code, transfer('maker-nio', 'owner-taxi', 333_333), ['maker-nio', 'owner-taxi']);
    await swapOnce(work, world, 1);
    // Sold after the swap: what was earned stays with who owned it then.
    const { pack: first } = world.stock[0]!;
    await say(work, first.code, transfer('maker-nio', 'owner-taxi', WHOLE_TITLE), ['maker-nio', 'owner-taxi']);
    const [before, after] = await swapsOf(work);
    const share = (party: string, millionths: number): Owner => ({ party: party as PartyId, millionths });
    await demandPaid(work, before!, [share('maker-nio', WHOLE_TITLE)]);
    await demandPaid(work, after!, [
      share('bank-south', 500_000),
      share('owner-taxi', 333_333),
      share('maker-nio', 166_667),
    ]);
    assert.equal(
      (await ownersOf(work, [pack.code])).get(pack.code)!.reduce((sum, it) => sum + it.millionths, 0),
      WHOLE_TITLE,
    );
    for (const it of await check(work, allInvariants)) assert.deepEqual(it.violations, [], it.sentence);
  }),
);

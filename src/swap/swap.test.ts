import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { check } from '#kernel';
import { accounts, balance, ledgerInvariants } from '#ledger';
import { find as findPacks, whereAre } from '#pack';
import { setTokenStatus } from '#party';
import { history } from '#record';
import { anomalies, slotsOf } from '#station';
import {
  authorise,
  cancel,
  get,
  quoteFor,
  reported,
  requestSwap,
  reserve,
  type Swap,
  type SwapReport,
  swapInvariants,
  sweep,
} from '#swap';
import type { PackCode, StationId, SwapId } from '#units';
import { cardOf, packCode, reading, smallNetwork, st1, vinOf, whAt } from '../../test/seed.ts';
import { rolledBack, type TestWork } from '../../test/work.ts';

type PacksReport = SwapReport & { kind: 'in' | 'out' | 'out-timeout' };

const packsIn = (
  work: TestWork,
  requestId: number,
  driver: number,
  packs = [reading(20, 100 + driver, 10)],
): PacksReport => ({
  kind: 'in',
  stationId: st1,
  requestId,
  idToken: cardOf(driver),
  packs,
  at: work.at,
});
const packsOut = (work: TestWork, requestId: number, driver: number, packs = [reading(1, 1, 90)]): PacksReport => ({
  ...packsIn(work, requestId, driver, packs),
  kind: 'out',
});

const atStation = async (work: TestWork, driver: number): Promise<Swap> => {
  const [answer] = await authorise(work, [{ stationId: st1, idToken: cardOf(driver) }]);
  assert.equal(answer!.status, 'Accepted', JSON.stringify(answer));
  return get(work, answer!.swapId!);
};

const money = async (
  work: TestWork,
  holder: 'driver:driver-1' | 'party:op' | 'party:bank' | 'party:maker' | `clearing:${string}`,
) => {
  const name = { unit: 'money', asset: 'CNY', holder } as const;
  const account = (await accounts(work, [name])).get(`money|CNY|${holder}`);
  return account ? balance(account) : 0;
};

const placeOf = async (work: TestWork, n: number) => (await whereAre(work, [packCode(n)])).get(packCode(n));

const problemsOf = (swap: Swap) => swap.problems.map((it) => it.code);

/** All rules of the books hold. */
const clean = async (work: TestWork): Promise<void> => {
  for (const it of await check(work, [...ledgerInvariants, ...swapInvariants]))
    assert.deepEqual(it.violations, [], it.sentence);
};

test(
  'a driver swaps: two packs change hands, the energy is booked, the bill is split among operator and owners to the fen',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const before = await atStation(work, 1);
    assert.equal(before.promised[0]!.code, packCode(1));
    assert.match(before.because!, /./);
    await reported(work, [packsIn(work, 7, 1)]);
    assert.equal((await get(work, before.id)).state, 'stored');
    assert.equal(await placeOf(work, 101), 'station:ST-1');
    work.later({ minutes: 3 });
    await reported(work, [packsOut(work, 7, 1)]);

    const swap = await get(work, before.id);
    assert.equal(swap.state, 'released');
    assert.equal(swap.bill!.netWh, whAt(90) - whAt(10));
    assert.equal(await placeOf(work, 1), `vehicle:${vinOf(1)}`);
    assert.equal(await money(work, 'driver:driver-1'), 100_000 - swap.bill!.total);
    const paid =
      (await money(work, 'party:op')) + (await money(work, 'party:bank')) + (await money(work, 'party:maker'));
    assert.equal(paid, swap.bill!.total);
    assert.equal(await money(work, `clearing:swaps/${st1}`), 0);
    const slots = (await slotsOf(work, [st1])).get(st1)!;
    assert.deepEqual([slots[0]!.packCode, slots[0]!.state, slots[19]!.packCode], [null, 'empty', packCode(101)]);
    assert.deepEqual(
      (await history(work, `pack:${packCode(1)}`)).map((it) => it.type),
      ['pack.registered', 'swap.pack-given'],
    );
    await clean(work);
  }),
);

test(
  'a message that comes again, before or after the end, changes nothing',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const { id } = await atStation(work, 1);
    const [came, went] = [packsIn(work, 7, 1), packsOut(work, 7, 1)];
    await reported(work, [came]);
    await reported(work, [came]);
    await reported(work, [went, went]);
    const done = await get(work, id);
    const paid = await money(work, 'party:op');
    await reported(work, [came, went, came]);
    assert.deepEqual(await get(work, id), done);
    assert.equal(await money(work, 'party:op'), paid);
    assert.equal(done.moves, 2);
    await clean(work);
  }),
);

test(
  'out before in ends in the same bill: the order of messages does not matter',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const { id } = await atStation(work, 1);
    await reported(work, [packsOut(work, 7, 1)]);
    assert.equal((await get(work, id)).state, 'installed');
    await reported(work, [packsIn(work, 7, 1)]);
    const swap = await get(work, id);
    assert.equal(swap.state, 'released');
    assert.equal(swap.bill!.netWh, whAt(90) - whAt(10));
    await clean(work);
  }),
);

test(
  'a swap that nobody announced is booked as it happened, and owed',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await reported(work, [packsIn(work, 7, 1), packsOut(work, 7, 1)]);
    assert.equal(await placeOf(work, 1), `vehicle:${vinOf(1)}`);
    assert.equal(await money(work, 'driver:driver-1'), 100_000);
    const owed = { unit: 'money', asset: 'CNY', holder: 'outside:arrears/driver-1' } as const;
    const account = (await accounts(work, [owed])).get('money|CNY|outside:arrears/driver-1')!;
    assert.equal(account.debitsPosted, await paidOut(work));
    await clean(work);
  }),
);
const paidOut = async (work: TestWork) =>
  (await money(work, 'party:op')) + (await money(work, 'party:bank')) + (await money(work, 'party:maker'));

const stranger = 'WHO-KNOWS' as PackCode;

test(
  'a pack that nobody registered is booked where it is, told to the operator, and not promised to anybody',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const { id } = await atStation(work, 1);
    await reported(work, [packsIn(work, 7, 1, [{ ...reading(20, 101, 10), serial: stranger }])]);
    const swap = await get(work, id);
    assert.deepEqual(problemsOf(swap), ['pack-unknown']);
    assert.equal((await whereAre(work, [stranger])).get(stranger), 'station:ST-1');
    assert.ok((await anomalies(work, { after: 0, most: 10 } as never)).length > 0);
    await clean(work);
  }),
);

test(
  'a pack whose code stands in another station too goes into quarantine',
  rolledBack(async (work) => {
    await smallNetwork(work, { drivers: 2 });
    await smallNetwork(work, { drivers: 2, station: 'ST-2' as StationId, standing: 0 });
    await reported(work, [{ ...packsIn(work, 9, 2, [reading(3, 1, 50)]), stationId: 'ST-2' as StationId }]);
    const [pack] = await findPacks(work, [packCode(1)]);
    assert.equal(pack!.quarantined, true);
    assert.match(pack!.quarantinedWhy!, /ST-2 while at ST-1/);
    const [answer] = await authorise(work, [{ stationId: st1, idToken: cardOf(1) }]);
    assert.notEqual(answer!.promised?.[0]?.code, packCode(1));
    await clean(work);
  }),
);

test(
  'BatteryOutTimeout leaves an orphan that is told, and the driver can come back for a pack',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const { id } = await atStation(work, 1);
    await reported(work, [packsIn(work, 7, 1)]);
    await reported(work, [{ ...packsOut(work, 7, 1), kind: 'out-timeout' }]);
    assert.equal((await get(work, id)).state, 'stranded');
    assert.ok(problemsOf(await get(work, id)).includes('orphan-pack'));
    const again = await atStation(work, 1);
    assert.equal(again.id, id);
    await reported(work, [packsOut(work, 8, 1)]);
    assert.equal((await get(work, id)).state, 'released');
    await clean(work);
  }),
);

test(
  'a driver who gets the own pack back pays nothing',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const { id } = await atStation(work, 1);
    await reported(work, [packsIn(work, 7, 1)]);
    await reported(work, [packsOut(work, 7, 1, [reading(20, 101, 10)])]);
    const swap = await get(work, id);
    assert.deepEqual([swap.state, swap.bill!.total], ['released', 0]);
    assert.equal(await money(work, 'driver:driver-1'), 100_000);
    assert.equal(await placeOf(work, 101), `vehicle:${vinOf(1)}`);
    await clean(work);
  }),
);

test(
  'the station may give another pack than the promised one: the promise is free again',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const one = await atStation(work, 1);
    const two = await atStation(work, 2);
    assert.notEqual(one.promised[0]!.code, two.promised[0]!.code);
    await reported(work, [packsIn(work, 7, 1), packsOut(work, 7, 1, [reading(2, 2, 90)])]); // promised to driver 2
    assert.ok(problemsOf(await get(work, one.id)).includes('promise-broken'));
    await reported(work, [packsIn(work, 8, 2), packsOut(work, 8, 2, [reading(1, 1, 90)])]);
    assert.equal((await get(work, two.id)).state, 'released');
    await clean(work);
  }),
);

test(
  'a station counts its requests anew after a reboot: the same number is another swap',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const first = await atStation(work, 1);
    await reported(work, [packsIn(work, 1, 1), packsOut(work, 1, 1)]);
    work.later({ hours: 5 });
    const second = await atStation(work, 1);
    await reported(work, [packsIn(work, 1, 1, [reading(1, 1, 20)])]);
    assert.equal((await get(work, second.id)).state, 'stored');
    await reported(work, [packsOut(work, 1, 1, [reading(2, 2, 90)])]);
    assert.equal((await get(work, second.id)).state, 'released');
    assert.notEqual(first.id, second.id);
    await clean(work);
  }),
);

test(
  'two drivers under the same number are two swaps: station and platform count in the same space',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const [one, two] = [await atStation(work, 1), await atStation(work, 2)];
    await reported(work, [packsIn(work, 5, 1), packsIn(work, 5, 2, [reading(21, 102, 10)])]);
    await reported(work, [packsOut(work, 5, 2, [reading(2, 2, 90)]), packsOut(work, 5, 1)]);
    for (const { id } of [one, two]) assert.equal((await get(work, id)).state, 'released');
    await clean(work);
  }),
);

test(
  'a failed check blocks the release and the payment until it passes; a worn coupler leads to another pack',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const { id } = await atStation(work, 1);
    const step = (report: object) => ({ stationId: st1, requestId: 7, at: work.at, ...report }) as SwapReport;
    const measure = (check: string, value: number) => step({ kind: 'check', check, value });
    await reported(work, [step({ kind: 'step', step: 'positioned' }), packsIn(work, 7, 1), packsOut(work, 7, 1)]);
    assert.equal((await get(work, id)).state, 'installed');
    const fine = [
      measure('locks', 1),
      measure('interlock', 1),
      measure('torque', 100),
      measure('coolant', 0),
      measure('mating', 6),
    ];
    await reported(work, [...fine, measure('insulation', 40)]);
    assert.equal((await get(work, id)).state, 'blocked');
    await reported(work, [step({ kind: 'step', step: 'released' })]);
    assert.equal((await get(work, id)).state, 'blocked');
    assert.equal(await money(work, 'party:op'), 0);

    await reported(work, [packsIn(work, 7, 1, [reading(1, 1, 90)]), packsOut(work, 7, 1, [reading(2, 2, 90)])]);
    assert.equal((await get(work, id)).state, 'installed');
    await reported(work, [...fine, measure('insulation', 900)]);
    assert.equal((await get(work, id)).state, 'settled');
    await reported(work, [step({ kind: 'step', step: 'released' })]);
    assert.equal((await get(work, id)).state, 'released');
    assert.equal(await placeOf(work, 1), 'station:ST-1');
    assert.equal(await placeOf(work, 2), `vehicle:${vinOf(1)}`);
    await clean(work);
  }),
);

test(
  'who is not known, blocked, without money or without a fitting pack is refused with the reason',
  rolledBack(async (work) => {
    await smallNetwork(work, { standing: 1, drivers: 3 });
    const statusOf = async (idToken: string) => (await authorise(work, [{ stationId: st1, idToken }]))[0]!;
    assert.equal((await statusOf('nobody')).status, 'Unknown');
    await setTokenStatus(work, cardOf(2), 'blocked');
    assert.equal((await statusOf(cardOf(2))).status, 'Blocked');
    await setTokenStatus(work, cardOf(2), 'expired');
    assert.equal((await statusOf(cardOf(2))).status, 'Expired');
    assert.equal((await statusOf(cardOf(1))).status, 'Accepted');
    const third = await statusOf(cardOf(3));
    assert.deepEqual([third.status, third.why!.code], ['NotAtThisTime', 'no-pack']);
    await clean(work);
  }),
);

test(
  'a reservation holds pack and money, survives arrival, and gives both back when cancelled or when nobody comes',
  rolledBack(async (work) => {
    await smallNetwork(work, { standing: 1 });
    const wish = { stationId: st1, idToken: cardOf(1), arriveBy: work.at.add({ minutes: 20 }) };
    const quote = await quoteFor(work, wish);
    const reserved = await reserve(work, wish);
    assert.equal(reserved.held, quote.atMost.total);
    assert.equal((await authorise(work, [{ stationId: st1, idToken: cardOf(2) }]))[0]!.status, 'NotAtThisTime');
    assert.equal((await cancel(work, reserved.id)).state, 'cancelled');
    const again = await reserve(work, wish);
    work.later({ minutes: 10 });
    const here = await atStation(work, 1);
    assert.equal(here.id, again.id);
    assert.deepEqual(Object.keys(here.steps).sort(), ['arrived', 'authorised', 'identified', 'reserved']);
    work.later({ minutes: 16 });
    assert.equal(await sweep(work), 1);
    assert.equal((await get(work, again.id)).state, 'expired');
    assert.equal((await authorise(work, [{ stationId: st1, idToken: cardOf(2) }]))[0]!.status, 'Accepted');
    await assert.rejects(reserve(work, { ...wish, arriveBy: work.at.add({ hours: 3 }) }), {
      code: 'arrival-out-of-range',
    });
    await clean(work);
  }),
);

test(
  'a swap from afar is numbered by us and told to the station; nothing is left when the station rejects it',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const swap = await requestSwap(work, { stationId: st1, idToken: cardOf(1), by: 'test' });
    assert.ok(swap.requestId! >= 1_000_000_000);
    await reported(work, [packsIn(work, swap.requestId!, 1), packsOut(work, swap.requestId!, 1)]);
    assert.equal((await get(work, swap.id)).state, 'released');
    await assert.rejects(requestSwap(work, { stationId: st1, idToken: 'nobody', by: 'test' }), {
      code: 'token-unknown',
    });
    await clean(work);
  }),
);

test(
  'money, packs and energy add up over many swaps in one batch, and one unknown swap is a clear refusal',
  rolledBack(async (work) => {
    const drivers = 12;
    await smallNetwork(work, { standing: 12, drivers, preset: 'nio-g3' });
    const asks = Array.from({ length: drivers }, (_, index) => ({ stationId: st1, idToken: cardOf(index + 1) }));
    const answers = await authorise(work, asks);
    assert.deepEqual(new Set(answers.map((it) => it.status)), new Set(['Accepted']));
    assert.equal(new Set(answers.map((it) => it.promised![0]!.code)).size, drivers);
    const promised = answers.map((it) => it.promised![0]!);
    await reported(
      work,
      promised.flatMap((pack, index) => [
        packsIn(work, index, index + 1, [reading(13 + (index % 8), 101 + index, 10)]),
        {
          ...packsOut(work, index, index + 1),
          packs: [{ ...reading(pack.slotNo, 0, 90), serial: pack.code }],
        } as SwapReport,
      ]),
    );
    for (const { swapId } of answers) assert.equal((await get(work, swapId!)).state, 'released');
    assert.equal(await money(work, `clearing:swaps/${st1}`), 0);
    await assert.rejects(get(work, '00000000-0000-7000-8000-000000000000' as SwapId), {
      code: 'swap-unknown',
      status: 404,
    });
    await clean(work);
  }),
);

const energyAt = async (work: TestWork, holder: `vehicle:${string}` | `station:${string}`) => {
  const name = { unit: 'energy', asset: 'Wh', holder } as const;
  const account = (await accounts(work, [name])).get(`energy|Wh|${holder}`);
  return account ? balance(account) : 0;
};

test(
  'a pack that is told again under other numbers moves its energy once',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const before = await energyAt(work, 'station:ST-1');
    await reported(work, [packsIn(work, 1, 1)]);
    await reported(work, [packsIn(work, 2, 1, [reading(21, 101, 10)])]);
    await reported(work, [packsIn(work, 3, 1, [reading(22, 101, 10)])]);
    assert.equal((await energyAt(work, 'station:ST-1')) - before, whAt(10));
    assert.equal(await energyAt(work, `vehicle:${vinOf(1)}`), 0);
    const told = await anomalies(work, { after: 0, most: 10 } as never);
    assert.ok(JSON.stringify(told).includes('without asking'));
    await clean(work);
  }),
);

test(
  'a pack that must not be on the road goes out: told, and the vehicle is not released',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await sql`update pack.pack set leak_test_passed = false where code = ${packCode(1)}`.execute(work.db);
    const { id, promised } = await atStation(work, 1);
    assert.notEqual(promised[0]!.code, packCode(1));
    await reported(work, [packsIn(work, 7, 1), packsOut(work, 7, 1)]);
    const swap = await get(work, id);
    assert.equal(swap.state, 'blocked');
    assert.ok(problemsOf(swap).includes('forbidden-pack-given'), JSON.stringify(swap.problems));
    assert.equal(await money(work, 'party:op'), 0);
    await reported(work, [packsIn(work, 7, 1, [reading(1, 1, 90)]), packsOut(work, 7, 1, [reading(2, 2, 90)])]);
    assert.equal((await get(work, id)).state, 'released');
    await clean(work);
  }),
);

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { Work } from '#kernel';
import { mustPost } from '#ledger';
import { Firmware, type PackModelId, quarantine, register as registerPacks } from '#pack';
import { addParties, enrol, makeKey } from '#party';
import { register as registerStations, setSlots } from '#station';
import { authorise, reported } from '#swap';
import { type DriverId, type PackCode, type PartyId, Percent, type SlotNo, type StationId, W, type Wh } from '#units';
import { type Reply, type TestApp, withServer } from '../../test/app.ts';
import { cardOf, packCode, reading, smallNetwork, st1, vinOf } from '../../test/seed.ts';
import { mapNow, mapThen } from './api.ts';

const st2 = 'ST-2' as StationId;

/** A share of a pack changes hands, as a signed transfer books it. */
async function sold(work: Work, code: PackCode, from: string, to: string, millionths: number): Promise<void> {
  const account = (party: string) => ({ unit: 'title' as const, asset: code, holder: `party:${party}` as const });
  const sale = { kind: 'posted' as const, id: `sale/${code}`, debit: account(from), credit: account(to) };
  await mustPost(work, [[{ ...sale, amount: millionths, reason: 'sold' }]]);
}
const nasty = '<script>alert(1)</script>=HYPERLINK("x")';

/** Another operator with a station and a pack in it, which nobody else has a part in. */
async function rival(work: Work): Promise<void> {
  await addParties(work, [{ id: 'rival' as PartyId, name: 'Rival', kind: 'operator' }]);
  await registerStations(
    work,
    [
      {
        id: st2,
        name: nasty,
        operatorId: 'rival' as PartyId,
        presetId: 'nio-g3' as never,
        place: { latitude: 31.2, longitude: 121.5 },
        timeZone: 'Asia/Shanghai',
        swapOrder: 'In-Out',
        securityProfile: 2,
        region: 'CN-SH',
      },
    ],
    (size) => Buffer.alloc(size, 9),
  );
  await registerPacks(work, [
    {
      code: packCode(900),
      model: 'nio-100' as PackModelId,
      capacityWh: 100_000 as Wh,
      soh: Percent(88),
      soc: Percent(40),
      quarantined: false,
      recalled: false,
      producedOn: Temporal.PlainDate.from('2026-02-01'),
      leakTestedOn: null,
      leakTestPassed: true,
      firmware: Firmware('9.0.0'),
      efc: 200,
      matingCycles: 50,
      holder: `station:${st2}`,
      owners: [{ party: 'rival' as PartyId, millionths: 1_000_000 }],
    },
  ]);
  await setSlots(work, [
    {
      stationId: st2,
      slotNo: 4 as SlotNo,
      state: 'occupied',
      packCode: packCode(900),
      soc: Percent(40),
      soh: Percent(88),
      powerW: W(50_000),
      measuredAt: work.at,
    },
  ]);
  await enrol(work, [{ id: 'rival-driver' as DriverId, name: nasty, payment: 'prepaid' }]);
}

const bothNetworks = ({ app }: TestApp) =>
  app.doWork(async (work) => {
    await smallNetwork(work);
    await rival(work);
  });

/** One swap at ST-1: pack 101 in, pack 1 out. */
async function swapOnce(work: Work): Promise<void> {
  await authorise(work, [{ stationId: st1, idToken: cardOf(1) }]);
  const about = { stationId: st1, requestId: 7, idToken: cardOf(1), at: work.at } as const;
  await reported(work, [
    { ...about, kind: 'in', packs: [reading(20, 101, 10)] },
    { ...about, kind: 'out', packs: [reading(1, 1, 90)] },
  ]);
}

const codes = ({ body }: Reply): string[] => body.items.map((it: { code: string }) => it.code);

test(
  'the map has every station once, in columns that keep to the contract, and says when it was read',
  withServer(async (it) => {
    await bothNetworks(it);
    const { body } = await (await it.as()).get('/v1/map');
    const map = mapNow.parse(body);
    assert.deepEqual(map.id, [st1, st2]);
    for (const column of Object.values(map).filter((all) => Array.isArray(all) && all.length > 1))
      assert.equal((column as unknown[]).length % 2, 0);
    assert.deepEqual(
      [map.ready, map.slots, map.charging, map.openSwap],
      [
        [3, 0],
        [21, 21],
        [0, 1],
        [null, null],
      ],
    );
    assert.deepEqual(
      [map.operators[map.operator[1]!], map.regions[map.region[1]!], map.region[0]],
      ['rival', 'CN-SH', -1],
    );
    assert.equal(map.name[1], nasty, 'a name is text, whatever it looks like');
    assert.ok(map.at.equals(it.app.clock()));
  }),
);

test(
  'the map is kept as it was, once in five minutes, and what was before is said to be missing',
  withServer(async (it) => {
    await bothNetworks(it);
    await it.app.tick();
    await it.app.tick();
    const anybody = await it.as();
    const times = (await anybody.get('/v1/map/history/times')).body;
    assert.deepEqual([times.times.length, times.everyMinutes, times.keptHours], [1, 5, 48]);
    const then = mapThen.parse((await anybody.get('/v1/map/history?at=2026-11-22T09:00:00Z')).body);
    assert.deepEqual([then.id, then.ready, then.at.toString()], [[st1, st2], [3, 0], times.times[0]]);
    const missing = await anybody.get('/v1/map/history?at=2026-11-21T09:00:00Z');
    assert.deepEqual([missing.status, missing.body.type], [404, '/problems/history-missing']);
    assert.equal((await anybody.get('/v1/map/history?at=yesterday')).status, 400);
  }),
);

test(
  'the twin of a station shows its slots, the swap under way step by step with its checks, and who waits',
  withServer(async (it) => {
    await bothNetworks(it);
    await it.app.doWork(async (work) => {
      await authorise(work, [{ stationId: st1, idToken: cardOf(1) }]);
      const about = { stationId: st1, requestId: 7, idToken: cardOf(1), at: work.at } as const;
      await reported(work, [
        { ...about, kind: 'step', step: 'positioned', at: work.at.add({ seconds: 20 }) },
        { ...about, kind: 'in', packs: [reading(20, 101, 10)], at: work.at.add({ seconds: 90 }) },
      ]);
      await authorise(work, [{ stationId: st1, idToken: cardOf(2) }]);
    });
    const reader = await it.as('read');
    const { body } = await reader.get(`/v1/stations/${st1}/now`);
    assert.deepEqual([body.slots.length, body.ready, body.queue.length], [21, 3, 1]);
    assert.equal(body.slots[19].packCode, packCode(101));
    assert.match(body.running.waitingFor, /station/);
    const positioned = body.running.steps.find((step: { step: string }) => step.step === 'positioned');
    assert.deepEqual([positioned.tookS, positioned.expectedS], [20, 21.6], '15 % of 144 s');
    assert.equal(body.running.steps.filter((step: { isNext: boolean }) => step.isNext).length, 1);
    assert.deepEqual(
      body.running.checks.map((check: { check: string; value: unknown }) => [check.check, check.value]).length,
      6,
      'the checks that are still to come are named',
    );
    assert.ok(body.slots.some((slot: { promisedTo: string | null }) => slot.promisedTo === body.running.id));
    assert.equal((await reader.get('/v1/stations/NOWHERE/now')).body.type, '/problems/station-unknown');
  }),
);

test(
  'what a station said and was told is read page by page, newest first, with what was never answered; for who runs it',
  withServer(async (it) => {
    await bothNetworks(it);
    const operator = await it.as('read', 'operate');
    await it.app.doWork(async (work) => {
      for (const [n, direction, action] of [
        [1, 'in', 'BootNotification'],
        [2, 'in', 'Heartbeat'],
        [3, 'out', 'GetBaseReport'],
        [3, 'in', 'NotifyReport'],
      ] as const)
        await sql`insert into ocpp.message (station_id, message_id, digest, direction, action, at, raw, answer)
          values (${st1}, ${`m-${action}`}, gen_random_uuid(), ${direction}, ${action},
            ${work.at.add({ minutes: n }).toString()}, ${nasty}, '{}')`.execute(work.db);
    });
    const asked = await operator.post(`/v1/stations/${st1}/commands`, { action: 'Reset', payload: { type: 'OnIdle' } });
    const path = `/v1/stations/${st1}/messages`;
    const seen: { action: string; raw: string; state: string }[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await operator.get(`${path}?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...body.items);
      cursor = body.nextCursor ?? '';
      if (cursor === '') break;
    }
    assert.deepEqual(seen.map((one) => one.action).toSorted(), [
      'BootNotification',
      'GetBaseReport',
      'Heartbeat',
      'NotifyReport',
      'Reset',
    ]);
    assert.deepEqual(
      seen.slice(2).map((one) => [one.action, one.state]),
      [
        ['Heartbeat', 'answered'],
        ['BootNotification', 'answered'],
        ['Reset', 'queued'],
      ],
    );
    assert.equal(seen[0]!.raw, nasty);
    const found = async (query: string) =>
      (await operator.get(`${path}?${query}`)).body.items.map((one: { action: string }) => one.action);
    assert.deepEqual(await found('action=Heartbeat'), ['Heartbeat']);
    assert.deepEqual(await found('direction=out&action=Reset'), ['Reset']);
    assert.deepEqual(await found('from=2026-11-22T08:02:30Z&direction=out'), ['GetBaseReport']);
    assert.deepEqual(await found('to=2026-11-22T08:01:30Z&direction=in'), ['BootNotification']);
    assert.deepEqual((await operator.get(`${path}?cursor=nonsense`)).body.type, '/problems/cursor-wrong');
    assert.equal((await (await it.as('read')).get(path)).status, 403, 'raw messages hold what drivers show');
    assert.equal(asked.status, 200);
    await it.app.doWork((work) =>
      sql`update station.command set state = 'timed-out', tries = 2, sent_at = ${work.at.toString()}`.execute(work.db),
    );
    const [silent] = (await operator.get(`${path}?action=Reset`)).body.items;
    const frame = [2, `${asked.body.id.replaceAll('-', '')}-2`, 'Reset', { type: 'OnIdle' }];
    assert.deepEqual([silent.raw, silent.state], [JSON.stringify(frame), 'timed-out']);
  }),
);

test(
  'each filter of packs finds exactly what it names, and filters hold together',
  withServer(async (it) => {
    await bothNetworks(it);
    await it.app.doWork((work) => quarantine(work, [{ code: packCode(2), why: 'a dent' }]));
    const reader = await it.as('read');
    const found = async (query: string) => codes(await reader.get(`/v1/packs?${query}`));
    const [standing, driven] = [
      [packCode(1), packCode(2), packCode(3)],
      [packCode(101), packCode(102)],
    ];
    assert.deepEqual(await found(''), [...standing, ...driven, packCode(900)].toSorted());
    assert.deepEqual(await found('state=ready'), [packCode(1), packCode(3)]);
    assert.deepEqual(await found('state=standing'), [packCode(2)]);
    assert.deepEqual(await found('state=charging'), [packCode(900)]);
    assert.deepEqual(await found('state=on-road'), driven);
    assert.deepEqual(await found('model=nio-100'), [packCode(900)]);
    assert.deepEqual(await found(`place=station:${st1}`), standing);
    assert.deepEqual(await found(`place=vehicle:${vinOf(1)}`), [packCode(101)]);
    assert.deepEqual(await found('owner=rival'), [packCode(900)]);
    assert.deepEqual(await found('socMax=20'), driven);
    assert.deepEqual(await found('sohMax=90&socMin=30'), [packCode(900)]);
    assert.deepEqual(await found('quarantined=true'), [packCode(2)]);
    assert.equal((await found('quarantined=false')).length, 5);
    assert.deepEqual(await found('recalled=true'), []);
    assert.deepEqual(await found(`search=${packCode(102).slice(3, 16).toLowerCase()}`), [packCode(102)]);
    assert.deepEqual(await found('search=%25'), [], 'a percent sign is a percent sign');
    assert.deepEqual(await found('state=ready&quarantined=true'), []);
    assert.equal((await reader.get('/v1/packs?state=broken')).status, 400);

    const counts = (await reader.get('/v1/packs/counts?socMin=30')).body;
    assert.deepEqual([counts.total, counts.quarantined], [4, 1]);
    assert.deepEqual(counts.byState, { ready: 2, standing: 1, charging: 1 });
    assert.deepEqual(counts.byModel, { 'nio-75': 3, 'nio-100': 1 });
  }),
);

test(
  'whatever is added meanwhile, a list that is read page by page gives each row once, in every order',
  withServer(async (it) => {
    await bothNetworks(it);
    const reader = await it.as('read');
    for (const order of ['sort=code', 'sort=soh&order=desc', 'sort=efc', 'sort=soc&order=desc', 'sort=observedAt']) {
      const seen: string[] = [];
      for (let cursor = ''; ; ) {
        const page = await reader.get(`/v1/packs?limit=2&${order}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
        assert.equal(page.status, 200, JSON.stringify(page.body));
        seen.push(...codes(page));
        cursor = page.body.nextCursor ?? '';
        if (cursor === '') break;
      }
      assert.deepEqual(seen.toSorted(), [1, 2, 3, 101, 102, 900].map(packCode).toSorted(), order);
      assert.equal(new Set(seen).size, seen.length, order);
    }
    const first = await reader.get('/v1/packs?limit=3');
    await it.app.doWork((work) => smallNetwork(work, { standing: 9, drivers: 4 }));
    const rest = await reader.get(`/v1/packs?limit=100&cursor=${first.body.nextCursor}`);
    assert.equal(new Set([...codes(first), ...codes(rest)]).size, codes(first).length + codes(rest).length);
    assert.ok(codes(rest).includes(packCode(900)) && codes(rest).includes(packCode(102)));
    for (const cursor of ['x y', 'bm9uc2Vuc2U', '%F0%9F%98%80'])
      assert.equal((await reader.get(`/v1/packs?sort=soh&cursor=${cursor}`)).status, 400, cursor);
  }),
);

test(
  'a pack has its whole story on one page: custody, title, history, health as reported, and what it earned',
  withServer(async (it) => {
    await bothNetworks(it);
    await it.app.doWork(swapOnce);
    const reader = await it.as('read');
    const { body } = await reader.get(`/v1/packs/${packCode(1)}/story`);
    assert.equal(body.pack.state, 'on-road');
    assert.deepEqual(
      body.custody.map((one: { holder: string }) => one.holder),
      [`vehicle:${vinOf(1)}`, `station:${st1}`],
    );
    assert.deepEqual(
      body.title.map((one: { party: string; name: string }) => [one.party, one.name]),
      [
        ['bank', 'Bank'],
        ['maker', 'Maker'],
      ],
    );
    assert.deepEqual(
      body.health.series.map((one: { from: string; soh: number }) => [one.from, one.soh]),
      [['given', 98]],
    );
    assert.equal(body.history[0].type, 'swap.pack-given');
    assert.match(body.history[0].swapId, /^[0-9a-f-]{36}$/);
    const shares = (await reader.get('/v1/ledger/accounts?kind=party&unit=money')).body.items;
    const earned = Object.fromEntries(
      body.money.earned.map((one: { party: string; fen: number }) => [`party:${one.party}`, one.fen]),
    );
    for (const one of shares.filter((share: { holder: string }) => share.holder in earned))
      assert.equal(earned[one.holder], one.balance, `what ${one.holder} earned is what the books have`);
    assert.ok(body.money.totalFen > 0 && body.money.totalFen < body.money.billedFen);
    await it.app.doWork((work) => sold(work, packCode(1), 'bank', 'maker', 100_000));
    const after = (await reader.get(`/v1/packs/${packCode(1)}/story`)).body;
    assert.deepEqual(after.money, body.money, 'whoever sells a share keeps what it earned before');
    assert.notDeepEqual(after.title, body.title);
    assert.equal(body.notYet.carbon.value, null);
    assert.equal(body.code.parts.find((one: { part: string }) => one.part === 'manufacturer').written, '001');
    assert.equal((await reader.get('/v1/packs/NOBODY/story')).status, 404);
  }),
);

test(
  'each filter of swaps finds what it names; only who may see people may ask for one driver’s',
  withServer(async (it) => {
    await bothNetworks(it);
    await it.app.doWork(swapOnce);
    await it.app.doWork((work) => authorise(work, [{ stationId: st1, idToken: cardOf(2) }]));
    const [anybody, reader, clerk] = [await it.as(), await it.as('read'), await it.as('read', 'register')];
    const states = async (query: string, caller = reader) =>
      (await caller.get(`/v1/swaps?${query}`)).body.items.map((one: { state: string }) => one.state);
    assert.deepEqual(await states(''), ['authorised', 'released']);
    assert.deepEqual(await states('open=true'), ['authorised']);
    assert.deepEqual(await states('open=false'), ['released']);
    assert.deepEqual(await states('state=released'), ['released']);
    assert.deepEqual(await states('state=aborted'), []);
    assert.deepEqual(await states(`station=${st2}`), []);
    assert.deepEqual(await states(`pack=${packCode(101)}`), ['released']);
    assert.deepEqual(await states('problems=true'), []);
    assert.deepEqual(await states('from=2026-11-22T08:00:00Z&to=2026-11-22T08:00:01Z'), ['authorised', 'released']);
    assert.deepEqual(await states('from=2026-11-22T08:00:01Z'), []);
    assert.equal((await anybody.get(`/v1/swaps?pack=${packCode(101)}`)).body.type, '/problems/pack-filter');
    assert.deepEqual(await states('state=released', anybody), ['released']);
    for (const query of ['driver=driver-1', `vin=${vinOf(1)}`]) {
      assert.equal((await anybody.get(`/v1/swaps?${query}`)).body.type, '/problems/person-filter');
      assert.equal((await anybody.get(`/v1/swaps/counts?${query}`)).status, 403);
      assert.deepEqual(await states(query, clerk), ['released']);
    }
    const counts = (await anybody.get('/v1/swaps/counts')).body;
    assert.deepEqual([counts.total, counts.open, counts.byState], [2, 1, { authorised: 1, released: 1 }]);
  }),
);

test(
  'a swap shows its steps, its bill and every transfer behind it; drivers and vehicles are named to who may see people',
  withServer(async (it) => {
    await bothNetworks(it);
    await it.app.doWork(swapOnce);
    const [reader, clerk] = [await it.as('read'), await it.as('read', 'register')];
    const [{ id }] = (await reader.get('/v1/swaps')).body.items;
    const { body } = await clerk.get(`/v1/swaps/${id}/story`);
    assert.deepEqual([body.driverId, body.vin, body.stationName], ['driver-1', vinOf(1), 'Station 1']);
    assert.equal(
      body.shares.reduce((sum: number, one: { fen: number }) => sum + one.fen, 0),
      body.swap.totalFen,
      'the shares are the bill',
    );
    assert.deepEqual([...new Set(body.transfers.map((one: { unit: string }) => one.unit))].toSorted(), [
      'custody',
      'energy',
      'money',
    ]);
    assert.ok(body.record.some((one: { type: string }) => one.type === 'swap.settled'));
    const veiled = await reader.get(`/v1/swaps/${id}/story`);
    assert.doesNotMatch(JSON.stringify(veiled.body), /driver-1|LPL75|card-1/);
    assert.equal((await reader.get(`/v1/swaps/${id.replace(/^./, 'f')}/story`)).status, 404);
  }),
);

test(
  'people, vehicles, tokens and devices are listed for who may see them, as text',
  withServer(async (it) => {
    await bothNetworks(it);
    const [reader, clerk] = [await it.as('read'), await it.as('read', 'register')];
    for (const path of ['/v1/drivers', '/v1/vehicles', '/v1/tokens'])
      assert.equal((await reader.get(path)).status, 403, path);
    const drivers = (await clerk.get('/v1/drivers')).body.items;
    assert.deepEqual(
      drivers.map((one: { id: string; balanceFen: number; tokens: number }) => [one.id, one.balanceFen, one.tokens]),
      [
        ['driver-1', 100_000, 1],
        ['driver-2', 100_000, 1],
        ['rival-driver', null, 0],
      ],
    );
    assert.equal(drivers[2].name, nasty);
    assert.deepEqual((await clerk.get('/v1/drivers?search=script')).body.items.length, 1);
    assert.deepEqual((await clerk.get('/v1/drivers?payment=postpaid')).body.items, []);
    const [car] = (await clerk.get(`/v1/vehicles?search=${vinOf(2)}`)).body.items;
    assert.deepEqual([car.drivers, car.packs, car.modelName !== null], [['driver-2'], [packCode(102)], true]);
    const [token] = (await clerk.get('/v1/tokens?driver=driver-1')).body.items;
    assert.deepEqual([token.idToken, token.driverName, token.status], ['card-1', 'Driver 1', 'active']);
    const page = await clerk.get('/v1/tokens?limit=1');
    const next = await clerk.get(`/v1/tokens?limit=1&cursor=${encodeURIComponent(page.body.nextCursor)}`);
    assert.equal(next.body.items[0].idToken, 'card-2');
    const devices = (await reader.get('/v1/devices?securityProfile=2')).body.items;
    assert.deepEqual([devices.length, devices[0].stationId, devices[0].name], [1, st2, nasty]);
    assert.doesNotMatch(JSON.stringify(devices), /hash|salt|password/);
  }),
);

test(
  'the running balance of an account is the same from both ends and on every page, and ends at the balance',
  withServer(async (it) => {
    await bothNetworks(it);
    await it.app.doWork(swapOnce);
    const reader = await it.as('read');
    const [account] = (await reader.get('/v1/ledger/accounts?holder=driver:driver-1&unit=money')).body.items;
    const walked = async (order: string) => {
      const all: { seq: number; change: number; balanceAfter: number }[] = [];
      for (let cursor = ''; ; ) {
        const { body } = await reader.get(
          `/v1/ledger/accounts/${account.id}/transfers?limit=1&order=${order}${cursor && `&cursor=${cursor}`}`,
        );
        all.push(...body.items);
        cursor = body.nextCursor ?? '';
        if (cursor === '') return all.map(({ seq, change, balanceAfter }) => ({ seq, change, balanceAfter }));
      }
    };
    const forwards = await walked('asc');
    assert.deepEqual(forwards, (await walked('desc')).toReversed());
    assert.equal(forwards.at(-1)!.balanceAfter, account.balance);
    assert.equal(
      forwards.reduce((sum, one) => sum + one.change, 0),
      account.balance,
    );
    assert.equal((await reader.get(`/v1/ledger/accounts/${account.id}`)).body.available, account.available);
    assert.equal((await reader.get('/v1/ledger/accounts/999999')).body.type, '/problems/account-unknown');
  }),
);

test(
  'a transfer shows both sides, what became of a promise, and what happened together with it',
  withServer(async (it) => {
    await bothNetworks(it);
    await it.app.doWork(swapOnce);
    const reader = await it.as('read');
    const [{ id }] = (await reader.get('/v1/swaps')).body.items;
    const charge = (await reader.get(`/v1/ledger/transfers/${encodeURIComponent(`swap/${id}/charge`)}`)).body;
    assert.deepEqual(
      [charge.state, charge.from.holder, charge.to.holder],
      ['posted', 'driver:driver-1', `clearing:swaps/${st1}`],
    );
    assert.deepEqual(
      charge.chain.map((one: { kind: string }) => one.kind),
      ['pending', 'post'],
    );
    assert.equal(charge.linked.length, charge.transfer.legs);
    assert.equal((await reader.get('/v1/ledger/transfers/nothing')).body.type, '/problems/transfer-unknown');
    const filtered = async (query: string) => (await reader.get(`/v1/ledger/accounts?${query}`)).body.items;
    assert.ok((await filtered('kind=clearing')).every((one: { holder: string }) => one.holder.startsWith('clearing:')));
    assert.ok((await filtered('nonZero=false')).every((one: { balance: number }) => one.balance === 0));
    assert.ok((await filtered('search=DRIVER-2')).some((one: { holder: string }) => one.holder === 'driver:driver-2'));
  }),
);

test(
  'where a car could be served, and the clauses that deny the others, each reason once',
  withServer(async (it) => {
    await bothNetworks(it);
    const clerk = await it.as('read', 'register');
    const fits = (await clerk.get('/v1/compatibility/stations?vehicle=nio-et5&pack=nio-75')).body;
    assert.deepEqual([fits.fitting, fits.reasons], [2, []]);
    const byName = (await clerk.get(`/v1/compatibility/stations?vehicle=${vinOf(1)}&pack=${packCode(1)}`)).body;
    assert.deepEqual([byName.vehicle.id, byName.pack.id], ['nio-et5', 'nio-75']);
    const denied = (await clerk.get('/v1/compatibility/stations?vehicle=nio-et5&pack=choco-20-lfp')).body;
    assert.deepEqual([denied.fitting, denied.reasons.length, denied.reasons[0].stations], [0, 1, 2]);
    assert.ok(denied.reasons[0].denied.every((one: { sentence: string }) => one.sentence.length > 10));
    assert.equal((await clerk.get('/v1/compatibility/stations?vehicle=tank&pack=nio-75')).status, 422);
    const reader = await it.as('read');
    assert.equal(
      (await reader.get(`/v1/compatibility/stations?vehicle=${vinOf(1)}&pack=nio-75`)).status,
      422,
      'who may not see people learns nothing of a VIN',
    );
  }),
);

test(
  'nothing of another organisation is in any list, any single thing or any total',
  withServer(
    async (it) => {
      await bothNetworks(it);
      await it.app.doWork(swapOnce);
      await it.app.tick();
      const { app } = it;
      const key = await app.doWork((work) =>
        makeKey(work, {
          name: 'rival',
          scopes: ['read', 'operate', 'register'],
          partyId: 'rival' as PartyId,
          random: randomBytes(32),
        }),
      );
      const headers = { authorization: `Bearer ${key}` };
      const get = async (url: string) => app.http.inject({ url, headers });
      const lists = [
        ...['/v1/map', '/v1/map/history?at=2026-11-22T09:00:00Z', '/v1/map/stations', '/v1/stations', '/v1/devices'],
        ...['/v1/packs', '/v1/packs/counts', '/v1/swaps', '/v1/swaps/counts', '/v1/anomalies', '/v1/ledger/accounts'],
        ...['/v1/drivers', '/v1/vehicles', '/v1/tokens', '/v1/compatibility/stations?vehicle=nio-et5&pack=nio-75'],
      ];
      for (const url of lists) {
        const reply = await get(url);
        assert.equal(reply.statusCode, 200, `${url}: ${reply.body}`);
        assert.doesNotMatch(
          reply.body,
          /ST-1|driver-[12]|card-|LPL75|"op"|party:(op|bank|maker)|001PB750000(001|101)/,
          url,
        );
      }
      assert.equal((await get('/v1/packs/counts')).json().total, 1);
      assert.deepEqual(codes({ body: (await get('/v1/packs')).json() } as Reply), [packCode(900)]);
      assert.deepEqual((await get('/v1/map')).json().id, [st2]);
      const swapId = await app.doWork(async (work) => {
        const { rows } = await sql<{ id: string }>`select id from swap.swap`.execute(work.db);
        return rows[0]!.id;
      });
      for (const url of [
        ...[`/v1/stations/${st1}/now`, `/v1/stations/${st1}/messages`, `/v1/stations/${st1}/messages/actions`],
        ...[`/v1/packs/${packCode(1)}/story`, `/v1/swaps/${swapId}/story`, '/v1/ledger/accounts/1'],
        ...['/v1/ledger/accounts/1/transfers', `/v1/ledger/transfers/${encodeURIComponent(`swap/${swapId}/charge`)}`],
      ])
        assert.equal((await get(url)).statusCode, 404, url);
    },
    { PUBLIC_VIEW: false },
  ),
);

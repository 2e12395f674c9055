// Issue 2: a network cut of 30 minutes loses nothing and doubles nothing. The station swaps on with the authorisations
// that it has kept, charges on, and tells everything in order once it is back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fault } from '../../simulator/faults.ts';
import { type Simulated, simulated, swapsOf } from './simulated.ts';

const VEHICLES = 8;
const CUT_S = 30 * 60;
const plan = { vehicles: VEHICLES, standing: 12 };

test(
  'a busy station is without network for 30 minutes: every swap and every charging is booked once, in order',
  simulated(plan, async (it) => {
    const { scheduler, station, vehicles } = it;
    const everybodySwaps = async (everyS: number) => {
      for (const vehicle of vehicles) {
        vehicle.arrive(30);
        await scheduler.turn(everyS);
      }
    };
    await everybodySwaps(200);
    await scheduler.turn(3600); // what came in is charged
    const online = await swapsOf(it);
    assert.deepEqual(
      online.map((swap) => swap.state),
      Array(VEHICLES).fill('released'),
    );
    const heardBefore = await messagesHeard(it);

    station.cut(CUT_S);
    const cutAt = scheduler.ms();
    await everybodySwaps(CUT_S / VEHICLES - 2);
    assert.equal(station.isConnected, false);
    assert.equal(
      vehicles.flatMap(({ outcomes }) => outcomes).filter(({ kind }) => kind === 'swapped').length,
      2 * VEHICLES,
    );
    assert.deepEqual(await messagesHeard(it), heardBefore, 'nobody hears a station without network');
    const kept = station.unanswered;
    assert.ok(kept > 10 * VEHICLES, `${kept} messages are kept`);

    assert.ok(await scheduler.turnUntil(() => station.isConnected && station.unanswered === 0, 900));
    const swaps = await swapsOf(it);
    assert.equal(swaps.length, 2 * VEHICLES);
    assert.deepEqual(
      swaps.map((swap) => swap.state),
      Array(2 * VEHICLES).fill('released'),
    );
    const offline = swaps.slice(VEHICLES);
    assert.ok(offline.every((swap) => swap.origin === 'unannounced'));
    for (const swap of offline) {
      const told = Object.entries(swap.steps).filter(([step]) => step !== 'settled');
      assert.equal(told.length, 10, `all steps are known: ${Object.keys(swap.steps)}`);
      for (const [step, at] of told)
        assert.ok(
          Date.parse(at) >= cutAt && Date.parse(at) <= cutAt + CUT_S * 1000,
          `${step} has the time at which it was done`,
        );
      assert.equal(Object.keys(swap.checks).length, 6);
    }
    await demandChargedOnce(it, swaps);
    await demandOrder(it);
    await demandEnergy(it);
    await scheduler.turn(1200); // nothing comes later either
    assert.equal((await swapsOf(it)).length, 2 * VEHICLES);
  }),
);

test(
  'a cut in the middle of a swap, whichever step it is at: the swap goes on and is booked once',
  simulated({ vehicles: 6, standing: 8 }, async (it) => {
    const { scheduler, station, vehicles } = it;
    for (const [index, vehicle] of vehicles.entries()) {
      vehicle.arrive(20);
      await scheduler.turn(10 + index * 25);
      station.cut(60);
      assert.ok(await scheduler.turnUntil(() => vehicle.outcomes.length > 0 && station.unanswered === 0, 1800));
      assert.deepEqual(vehicle.outcomes, [{ kind: 'swapped' }]);
    }
    const swaps = await swapsOf(it);
    assert.deepEqual(
      swaps.map((swap) => [swap.state, swap.origin, swap.problems]),
      Array(vehicles.length).fill(['released', 'local', []]),
    );
    await demandChargedOnce(it, swaps);
    await demandOrder(it);
  }),
);

test(
  'a station that says every message twice, in another order: each swap is booked once',
  simulated({ vehicles: 8, standing: 10 }, async (it) => {
    const { scheduler, station, vehicles } = it;
    station.faults.add(fault('resend', { id: 'same' }, { share: 0.5 }));
    station.faults.add(fault('resend', { id: 'new' }, { share: 0.5 }));
    station.faults.add(fault('reorder', { how: 'events-first' }, { share: 0.5 }));
    station.faults.add(fault('reorder', { how: 'out-first' }, { share: 0.3 }));
    for (const vehicle of vehicles) {
      vehicle.arrive(20);
      assert.ok(
        await scheduler.turnUntil(() => vehicle.outcomes.length > 0 && station.unanswered === 0, 3600),
        `${JSON.stringify(vehicle.outcomes)}, ${station.unanswered} messages unanswered`,
      );
    }
    assert.deepEqual(
      vehicles.map(({ outcomes }) => outcomes),
      Array(vehicles.length).fill([{ kind: 'swapped' }]),
    );
    const swaps = await swapsOf(it);
    assert.deepEqual(
      swaps.map((swap) => swap.state),
      Array(vehicles.length).fill('released'),
    );
    await demandChargedOnce(it, swaps);
  }),
);

const messagesHeard = async ({ pool }: Simulated): Promise<number> =>
  (await pool.query(`select count(*)::int as heard from ocpp.message where direction = 'in'`)).rows[0].heard;

/** Each driver has paid, or owes, every one of his swaps once. */
async function demandChargedOnce({ pool, vehicles }: Simulated, swaps: Awaited<ReturnType<typeof swapsOf>>) {
  const { rows } = await pool.query<{ payer: string; times: number; fen: number }>(
    `select a.holder as payer, count(*)::int as times, sum(t.amount)::int as fen from ledger.transfer t
     join ledger.account a on a.id = t.debit_id
     where a.unit = 'money' and t.kind in ('post', 'posted') and t.amount > 0 and (a.holder like 'driver:%' or a.holder like 'outside:arrears/%')
     group by 1`,
  );
  for (const { driverId } of vehicles) {
    const mine = swaps.filter((it) => it.driverId === driverId);
    const payments = rows.filter(
      (it) => it.payer === `driver:${driverId}` || it.payer === `outside:arrears/${driverId}`,
    );
    assert.equal(
      payments.reduce((sum, it) => sum + it.times, 0),
      mine.length,
      driverId,
    );
    assert.equal(
      payments.reduce((sum, it) => sum + it.fen, 0),
      mine.reduce((sum, it) => sum + it.bill!.total, 0),
    );
  }
}

/** What a station keeps until it is answered has numbers that count up; each is logged in the transaction that handled it. */
async function demandOrder({ pool }: Simulated) {
  const { rows } = await pool.query<{ id: string }>(
    `select message_id as id from ocpp.message where direction = 'in'
       and action in ('BatterySwap', 'NotifyEvent', 'TransactionEvent', 'StatusNotification', 'NotifyReport') order by xmin::text::bigint`,
  );
  const ids = rows.map((it) => Number(it.id));
  assert.deepEqual(
    ids,
    ids.toSorted((a, b) => a - b),
  );
  assert.equal(new Set(ids).size, ids.length);
}

/** Every event of every charging has come, and the ledger has what the slots' meters show, but for what still flows. */
async function demandEnergy({ pool, station }: Simulated) {
  const { rows: gaps } = await pool.query(`select id from station.transaction where missing <> '{}'`);
  assert.deepEqual(gaps, []);
  const { rows } = await pool.query<{ slot: number; wh: number }>(
    `select slot_no as slot, sum(last_wh - first_wh)::int as wh from station.transaction group by 1`,
  );
  const metered = new Map(rows.map((it) => [it.slot, it.wh]));
  const { rows: open } = await pool.query<{ slot: number }>(
    `select slot_no as slot from station.transaction where state = 'open'`,
  );
  const charging = new Set(open.map((it) => it.slot));
  for (const { no, registerWh } of station.slots)
    if (!charging.has(no)) assert.ok(Math.abs((metered.get(no) ?? 0) - registerWh) <= 2, `slot ${no}`);
    else assert.ok((metered.get(no) ?? 0) <= registerWh + 1, `slot ${no}`);
}

// What the books must say after all of it: each pack where it really is, each driver charged once for each swap.
import assert from 'node:assert/strict';
import type pg from 'pg';
import type { DoWork } from '#kernel';
import { audit } from '../../src/audit.ts';
import type { BuiltNetwork, BuiltVehicle } from '../network.ts';
import type { DurableStation } from './station.ts';

export interface Truth {
  readonly network: BuiltNetwork;
  readonly stations: readonly DurableStation[];
  readonly vehicles: readonly BuiltVehicle[];
  /** How many swaps each driver has really made. */
  readonly swapsOf: ReadonlyMap<string, number>;
}

export async function demandTrueBooks(pool: pg.Pool, doWork: DoWork, truth: Truth): Promise<void> {
  await demandCleanAudit(doWork);
  await demandPacksInPlace(pool, truth);
  await demandChargedOnce(pool, truth);
}

export async function demandCleanAudit(doWork: DoWork): Promise<void> {
  const { findings } = await doWork((work) => audit(work, 'test'));
  assert.ok(findings.length >= 40, 'the audit checks all rooms');
  assert.deepEqual(
    findings.filter((it) => it.violations.length > 0),
    [],
  );
}

async function demandPacksInPlace(pool: pg.Pool, { stations, vehicles }: Truth): Promise<void> {
  const { rows: slots } = await pool.query<{ station_id: string; slot_no: number; pack_code: string | null }>(
    'select station_id, slot_no, pack_code from station.slot order by station_id, slot_no',
  );
  const booked = Map.groupBy(slots, (it) => it.station_id);
  for (const { id, slots } of stations)
    assert.deepEqual(
      booked.get(id)!.map((it) => it.pack_code),
      slots,
      `the packs in ${id}`,
    );
  const { rows: held } = await pool.query<{ holder: string; asset: string }>(
    `select holder, asset from ledger.account where unit = 'custody' and credits_posted > debits_posted and holder not like 'outside:%'`,
  );
  const byHolder = Map.groupBy(held, (it) => it.holder);
  const assets = (holder: string) => (byHolder.get(holder) ?? []).map((it) => it.asset).toSorted();
  for (const { vin, packs } of vehicles)
    assert.deepEqual(assets(`vehicle:${vin}`), packs.toSorted(), `what ${vin} holds`);
  for (const { id, slots } of stations)
    assert.deepEqual(assets(`station:${id}`), slots.filter((it) => it !== null).toSorted(), `what ${id} holds`);
}

async function demandChargedOnce(pool: pg.Pool, { vehicles, swapsOf }: Truth): Promise<void> {
  const { rows } = await pool.query<{
    driver: string;
    swaps: number;
    open: number;
    billed: number;
    charges: number;
    paid: number;
  }>(
    `select d.id as driver, s.*, c.*, coalesce(a.debits_posted, 0)::float8 as paid
     from party.driver d
     cross join lateral (select count(*) filter (where state = 'released')::int as swaps, count(*) filter (where ended_at is null)::int as open,
       coalesce(sum(total_fen), 0)::float8 as billed from swap.swap where body->>'driverId' = d.id) s
     left join ledger.account a on a.unit = 'money' and a.holder = 'driver:' || d.id
     cross join lateral (select count(*)::int as charges from ledger.transfer t
       where t.debit_id = a.id and t.kind in ('post', 'posted')) c`,
  );
  for (const it of rows) {
    const swaps = swapsOf.get(it.driver) ?? 0;
    assert.deepEqual([it.swaps, it.charges, it.open], [swaps, swaps, 0], `${it.driver}: swaps, charges, open swaps`);
    assert.equal(it.paid, it.billed, `${it.driver} paid what the bills say`);
  }
  assert.equal(rows.length, vehicles.length);
}

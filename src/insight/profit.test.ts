// Profit and loss by party: sums of the books, to the fen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { Refused, type Work } from '#kernel';
import { everything } from '#kernel/api';
import { type Holder, mustPost } from '#ledger';
import { assumedGridPrice } from '#pricing';
import type { PartyId } from '#units';
import { withServer } from '../../test/app.ts';
import { tenant } from '../../test/tenants.ts';
import { onTheStreet, type Street } from '../swap/testing.ts';
import { profitCsv, profitOf } from './reads/profit.ts';

/** The nth vehicle brings its pack and gets the one in slot n. */
async function swapOnce(street: Street, nth: number): Promise<void> {
  const vehicle = street.vehicles[nth - 1]!;
  await street.authorised(vehicle);
  await street.comesIn(nth, vehicle, [20, vehicle.packs[0]!, 10]);
  await street.goesOut(nth, vehicle, [nth, street.slots[nth - 1]!, 90]);
  await sql`update station.slot set pack_code = null, state = 'empty' where slot_no = 20`.execute(street.work.db);
}

/** A pack charged so much there; booked as charging is. */
async function charge(work: Work, station: string, amount: number): Promise<void> {
  const at = work.at.toString();
  const of = (holder: Holder) => ({ unit: 'energy' as const, asset: 'Wh', holder });
  const sides = { debit: of('outside:grid'), credit: of(`station:${station}`) };
  const id = `charge/${station}/tx/${amount}`;
  await mustPost(work, [[{ kind: 'posted', id, ...sides, amount, reason: 'charged' }]]);
  await sql`insert into station.transaction
      (station_id, id, slot_no, pack_code, state, started_at, ended_at, first_wh, last_wh, booked_wh, first_seq_no,
       last_seq_no, received, updated_at)
    values (${station}, 'tx', 3, null, 'ended', ${at}, ${at}, 0, ${amount}, ${amount}, 0, 1, 2, ${at})`.execute(
    work.db,
  );
}

const profitAt = ({ work }: Street, filters = {}) => profitOf(work, { filters, reach: everything }, true);
const byParty = (it: Awaited<ReturnType<typeof profitAt>>) =>
  new Map(it.parties.map((row) => [row.party as string, row]));

test(
  'what the parties got adds up to the bills and to what is on their accounts; energy is what was charged',
  onTheStreet({ vehicles: 2 }, async (street) => {
    const { work } = street;
    const start = work.at;
    await swapOnce(street, 1);
    const station = (await street.swaps())[0]!.stationId;
    work.later({ hours: 1 });
    const middle = work.at;
    await swapOnce(street, 2);
    work.later({ hours: 1 });
    const it = await profitAt(street);
    const bills = (await street.swaps()).map(({ bill }) => bill!);
    const billed = (what: string) =>
      bills.flatMap((bill) => bill.lines).reduce((sum, line) => sum + (line.what === what ? line.amount : 0), 0);
    assert.equal(bills.length, 2);
    assert.equal(it.total.incomeFen, billed('electricity') + billed('service'));
    assert.equal(it.total.electricityFen, billed('electricity'));
    assert.equal(it.total.feesFen, billed('service'));
    for (const { party, incomeFen } of it.parties) assert.equal(incomeFen, await street.money(`party:${party}`), party);
    const rows = byParty(it);
    const operator = rows.get('op')!;
    assert.equal(operator.electricityFen, it.total.electricityFen);
    assert.equal(
      operator.soldWh,
      bills.reduce((sum, bill) => sum + bill.netWh, 0),
    );
    assert.deepEqual([rows.get('bank')?.swaps, rows.get('bank')?.electricityFen], [2, 0]);
    assert.equal(rows.get('bank')?.packs, rows.get('maker')?.packs);
    const { rows: capacity } = await sql<{ wh: string }>`select sum(capacity_wh) as wh from pack.pack`.execute(work.db);
    assert.ok(Math.abs(it.total.ownedWh - Number(capacity[0]!.wh)) <= it.parties.length, 'each pack is owned whole');

    const [first, second] = [
      await profitAt(street, { from: start, to: middle }),
      await profitAt(street, { from: middle }),
    ];
    assert.equal(first.total.incomeFen, bills[0]!.total);
    assert.equal(first.total.incomeFen + second.total.incomeFen, it.total.incomeFen, 'periods do not overlap');

    await charge(work, station, 12_345);
    const later = await profitAt(street, { to: work.at.add({ seconds: 1 }) });
    const charged = byParty(later).get('op')!;
    const cost = Math.round((12345 * assumedGridPrice) / 1_000_000);
    assert.deepEqual([charged.chargedWh, charged.energyCostFen], [12345, cost]);
    assert.equal(charged.resultFen, charged.incomeFen - cost);
    const lines = (await profitCsv(later)).trim().split('\r\n');
    assert.equal(lines.length, 1 + later.parties.length);
    assert.ok(lines[1]!.endsWith(',true'), 'simulated is said in each line');
  }),
);

test(
  'a period that ends before it begins is refused, and one in which nothing happened is empty but for what is owned',
  onTheStreet({}, async (street) => {
    const at = street.work.at;
    await assert.rejects(
      profitAt(street, { from: at, to: at.subtract({ hours: 1 }) }),
      (error: unknown) => error instanceof Refused && error.code === 'period-wrong',
    );
    const before = await profitAt(street, { from: at.subtract({ hours: 2 }), to: at.subtract({ hours: 1 }) });
    assert.deepEqual(before.parties, [], 'packs came later');
    assert.equal(before.total.incomeFen, 0);
  }),
);

test(
  'an organisation sees its own profit and nobody else’s, on the screen and as a file',
  withServer(
    async ({ app }) => {
      const [alfa] = [await tenant(app, 'alfa', 7), await tenant(app, 'zulu', 8)];
      const { status, body } = await alfa.admin.get('/v1/ledger/profit');
      assert.equal(status, 200);
      assert.deepEqual(
        body.parties.map((it: { party: PartyId }) => it.party),
        ['alfa'],
      );
      const file = await alfa.admin.get('/v1/exports/profit?format=csv');
      assert.equal(file.status, 200);
    },
    { RATE_LIMIT: 0 },
  ),
);

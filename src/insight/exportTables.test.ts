// What is in the files of those lists that the console shows whole, or of one thing: the rows of the list, and no others.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { type Charge, chargesEnded, gradePack, gradePolicy } from '#health';
import { chance, type PackCode, type PartyId, type StationId } from '#units';
import { type Caller, withServer } from '../../test/app.ts';
import { browser, somebody } from '../../test/people.ts';
import { smallNetwork } from '../../test/seed.ts';
import { tenant } from '../../test/tenants.ts';
import { simulatedCharge, simulatedPack } from '../health/charges/simulate.ts';

type Row = Readonly<Record<string, string>>;
type Asks = Pick<Caller, 'get'>;

/** A file's rows by their columns. */
async function rowsOf(asks: Asks, query: string): Promise<readonly Row[]> {
  const { status, body } = await asks.get(`/v1/exports/${query}`);
  assert.equal(status, 200, `${query}: ${JSON.stringify(body)}`);
  return parse(body, { bom: true, columns: true }) as Row[];
}

const listed = async (asks: Asks, path: string) => (await asks.get(path)).body.items as readonly Row[];
const cells = (rows: readonly Row[], ...names: string[]) => rows.map((it) => names.map((name) => it[name]));

test(
  'people, invitations, keys and the trail of one’s own organisation are in the file as on the screen, without a secret',
  withServer(async ({ app }) => {
    const [{ admin, keyId, invitation }] = [await tenant(app, 'alfa', 7), await tenant(app, 'zulu', 8)];
    const email = 'clerk@alfa.test';
    const post = { partyId: 'alfa' as PartyId, role: 'dispatcher', regions: ['CN-A', 'CN-B'] } as const;
    await somebody(app, { email, post });
    await admin.post(`/v1/keys/${keyId}/revoke`, {});

    const members = await rowsOf(admin, 'members');
    assert.deepEqual(cells(members, 'name', 'email', 'organisation', 'role', 'regions', 'two_factor'), [
      ['admin', 'admin@alfa.example', 'alfa', 'admin', '', 'false'],
      ['clerk', email, 'alfa', 'dispatcher', 'CN-A CN-B', 'false'],
    ]);
    const invitations = await rowsOf(admin, 'invitations');
    assert.deepEqual(cells(invitations, 'id', 'name', 'role'), [[invitation, 'alfa guest', 'auditor']]);

    const keys = await rowsOf(admin, 'keys');
    assert.deepEqual(cells(keys, 'id', 'name'), cells(await listed(admin, '/v1/keys'), 'id', 'name'));
    assert.deepEqual(cells(keys, 'name', 'state', 'scopes').sort(), [
      ['alfa key', 'active', 'admin'],
      ['alfa second key', 'revoked', 'read'],
    ]);
    assert.deepEqual(cells(await rowsOf(admin, `keys?only=${keyId}`), 'name'), [['alfa second key']]);
    for (const rows of [members, invitations, keys])
      assert.ok(!Object.keys(rows[0]!).some((it) => /digest|secret|token|hash/.test(it)), Object.keys(rows[0]!).join());

    const trail = await rowsOf(admin, 'trail');
    assert.deepEqual(
      cells(trail, 'seq', 'route'),
      (await listed(admin, '/v1/trail')).map((it) => [String(it.seq), it.route]),
    );
    assert.ok(trail.length > 10 && trail.every((it) => it.organisation === 'alfa' && it.caller_name === 'alfa key'));
    assert.deepEqual(
      cells(await rowsOf(admin, 'trail?route=revoke&outcome=done&from=2026-11-22T00:00:00Z'), 'route', 'subject'),
      [['POST /v1/keys/:id/revoke', JSON.stringify({ id: keyId })]],
    );
    assert.deepEqual(await rowsOf(admin, 'trail?outcome=failed'), []);
  }),
);

test(
  'grades are in a file: of all packs that the list finds as they are now, graded or not, and every one of a single pack',
  withServer(async ({ app }) => {
    const { admin, packs } = await tenant(app, 'alfa', 7);
    const other = await tenant(app, 'bravo', 8);
    const [one, two] = packs as PackCode[];
    const measured = (lower: number, upper: number, n: number) => ({
      estimate: {
        ...{ soh: (lower + upper) / 2, lower, upper, level: 90 as const, basis: 'charge' },
        measuredAt: Temporal.Instant.from('2026-11-20T08:00:00Z').add({ hours: n }),
      },
      ...{ vetoes: [], resistanceRatio: 1.1, consistency: null, historyKnown: true },
    });
    await app.doWork((work) => gradePack(work, one!, measured(85, 91, 0)));
    await app.doWork((work) => gradePack(work, one!, measured(77, 84, 1)));
    await app.doWork((work) => gradePack(work, other.packs[0] as PackCode, measured(85, 91, 0)));
    const now = await rowsOf(admin, 'grades');
    assert.deepEqual(
      cells(now, 'pack').flat(),
      cells(await rowsOf(admin, 'packs'), 'code').flat(),
      'the packs of the list, the other tenant’s not among them',
    );
    const its = now.filter((it) => it.pack === one || it.pack === two);
    assert.deepEqual(
      cells(its, 'pack', 'nth', 'grade', 'reasons', 'soh_lower_percent', 'soh_upper_percent', 'measured_at'),
      [
        [one, '2', 'test-required', 'straddles', '77', '84', '2026-11-20T09:00:00Z'],
        [two, '', '', '', '', '', ''],
      ],
    );
    assert.equal(its[0]!.policy, gradePolicy.version);
    assert.deepEqual(cells(await rowsOf(admin, `grades?search=${one}`), 'pack'), [[one]]);
    assert.deepEqual(cells(await rowsOf(admin, `pack-grades?pack=${one}`), 'nth', 'grade', 'soh_percent'), [
      ['2', 'test-required', '80.5'],
      ['1', 'vehicle', '88'],
    ]);
    assert.deepEqual(await rowsOf(admin, `pack-grades?pack=${two}`), []);
  }),
);

test(
  'slots, the health of a pack, and transfers that belong together are in the file of their station, pack, swap',
  withServer(async ({ app }) => {
    const { admin, station, packs, swap, transfer } = await tenant(app, 'alfa', 7);
    const slots = await rowsOf(admin, `slots?station=${station}`);
    const now = (await admin.get(`/v1/stations/${station}/now`)).body.slots as { no: number }[];
    assert.equal(slots.length, now.length);
    assert.deepEqual(cells(slots.slice(0, 4), 'slot', 'pack', 'quarantined', 'promised_to'), [
      ['1', packs[0], 'false', slots[0]!.promised_to],
      ['2', packs[1], 'false', slots[1]!.promised_to],
      ['3', packs[2], 'true', ''],
      ['4', '', 'false', ''],
    ]);
    assert.equal(slots.filter((it) => it.promised_to === swap).length, 1);
    assert.deepEqual(cells(await rowsOf(admin, `slots?station=${station}&only=4,2`), 'slot'), [['2'], ['4']]);
    assert.deepEqual(await rowsOf(admin, `slots?station=${station}&only=`), []);

    assert.deepEqual(cells(await rowsOf(admin, `pack-health?pack=${packs[0]}`), 'pack', 'from', 'station'), [
      [packs[0], 'slot', station],
    ]);
    await app.doWork((work) => chargesEnded(work, [chargeOf(packs[0] as PackCode, station as StationId)]));
    const charges = await rowsOf(admin, `pack-charges?pack=${packs[0]}`);
    assert.deepEqual(cells(charges, 'pack', 'station', 'standing'), [[packs[0], station, 'estimated']]);
    assert.ok(Number(charges[0]!.soh_lower_percent) < Number(charges[0]!.soh_percent));
    const booked = (await admin.get(`/v1/swaps/${swap}/story`)).body.transfers as Row[];
    assert.ok(booked.length > 0);
    const transfers = await rowsOf(admin, `swap-transfers?swap=${swap}`);
    assert.deepEqual(cells(transfers, 'id', 'from', 'to'), cells(booked, 'id', 'from', 'to'));
    assert.deepEqual(cells(await rowsOf(admin, `linked-transfers?transfer=${transfer}`), 'id', 'amount'), [
      [transfer, '100000'],
    ]);
  }),
);

test(
  'who may not see people gets the transfers of a swap without their names',
  withServer(async ({ app }) => {
    const { id, swap, driver, vin } = await tenant(app, 'alfa', 7);
    await somebody(app, { email: 'tech@alfa.test', post: { partyId: id, role: 'technician' } });
    const technician = browser(app);
    await technician.signIn('tech@alfa.test');
    const { status, body } = await technician.get(`/v1/exports/swap-transfers?swap=${swap}`);
    assert.equal(status, 200);
    assert.match(body, /driver:…/);
    assert.ok(!body.includes(driver) && !body.includes(vin), body);
  }),
);

test(
  'the catalogue is in the file row by row, and of rows that were chosen only these',
  withServer(async ({ as }) => {
    const reader = await as('drive');
    for (const [table, path] of [
      ['pack-models', 'packs'],
      ['vehicle-models', 'vehicles'],
      ['station-presets', 'stations'],
    ] as const) {
      const [rows, shown] = [await rowsOf(reader, table), await listed(reader, `/v1/catalogue/${path}`)];
      assert.deepEqual(cells(rows, 'id', 'name', 'source'), cells(shown, 'id', 'name', 'source'), table);
    }
    const [nio, ...others] = await rowsOf(reader, 'pack-models?only=nio-75');
    assert.deepEqual(others, []);
    assert.deepEqual([nio!.energy_wh, nio!.needs_vehicle_firmware, nio!.family], ['75000', '1.0.0', 'nio']);
    assert.ok(nio!.assumed!.split(' ').includes('voltage'));
    const many = Array.from({ length: 201 }, (_, n) => n).join();
    const refused = await reader.get(`/v1/exports/pack-models?only=${many}`);
    assert.deepEqual([refused.status, refused.body.issues[0].field], [400, 'only']);
    assert.equal((await (await as('read')).get('/v1/exports/packs?only=x')).status, 400, 'there rows cannot be named');
  }),
);

test(
  'the last audit is in the file: every invariant, and what breaks it row by row; before the first there is none',
  withServer(async ({ app, as }) => {
    const reader = await as('read');
    assert.equal((await reader.get('/v1/exports/invariants')).body.type, '/problems/never-audited');
    const { findings } = await app.audit();
    const invariants = await rowsOf(reader, 'invariants');
    assert.deepEqual(
      cells(invariants, 'id', 'sentence', 'broken'),
      findings.map((it) => [it.id, it.sentence, 'false']),
    );
    assert.deepEqual(await rowsOf(reader, 'violations'), []);
    const { id } = invariants[1]!;
    assert.deepEqual(cells(await rowsOf(reader, `invariants?only=${id}`), 'id'), [[id]]);

    await app.doWork(async (work) => {
      await smallNetwork(work);
      await sql`update ledger.account set credits_posted = credits_posted + 7 where holder = 'driver:driver-1'`.execute(
        work.db,
      );
    });
    const broken = (await app.audit()).findings.filter((it) => it.violations.length > 0);
    const violations = await rowsOf(reader, 'violations');
    assert.ok(violations.length > 0);
    assert.deepEqual(
      violations.map((it) => [it.invariant, JSON.parse(it.row!)]),
      broken.flatMap((it) => it.violations.map((row) => [it.id, JSON.parse(JSON.stringify(row))])),
    );
    assert.deepEqual(
      (await rowsOf(reader, 'invariants')).flatMap((it) => (it.broken === 'true' ? [it.id] : [])),
      broken.map((it) => it.id),
    );
  }),
);

/** Simulated. */
function chargeOf(packCode: PackCode, stationId: StationId): Charge {
  const pack = simulatedPack({ chemistry: 'LFP', series: 120, capacityAh: 195 }, chance(1));
  return {
    ...simulatedCharge(pack, { fromSoc: 0.2, toSoc: 0.9, chargeC: 0.5, everyS: 120 }, 0),
    ...{ packCode, stationId },
  };
}

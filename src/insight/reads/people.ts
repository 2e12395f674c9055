// Drivers, vehicles and tokens: personal data, for those who may see it.
import { sql } from 'kysely';
import { idCursor } from '#kernel';
import { type VehicleModelId, vehicleModel } from '#pack';
import type { DriverId, Fen, PackCode, Vin } from '#units';
import type { driverFilters, tokenFilters, vehicleFilters } from '../api.ts';
import { all, type FiltersOf, holds, type Listing, placeCursor, placeOf, when } from '../listing.ts';
import { driverWithin, tokenWithin, vehicleWithin } from '../reach.ts';

interface DriverRow {
  readonly id: DriverId;
  readonly name: string;
  readonly payment: 'prepaid' | 'postpaid';
  readonly tokens: number;
  readonly vins: Vin[];
  readonly balanceFen: Fen | null;
  readonly availableFen: Fen | null;
}

export const driverListing: Listing<FiltersOf<typeof driverFilters>, DriverRow> = {
  async page(work, { filters: { search, payment }, reach, after, most }) {
    const { rows } = await sql<DriverRow>`select d.id, d.name, d.payment, coalesce(t.tokens, 0)::int as tokens,
        coalesce(t.vins, '{}') as vins, a.credits_posted - a.debits_posted as balance_fen,
        a.credits_posted - a.debits_posted - a.debits_pending as available_fen
      from (select * from party.driver d where ${all(
        sql`d.id > ${idCursor(after)}`,
        !reach.all && driverWithin(reach),
        when(search, (it) => sql`(${holds('d.id', it)} or ${holds('d.name', it)})`),
        when(payment, (it) => sql`d.payment = ${it}`),
      )} order by d.id limit ${most}) d
        left join lateral (select count(*) as tokens, array_agg(distinct k.vin order by k.vin) as vins
          from party.token k where k.driver_id = d.id) t on true
        left join ledger.account a on a.unit = 'money' and a.asset = 'CNY' and a.holder = 'driver:' || d.id
      order by d.id`.execute(work.db);
    return rows;
  },
  cursorOf: (row) => row.id,
  columns: [
    { name: 'id', kind: 'text', of: (it) => it.id },
    { name: 'name', kind: 'text', of: (it) => it.name },
    { name: 'payment', kind: 'text', of: (it) => it.payment },
    { name: 'tokens', kind: 'whole', of: (it) => it.tokens },
    { name: 'vins', kind: 'text', of: (it) => it.vins.join(' ') },
    { name: 'balance_fen', kind: 'whole', of: (it) => it.balanceFen },
    { name: 'available_fen', kind: 'whole', of: (it) => it.availableFen },
  ],
};

interface VehicleRow {
  readonly vin: Vin;
  readonly modelId: string;
  readonly modelName: string | null;
  readonly plate: string;
  readonly firmware: string;
  readonly drivers: DriverId[];
  readonly packs: PackCode[];
}

export const vehicleListing: Listing<FiltersOf<typeof vehicleFilters>, VehicleRow> = {
  async page(work, { filters: { search, model }, reach, after, most }) {
    const { rows } = await sql<Omit<VehicleRow, 'modelName'>>`select v.vin, v.model_id, v.plate, v.firmware,
        coalesce(t.drivers, '{}') as drivers, coalesce(a.packs, '{}') as packs
      from (select * from party.vehicle v where ${all(
        sql`v.vin > ${idCursor(after)}`,
        !reach.all && vehicleWithin(reach),
        when(search, (it) => sql`(${holds('v.vin', it)} or ${holds('v.plate', it)})`),
        when(model, (it) => sql`v.model_id = ${it}`),
      )} order by v.vin limit ${most}) v
        left join lateral (select array_agg(distinct k.driver_id order by k.driver_id) as drivers
          from party.token k where k.vin = v.vin) t on true
        left join lateral (select array_agg(c.asset order by c.asset) as packs from ledger.keeper c
          where c.holder = 'vehicle:' || v.vin) a on true
      order by v.vin`.execute(work.db);
    return rows.map((it) => ({ ...it, modelName: vehicleModel(it.modelId as VehicleModelId)?.name ?? null }));
  },
  cursorOf: (row) => row.vin,
  columns: [
    { name: 'vin', kind: 'text', of: (it) => it.vin },
    { name: 'model', kind: 'text', of: (it) => it.modelId },
    { name: 'plate', kind: 'text', of: (it) => it.plate },
    { name: 'firmware', kind: 'text', of: (it) => it.firmware },
    { name: 'drivers', kind: 'text', of: (it) => it.drivers.join(' ') },
    { name: 'packs', kind: 'text', of: (it) => it.packs.join(' ') },
  ],
};

interface TokenRow {
  readonly idToken: string;
  readonly type: string;
  readonly status: 'active' | 'blocked' | 'expired';
  readonly driverId: DriverId;
  readonly driverName: string;
  readonly vin: Vin;
}

export const tokenListing: Listing<FiltersOf<typeof tokenFilters>, TokenRow> = {
  async page(work, { filters: { search, status, driver, vin }, reach, after, most }) {
    const { rows } = await sql<TokenRow>`select t.id_token, t.type, t.status, t.driver_id, d.name as driver_name, t.vin
      from party.token t join party.driver d on d.id = t.driver_id where ${all(
        after === undefined ? undefined : sql`t.id_token > ${placeOf(after)[1]}`,
        !reach.all && tokenWithin(reach),
        when(
          search,
          (it) => sql`(${holds('t.id_token', it)} or ${holds('t.driver_id', it)} or ${holds('d.name', it)})`,
        ),
        when(status, (it) => sql`t.status = ${it}`),
        when(driver, (it) => sql`t.driver_id = ${it}`),
        when(vin, (it) => sql`t.vin = ${it}`),
      )} order by t.id_token limit ${most}`.execute(work.db);
    return rows;
  },
  cursorOf: (row) => placeCursor(null, row.idToken),
  columns: [
    { name: 'token', kind: 'text', of: (it) => it.idToken },
    { name: 'type', kind: 'text', of: (it) => it.type },
    { name: 'status', kind: 'text', of: (it) => it.status },
    { name: 'driver', kind: 'text', of: (it) => it.driverId },
    { name: 'driver_name', kind: 'text', of: (it) => it.driverName },
    { name: 'vin', kind: 'text', of: (it) => it.vin },
  ],
};

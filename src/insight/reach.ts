// What a caller reaches, as conditions over the rooms' tables: `from station.station s where ${stationWithin(reach)}`.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { unconfined, within } from '#kernel';
import type { Reach } from '#kernel/api';

type Condition = RawBuilder<SqlBool>;
const always = sql<SqlBool>`true`;
const any = (...parts: readonly Condition[]): Condition => sql<SqlBool>`(${sql.join(parts, sql` or `)})`;

/** Only what belongs to stations: the reach is confined to some of them. */
const isConfined = (reach: Reach): boolean => !reach.all && Boolean(reach.regions ?? reach.stations);

/** Of `station.station s`: those that the tenants run. */
export const stationWithin = (reach: Reach, s = 's'): Condition =>
  within(reach, { tenant: `${s}.operator_id`, region: `${s}.region`, station: `${s}.id` });

/** The ids of these stations, for `station_id in …`. */
export const stationsWithin = (reach: Reach): Condition =>
  sql`(select reached.id from station.station reached where ${stationWithin(reach, 'reached')})`;

/** Of `party.driver d`: the tenants' own, or oneself. A driver has no region. */
export const driverWithin = (reach: Reach, d = 'd'): Condition =>
  within(unconfined(reach), { tenant: `${d}.party_id`, driver: `${d}.id` });

/** Of `party.vehicle v`: the tenants' own. */
export const vehicleWithin = (reach: Reach, v = 'v'): Condition =>
  within(unconfined(reach), { tenant: `${v}.party_id` });

/** Of `party.token t`: those of the drivers within. */
export const tokenWithin = (reach: Reach, t = 't'): Condition =>
  reach.all
    ? always
    : sql<SqlBool>`exists (select from party.driver owner where owner.id = ${sql.ref(`${t}.driver_id`)}
        and ${driverWithin(reach, 'owner')})`;

/** Of `swap.swap w`: those at the tenants' stations, and those of their drivers wherever they swap. */
export function swapWithin(reach: Reach, w = 'w'): Condition {
  if (reach.all) return always;
  const atOurs = sql<SqlBool>`${sql.ref(`${w}.station_id`)} in ${stationsWithin(reach)}`;
  if (isConfined(reach)) return atOurs;
  return any(
    atOurs,
    sql<SqlBool>`${sql.ref(`${w}.id_token`)} in (select t.id_token from party.token t where ${tokenWithin(reach)})`,
  );
}

/**
 * Of `pack.pack p`: those in which the tenants have a share, which they hold, which stand at their stations, or which one
 * of these gave out last. Confined to stations: only the last two.
 */
export function packWithin(reach: Reach, p = 'p'): Condition {
  if (reach.all) return always;
  const code = sql.ref(`${p}.code`);
  const ours = sql`(select 'station:' || ours.id from station.station ours where ${stationWithin(reach, 'ours')})`;
  const atOurs = sql<SqlBool>`${code} in (select k.asset from ledger.keeper k where k.holder in ${ours})`;
  const lastGiven = sql<SqlBool>`${code} in (select k.asset from ledger.keeper k where k.giver in ${ours})`;
  if (isConfined(reach)) return any(atOurs, lastGiven);
  const holders = reach.tenants.map((it) => `party:${it}`);
  const theirs = sql<SqlBool>`${code} in (select a.asset from ledger.account a
    where a.holder = any(${holders}::text[]) and a.unit in ('title', 'custody') and a.credits_posted > a.debits_posted)`;
  return any(theirs, atOurs, lastGiven);
}

/** Of `ledger.account a`: those of the tenants, their stations, drivers and vehicles. */
export function accountWithin(reach: Reach, a = 'a'): Condition {
  if (reach.all) return always;
  const holder = sql.ref(`${a}.holder`);
  const holders = reach.tenants.map((it) => `party:${it}`);
  return any(
    sql<SqlBool>`${holder} = any(${holders}::text[])`,
    sql<SqlBool>`${holder} in (select 'station:' || s.id from station.station s where ${stationWithin(reach)})`,
    sql<SqlBool>`${holder} in (select 'driver:' || d.id from party.driver d where ${driverWithin(reach)})`,
    sql<SqlBool>`${holder} in (select 'vehicle:' || v.vin from party.vehicle v where ${vehicleWithin(reach)})`,
  );
}

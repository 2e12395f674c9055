// A reach as a condition of a query. Columns are named by us, values travel as parameters.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Reach } from './permission.ts';

interface Columns {
  /** Whose the thing is. */
  readonly tenant: string;
  /** Where it stands; what stands nowhere is beyond a reach that is confined to regions or stations. */
  readonly region?: string;
  readonly station?: string;
  readonly driver?: string;
}

/**
 * `where ${within(reach, { tenant: 's.operator_id', region: 's.region', station: 's.id' })}`: what a caller reaches.
 * What belongs to nobody (null) only those reach who reach everything.
 */
export function within(reach: Reach, { tenant, region, station, driver }: Columns): RawBuilder<SqlBool> {
  if (reach.all) return sql<SqlBool>`true`;
  const is = (column: string | undefined, values: readonly unknown[]) =>
    column === undefined ? sql<SqlBool>`false` : sql<SqlBool>`${sql.ref(column)} = any(${values}::text[])`;
  const parts = [
    is(tenant, reach.tenants),
    ...(reach.regions ? [is(region, reach.regions)] : []),
    ...(reach.stations ? [is(station, reach.stations)] : []),
  ];
  const ofTenant = sql<SqlBool>`coalesce(${sql.join(parts, sql` and `)}, false)`;
  return reach.driver ? sql<SqlBool>`(${ofTenant} or ${is(driver, [reach.driver])})` : ofTenant;
}

/** For what belongs to an organisation, not to a region or a station of it: drivers, vehicles, keys. */
export function unconfined(reach: Reach): Reach {
  if (reach.all) return reach;
  const { regions: _, stations: __, ...rest } = reach;
  return rest;
}

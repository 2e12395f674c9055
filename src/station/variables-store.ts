import { sql } from 'kysely';
import { insertRows, type Work } from '#kernel';
import type { StationId } from '#units';
import { newestReadings, type Reading, readingKey, spelled } from './reading.ts';

const columns = {
  stationId: 'text',
  key: 'text',
  component: 'text',
  componentInstance: 'text',
  slotNo: 'integer',
  connectorId: 'integer',
  variable: 'text',
  variableInstance: 'text',
  attribute: 'text',
  value: 'text',
  at: 'timestamptz',
};

/** Keeps the newest reading of each attribute. */
export async function putReadings(work: Work, readings: readonly Reading[]): Promise<void> {
  const rows = [...newestReadings(readings).values()].map((it) => ({
    stationId: it.stationId,
    key: readingKey(it),
    component: spelled(it.component),
    componentInstance: it.componentInstance ?? null,
    slotNo: it.slotNo ?? null,
    connectorId: it.connectorId ?? null,
    variable: spelled(it.variable),
    variableInstance: it.variableInstance ?? null,
    attribute: it.attribute ?? 'Actual',
    value: it.value,
    at: it.at,
  }));
  await insertRows(
    work.db,
    'station.variable',
    columns,
    rows,
    sql`on conflict (station_id, key) do update set value = excluded.value, at = excluded.at
      where variable.at <= excluded.at`,
  );
}

/** The device model of a station as last reported. */
export async function variablesOf(work: Work, stationId: StationId): Promise<(Reading & { attribute: string })[]> {
  const { rows } = await sql<Reading & { attribute: string }>`select station_id, component, component_instance, slot_no,
      connector_id, variable, variable_instance, attribute, value, at
    from station.variable where station_id = ${stationId} order by key`.execute(work.db);
  return rows;
}

// Stations that serve nobody: shut by us for an alarm or by an operator's order, or out of service by their own word. Our order
// stands until our order ends it, whatever a station says after a restart; its own word stands until it says otherwise.
import { sql } from 'kysely';
import { z } from 'zod';
import { anyOf, event, recordset, type Work } from '#kernel';
import type { Instant, SlotNo, StationId } from '#units';
import { wire } from '#units/api';
import { outOfUseWhys } from './api.ts';
import { writeSlots } from './charge.ts';
import type { Command } from './command.ts';
import { isNamed, type Reading } from './reading.ts';

/** A station serves nobody from now on. */
export const wentOutOfUse = event(
  'station.wentOutOfUse',
  z.object({ stationId: wire.stationId, why: z.enum(outOfUseWhys), since: wire.instant }),
);

/** The early warning shuts a station by itself; every other order is a person's. */
export const EARLY_WARNING = 'early warning';

/** Shut from now on, whether it has answered yet or not; one that is shut already stays so, for the graver reason. */
export async function shut(work: Work, ids: readonly StationId[], why: 'alarm' | 'ordered'): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await sql<Changed>`with before as (
      select id, out_of_use_why from station.station where id = ${anyOf(ids, 'text')} order by id for update)
    update station.station s set shut_at = coalesce(s.shut_at, ${work.at.toString()}),
      shut_why = case when s.shut_why = 'alarm' then 'alarm' else ${why} end
    from before b where b.id = s.id
    returning s.id, b.out_of_use_why as before, s.out_of_use_why as why, s.out_of_use_since as since`.execute(work.db);
  await changed(work, rows);
}

/** In use again, by our order and with the station's consent. */
async function open(work: Work, ids: readonly StationId[]): Promise<void> {
  const { rows } =
    await sql<Changed>`update station.station s set shut_why = null, shut_at = null, reported_state = null
    where id = ${anyOf(ids, 'text')} and out_of_use_why is not null
    returning id, 'was' as before, null as why, null as since`.execute(work.db);
  await changed(work, rows);
}

interface Changed {
  readonly id: StationId;
  readonly before: string | null;
  readonly why: (typeof outOfUseWhys)[number] | null;
  readonly since: Instant | null;
}

async function changed(work: Work, rows: readonly Changed[]): Promise<void> {
  const other = rows.filter((it) => it.before !== it.why);
  if (other.length === 0) return;
  // Who keeps counts of a station looks at what changed in its slots.
  await sql`update station.slot set updated_at = ${work.at.toString()}
    where station_id = ${anyOf(
      other.map((it) => it.id),
      'text',
    )}`.execute(work.db);
  work.announce(
    wentOutOfUse,
    ...other.flatMap(({ id, before, why, since }) =>
      why && since && before === null ? [{ stationId: id, why, since }] : [],
    ),
  );
}

const reported: Readonly<Record<string, string | null | undefined>> = {
  unavailable: 'unavailable',
  faulted: 'faulted',
  available: null,
  occupied: null,
  reserved: null,
};

/** What stations say of themselves as a whole; of one station the newest counts. */
export async function availabilityReported(work: Work, readings: readonly Reading[]): Promise<void> {
  const told = new Map<StationId, { id: StationId; state: string | null; at: Instant }>();
  for (const { stationId: id, component, variable, attribute = 'Actual', slotNo, value, at } of readings) {
    const state = reported[value.toLowerCase()];
    const isWhole = isNamed(component, 'ChargingStation') && isNamed(variable, 'AvailabilityState');
    if (!isWhole || slotNo !== undefined || attribute !== 'Actual' || state === undefined) continue;
    const before = told.get(id);
    if (!before || Temporal.Instant.compare(before.at, at) <= 0) told.set(id, { id, state, at });
  }
  if (told.size === 0) return;
  const columns = { id: 'text', state: 'text', at: 'timestamptz' };
  const { rows } = await sql<Changed>`with r as (select * from ${recordset(columns, [...told.values()])}), before as (
      select id, out_of_use_why from station.station where id in (select id from r) order by id for update)
    update station.station s set reported_state = r.state, reported_at = r.at
    from r join before b on b.id = r.id
    where s.id = r.id and s.reported_state is distinct from r.state and (s.reported_at is null or s.reported_at <= r.at)
    returning s.id, b.out_of_use_why as before, s.out_of_use_why as why, s.out_of_use_since as since`.execute(work.db);
  await changed(work, rows);
}

interface Order {
  readonly operationalStatus: 'Operative' | 'Inoperative';
  readonly evse?: { readonly id: SlotNo };
}

/**
 * Stations have accepted to go out of use or into it, or will when the swap under way is over.
 * @returns slots that are in use again: only their sensors know what stands there
 */
export async function availabilityOrdered(
  work: Work,
  done: readonly Pick<Command, 'stationId' | 'payload' | 'askedBy'>[],
): Promise<{ readonly stationId: StationId; readonly slotNo: SlotNo }[]> {
  const orders = done.map((it) => ({ ...it, order: it.payload as Order }));
  const whole = orders.filter(({ order }) => !order.evse || Number(order.evse.id) === 0);
  const to = (status: Order['operationalStatus']) => whole.filter((it) => it.order.operationalStatus === status);
  const isAlarm = ({ askedBy }: Pick<Command, 'askedBy'>) => askedBy === EARLY_WARNING;
  const inoperative = to('Inoperative');
  await shut(
    work,
    inoperative.filter(isAlarm).map((it) => it.stationId),
    'alarm',
  );
  await shut(
    work,
    inoperative.filter((it) => !isAlarm(it)).map((it) => it.stationId),
    'ordered',
  );
  const opened = to('Operative').map((it) => it.stationId);
  if (opened.length > 0) await open(work, opened);
  const slots = orders.flatMap(({ stationId, order }) =>
    order.evse && Number(order.evse.id) > 0
      ? [{ stationId, slotNo: order.evse.id, isShut: order.operationalStatus === 'Inoperative' }]
      : [],
  );
  const shutSlots = slots.filter((it) => it.isShut);
  if (shutSlots.length > 0)
    await writeSlots(
      work,
      shutSlots.map(({ stationId, slotNo }) => ({ stationId, slotNo, state: 'unavailable' as const })),
    );
  return slots.filter((it) => !it.isShut);
}

/** Of these stations, which we have shut, and which said so themselves: after a restart both are asked for again. */
export async function outOfUseAmong(
  work: Work,
  ids: readonly StationId[],
): Promise<{ readonly id: StationId; readonly isOurs: boolean }[]> {
  const { rows } = await sql<{ id: StationId; isOurs: boolean }>`select id, shut_why is not null as is_ours
    from station.station where id = ${anyOf(ids, 'text')} and out_of_use_why is not null order by id`.execute(work.db);
  return rows;
}

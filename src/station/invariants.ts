import { sql } from 'kysely';
import type { Invariant } from '#kernel';

export const stationInvariants: readonly Invariant[] = [
  {
    id: 'station.pack-in-one-slot',
    sentence: 'No pack is in two slots',
    violations: () => sql`select pack_code, array_agg(station_id || '/' || slot_no) as slots from station.slot
      where pack_code is not null group by pack_code having count(*) > 1`,
  },
  {
    id: 'station.charging-needs-a-pack',
    sentence: 'Nothing charges in an empty slot',
    violations: () => sql`select t.station_id, t.id, t.slot_no from station.transaction t
      join station.slot s on (s.station_id, s.slot_no) = (t.station_id, t.slot_no)
      where t.state = 'open' and s.state = 'empty'`,
  },
  {
    id: 'station.one-charging-a-slot',
    sentence: 'At most one transaction is open in a slot',
    violations: () => sql`select station_id, slot_no, array_agg(id) as transactions from station.transaction
      where state = 'open' and slot_no is not null group by station_id, slot_no having count(*) > 1`,
  },
  {
    id: 'station.slot-knows-its-charging',
    sentence: 'A slot that names a transaction names the one that is open in it',
    violations: () => sql`select s.station_id, s.slot_no, s.transaction_id from station.slot s
      left join station.transaction t on t.station_id = s.station_id and t.id = s.transaction_id
      where s.transaction_id is not null
        and (t.id is null or t.state <> 'open' or t.slot_no is distinct from s.slot_no)`,
  },
  {
    id: 'station.events-counted',
    sentence: 'Of every transaction each event has arrived or is known to be missing',
    violations: () => sql`select station_id, id, first_seq_no, last_seq_no, received, missing from station.transaction t
      where last_seq_no - first_seq_no + 1
        <> received + (select coalesce(sum(upper(gap) - lower(gap)), 0) from unnest(missing) gap)`,
  },
  {
    id: 'station.energy-booked',
    sentence: 'The energy of every ended charging is in the ledger, and never more than the register shows',
    violations: () => sql`select station_id, id, state, first_wh, last_wh, booked_wh from station.transaction
      where booked_wh > coalesce(last_wh - first_wh, 0)
        or (state <> 'open' and booked_wh <> coalesce(last_wh - first_wh, 0))`,
  },
  {
    id: 'station.commands-end',
    sentence: 'Every command that was sent is answered or given up within its time and a quarter of an hour',
    violations: (work) => sql`select id, station_id, action, sent_at from station.command
      where state = 'sent'
        and sent_at + (timeout_ms * interval '1 millisecond') < ${work.at.subtract({ minutes: 15 }).toString()}`,
  },
];

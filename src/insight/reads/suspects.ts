// Packs that are not where they should be: seen only when books, slots and vehicles are held against each other.
import { sql } from 'kysely';
import type { Eyes, Suspect } from '#exchange';
import type { Work } from '#kernel';
import type { PackCode, StationId } from '#units';

/** What the gateway of the grey market looks through. */
export const eyes: Eyes = {
  async suspects(work, { unseenBefore, emptyBefore }) {
    const { rows } = await sql<Suspect>`
      select s.pack_code, 'slot-empty' as why, k.holder, s.station_id || '/' || s.slot_no as place, s.station_id,
          s.state_at as last_seen_at
        from station.slot s left join ledger.keeper k on k.asset = s.pack_code
        where s.pack_code is not null and s.state = 'empty' and s.state_at <= ${emptyBefore.toString()}
      union all
      select s.pack_code, 'elsewhere', k.holder, s.station_id || '/' || s.slot_no, s.station_id, s.updated_at
        from station.slot s join pack.pack p on p.code = s.pack_code left join ledger.keeper k on k.asset = s.pack_code
        where s.pack_code is not null and k.holder is distinct from 'station:' || s.station_id
      union all
      select p.code, 'unseen', k.holder, null, null, p.observed_at from pack.pack p join ledger.keeper k on k.asset = p.code
        where k.holder like 'vehicle:%' and p.observed_at <= ${unseenBefore.toString()}`.execute(work.db);
    return rows;
  },
  async standing(work: Work, codes: readonly PackCode[]) {
    const { rows } = await sql<{ packCode: PackCode; stationId: StationId }>`select pack_code, station_id
      from station.slot where pack_code = any(${codes})`.execute(work.db);
    return new Map(rows.map((it) => [it.packCode, it.stationId]));
  },
};

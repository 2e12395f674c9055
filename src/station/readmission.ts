// Who is connected may have lost the right to be: what has changed of it since the last look.
import { sql } from 'kysely';
import type { Work } from '#kernel';
import type { StationId } from '#units';
import { admittedBy, type OnFile } from './admission.ts';

export interface ChangedAdmissions {
  /** What lets each of these stations in now; nothing when it is not registered any more. */
  readonly by: ReadonlyMap<StationId, string | undefined>;
  /** Where the next look goes on. */
  readonly mark: string;
}

type Row = Partial<OnFile> & { readonly stationId: StationId };

/**
 * What lets in has changed since `mark`, in whichever process; some of it may be told again, nothing is missed. The mark
 * `0` stands for the beginning.
 */
export async function admissionsChangedSince(work: Work, mark: string): Promise<ChangedAdmissions> {
  const { rows: marks } = await sql<{
    mark: string;
  }>`select pg_snapshot_xmin(pg_current_snapshot())::text as mark`.execute(work.db);
  const { rows } = await sql<Row>`select a.station_id, s.security_profile, c.salt, c.hash
    from station.admission_change a left join station.station s on s.id = a.station_id
    left join station.credential c on c.station_id = s.id
    where a.changed >= ${mark}::xid8 and a.changed < pg_snapshot_xmax(pg_current_snapshot())`.execute(work.db);
  const by = rows.map(({ stationId, securityProfile, salt = null, hash = null }) => {
    const isRegistered = securityProfile !== undefined && securityProfile !== null;
    return [stationId, isRegistered ? admittedBy({ securityProfile, salt, hash }) : undefined] as const;
  });
  return { by: new Map(by), mark: marks[0]!.mark };
}

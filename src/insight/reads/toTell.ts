// Every pack with all that the public health query is made from, a portion in one query: asked once a day for the whole network.
import { sql } from 'kysely';
import type { Work } from '#kernel';
import type { PackCode, Vin } from '#units';

export interface PackToTell {
  readonly code: PackCode;
  readonly model: string;
  readonly producedOn: Temporal.PlainDate;
  readonly efc: number;
  readonly recalled: boolean;
  /** Percent, as a station or whoever registered it said. */
  readonly reported: number;
  /** Percent, by the newest estimate. */
  readonly estimated: number | null;
  readonly grade: 'vehicle' | 'storage' | 'test-required' | 'quarantine' | 'recycle' | null;
  readonly original: PackCode | null;
  readonly successor: PackCode | null;
  /** The vehicle it is in. */
  readonly vin: Vin | null;
  /** By the newest document of its maker. */
  readonly carbon: { readonly kgCO2ePerKWh: number; readonly simulated: boolean } | null;
}

/** By their codes, those after one of them. */
export async function packsToTell(work: Work, after: string, most: number): Promise<PackToTell[]> {
  const { rows } = await sql<PackToTell>`
    with document as (
      select distinct on (model) model, case when json_typeof(body->'footprint') = 'number'
          then json_build_object('kgCO2ePerKWh', body->'footprint', 'simulated', simulated) end as carbon
      from passport.document order by model, version desc)
    select p.code, p.model, p.produced_on, p.efc, p.recalled, p.soh as reported, e.soh as estimated, g.grade,
      o.original, s.successor, case when k.holder like 'vehicle:%' then substr(k.holder, 9) end as vin, d.carbon
    from pack.pack p
    left join pack.succession s on s.original = p.code
    left join pack.succession o on o.successor = p.code
    left join ledger.keeper k on k.asset = p.code
    left join document d on d.model = p.model
    left join lateral (select soh from health.charge c where c.pack_code = p.code and c.standing = 'estimated'
      order by ended_at desc limit 1) e on true
    left join lateral (select grade from health.grade g where g.pack = p.code order by nth desc limit 1) g on true
    where p.code > ${after} order by p.code limit ${most}`.execute(work.db);
  return rows;
}

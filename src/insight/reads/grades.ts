// What packs are graded, as files: all packs as they are graded now, and every grade that one pack had.
import { sql } from 'kysely';
import type { Grade } from '#health';
import { cursorWrong, idCursor, Refused } from '#kernel';
import type { Instant, PackCode } from '#units';
import { all, type Column, type Listing, when } from '../listing.ts';
import { type PackFilters, packConditions, packRowOf, packsFrom } from './packs.ts';

/** A grade with what it was decided by. A pack that nobody has graded has its code and no more. */
interface Graded {
  readonly pack: PackCode;
  /** Its first, second, … */
  readonly nth: number | null;
  readonly at: Instant | null;
  readonly grade: Grade | null;
  readonly policy: string | null;
  readonly reasons: readonly { readonly code: string }[] | null;
  /** In percent. */
  readonly soh: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly basis: string | null;
  readonly measuredAt: Instant | null;
  /** Of the newest measurement that left it so, and of the newest capacity test it stands on. */
  readonly seenAt: Instant | null;
  readonly testedAt: Instant | null;
  readonly keepsBack: string | null;
}

const estimate = sql`g.evidence -> 'estimate'`;
const fields = sql`g.nth, g.at, g.grade, g.policy, g.reasons, (${estimate} ->> 'soh')::double precision as soh,
  (${estimate} ->> 'lower')::double precision as lower, (${estimate} ->> 'upper')::double precision as upper,
  ${estimate} ->> 'basis' as basis, (${estimate} ->> 'measuredAt')::timestamptz as measured_at,
  g.seen_at, g.tested_at, g.keeps_back`;

const columns: readonly Column<Graded>[] = [
  { name: 'pack', kind: 'text', of: (it) => it.pack },
  { name: 'nth', kind: 'whole', of: (it) => it.nth },
  { name: 'at', kind: 'instant', of: (it) => it.at },
  { name: 'grade', kind: 'text', of: (it) => it.grade },
  { name: 'policy', kind: 'text', of: (it) => it.policy },
  { name: 'reasons', kind: 'text', of: (it) => it.reasons?.map(({ code }) => code).join(' ') },
  { name: 'soh_percent', kind: 'number', of: (it) => it.soh },
  { name: 'soh_lower_percent', kind: 'number', of: (it) => it.lower },
  { name: 'soh_upper_percent', kind: 'number', of: (it) => it.upper },
  { name: 'basis', kind: 'text', of: (it) => it.basis },
  { name: 'measured_at', kind: 'instant', of: (it) => it.measuredAt },
  { name: 'confirmed_at', kind: 'instant', of: (it) => it.seenAt },
  { name: 'tested_at', kind: 'instant', of: (it) => it.testedAt },
  { name: 'keeps_back', kind: 'text', of: (it) => it.keepsBack },
];

/** Every pack that the list of packs finds with these filters, in the order of codes. */
export const gradeListing: Listing<PackFilters, Graded> = {
  async page(work, { filters, reach, after, most }) {
    const { rows } = await sql<Graded>`select p.code as pack, ${fields} ${packsFrom}
      left join lateral (select * from health.grade its where its.pack = p.code order by its.nth desc limit 1) g on true
      where ${all(
        packConditions(filters, reach),
        when(after, (it) => sql`p.code > ${idCursor(it)}`),
      )} order by p.code limit ${most}`.execute(work.db);
    return rows;
  },
  cursorOf: (it) => it.pack,
  columns,
};

/** Newest first. @throws Refused `pack-unknown`, also for a pack beyond reach */
export const packGradeListing: Listing<{ readonly pack: PackCode }, Graded> = {
  async page(work, { filters: { pack: code }, reach, after, most }) {
    if (!(await packRowOf(work, code, reach)))
      throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
    if (after !== undefined && !/^\d{1,9}$/.test(after)) throw cursorWrong();
    const { rows } = await sql<Graded>`select g.pack, ${fields} from health.grade g
      where ${all(
        sql`g.pack = ${code}`,
        when(after, (it) => sql`g.nth < ${Number(it)}`),
      )} order by g.nth desc limit ${most}`.execute(work.db);
    return rows;
  },
  cursorOf: (it) => String(it.nth),
  columns,
};

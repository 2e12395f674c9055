// Shares of packs, one line for each pack and owner.
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { share, shareFilters, shareMatters } from '../api.ts';
import { all, type FiltersOf, holds, type Listing, placeCursor, placeOf, when } from '../listing.ts';

type Share = z.infer<typeof share>;

const pledged = sql`(select coalesce(sum(l.millionths), 0) from pack.lien l
  where l.pack_code = a.asset and 'party:' || l.owner = a.holder and l.ended_at is null)`;
const lessee = sql`(select e.lessee from pack.lease e where e.pack_code = a.asset)`;

/**
 * By pack and owner. Only the organisations' own shares: that a pack is at one's station, or rented, makes nobody an owner.
 */
export const shareListing: Listing<FiltersOf<typeof shareFilters>, Share> = {
  async page(work, { filters: { party, matter, search }, reach, after, most }) {
    const at = work.at.toString();
    const offers = sql`(select count(*) from pack.offer o
      where o.pack_code = a.asset and o.ended_at is null and o.lapses_at > ${at})`;
    const votes = sql`(select count(*) from pack.vote v where v.pack_code = a.asset and v.closes_at > ${at})`;
    const matters: Readonly<Record<(typeof shareMatters)[number], RawBuilder<unknown>>> = {
      pledged: sql`${pledged} > 0`,
      let: sql`${lessee} is not null`,
      offered: sql`${offers} > 0`,
      voted: sql`${votes} > 0`,
    };
    const last = after === undefined ? undefined : placeOf(after);
    const { rows } = await sql<Share>`select a.asset as code, p.model, substr(a.holder, 7) as party, n.name,
        (a.credits_posted - a.debits_posted)::integer as millionths, ${pledged}::integer as pledged,
        (select count(*) from ledger.account x where x.asset = a.asset and x.unit = 'title' and x.holder like 'party:%'
          and x.id <> a.id and x.credits_posted > x.debits_posted)::integer as others,
        ${lessee} as lessee, ${offers}::integer as offers, ${votes}::integer as votes
      from ledger.account a join pack.pack p on p.code = a.asset left join party.party n on n.id = substr(a.holder, 7)
      where ${all(
        sql`a.unit = 'title' and a.holder like 'party:%' and a.credits_posted > a.debits_posted`,
        !reach.all && sql`a.holder = any(${reach.tenants.map((it) => `party:${it}`)}::text[])`,
        when(party, (it) => sql`a.holder = ${`party:${it}`}`),
        when(matter, (it) => matters[it]),
        when(search, (it) => sql`(${holds('a.asset', it)} or ${holds('a.holder', it)} or ${holds('n.name', it)})`),
        last && sql`(a.asset, a.holder) > (${last[0]}, ${`party:${last[1]}`})`,
      )} order by a.asset, a.holder limit ${most}`.execute(work.db);
    return rows;
  },
  cursorOf: (it) => placeCursor(it.code, it.party),
  columns: [
    { name: 'pack', kind: 'text', of: (it) => it.code },
    { name: 'model', kind: 'text', of: (it) => it.model },
    { name: 'organisation', kind: 'text', of: (it) => it.party },
    { name: 'name', kind: 'text', of: (it) => it.name },
    { name: 'millionths', kind: 'whole', of: (it) => it.millionths },
    { name: 'pledged', kind: 'whole', of: (it) => it.pledged },
    { name: 'other_owners', kind: 'whole', of: (it) => it.others },
    { name: 'lessee', kind: 'text', of: (it) => it.lessee },
    { name: 'offers', kind: 'whole', of: (it) => it.offers },
    { name: 'votes', kind: 'whole', of: (it) => it.votes },
  ],
};

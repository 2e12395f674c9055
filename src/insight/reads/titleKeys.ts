// Keys with which organisations sign acts of title, those that are over too.
import { sql } from 'kysely';
import type { z } from 'zod';
import { anyOf } from '#kernel';
import type { titleKey } from '../api.ts';
import { all, type Listing, placeCursor, placeOf } from '../listing.ts';

type Key = z.infer<typeof titleKey>;

export const titleKeyListing: Listing<object, Key> = {
  async page(work, { reach, after, most }) {
    const last = after === undefined ? undefined : placeOf(after);
    const { rows } = await sql<Key>`select k.party_id as party, n.name, k.key, k.since, k.ended_at
      from pack.title_key k left join party.party n on n.id = k.party_id where ${all(
        !reach.all && sql`k.party_id = ${anyOf(reach.tenants, 'text')}`,
        last && sql`(k.party_id, k.key) > (${last[0]}, ${last[1]})`,
      )} order by k.party_id, k.key limit ${most}`.execute(work.db);
    return rows;
  },
  cursorOf: (it) => placeCursor(it.party, it.key),
  columns: [
    { name: 'organisation', kind: 'text', of: (it) => it.party },
    { name: 'name', kind: 'text', of: (it) => it.name },
    { name: 'key', kind: 'text', of: (it) => it.key },
    { name: 'since', kind: 'instant', of: (it) => it.since },
    { name: 'ended_at', kind: 'instant', of: (it) => it.endedAt },
  ],
};

// Reports to public platforms, licences, and packs that nobody finds, as lists and as files.
import { sql } from 'kysely';
import type { z } from 'zod';
import type { licence, missingPack, report } from '#exchange/api';
import { within } from '#kernel';
import type { licenceFilters, missingFilters, reportFilters } from '../api.ts';
import { all, type FiltersOf, holds, type Listing, uuidCursor, when } from '../listing.ts';
import { packWithin } from '../reach.ts';

type Report = z.infer<typeof report> & { readonly no: number };

export const reportListing: Listing<FiltersOf<typeof reportFilters>, Report> = {
  async page(work, { filters: { state, platform, kind, station, late, search }, reach, after, most }) {
    const isLate = sql`(r.state <> 'withdrawn' and coalesce(r.received_at, ${work.at.toString()}::timestamptz) > r.due_at)`;
    const { rows } =
      await sql<Report>`select r.id, r.no, platform, kind, subject, station_id, happened_at, made_at, due_at,
        state, ${isLate} as late, revision, tries, last_error, received_at, field, reason
      from exchange.report r where ${all(
        within(reach, { tenant: 'r.operator_id', region: 'r.region', station: 'r.station_id' }),
        when(state, (it) => sql`r.state = ${it}`),
        when(platform, (it) => sql`r.platform = ${it}`),
        when(kind, (it) => sql`r.kind = ${it}`),
        when(station, (it) => sql`r.station_id = ${it}`),
        when(late, (it) => sql`${isLate} = ${it}`),
        when(search, (it) => holds('r.subject', it)),
        when(after, (it) => sql`r.no < (select no from exchange.report where id = ${uuidCursor(it)}::uuid)`),
      )} order by r.no desc limit ${most}`.execute(work.db);
    return rows;
  },
  cursorOf: (it) => it.id,
  columns: [
    { name: 'id', kind: 'text', of: (it) => it.id },
    { name: 'platform', kind: 'text', of: (it) => it.platform },
    { name: 'kind', kind: 'text', of: (it) => it.kind },
    { name: 'subject', kind: 'text', of: (it) => it.subject },
    { name: 'station', kind: 'text', of: (it) => it.stationId },
    { name: 'happened_at', kind: 'instant', of: (it) => it.happenedAt },
    { name: 'due_at', kind: 'instant', of: (it) => it.dueAt },
    { name: 'state', kind: 'text', of: (it) => it.state },
    { name: 'late', kind: 'yes-no', of: (it) => it.late },
    { name: 'received_at', kind: 'instant', of: (it) => it.receivedAt },
    { name: 'tries', kind: 'whole', of: (it) => it.tries },
    { name: 'last_error', kind: 'text', of: (it) => it.lastError },
    { name: 'field', kind: 'text', of: (it) => it.field },
    { name: 'reason', kind: 'text', of: (it) => it.reason },
  ],
};

type Licence = z.infer<typeof licence>;

/** A licence is public: whoever hands a pack over wants to know. */
export const licenceListing: Listing<FiltersOf<typeof licenceFilters>, Licence> = {
  async page(work, { filters: { scope, search }, after, most }) {
    const at = work.at.toString();
    const { rows } = await sql<Licence>`select l.id, party_id, scope, number, issued_by, from_at, until_at,
        (revoked_at is null and from_at <= ${at} and until_at > ${at}) as valid, revoked_why
      from exchange.licence l where ${all(
        when(scope, (it) => sql`l.scope = ${it}`),
        when(search, (it) => sql`(${holds('l.party_id', it)} or ${holds('l.number', it)})`),
        when(uuidCursor(after), (it) => sql`l.id > ${it}::uuid`),
      )} order by l.id limit ${most}`.execute(work.db);
    return rows;
  },
  cursorOf: (it) => it.id,
  columns: [
    { name: 'organisation', kind: 'text', of: (it) => it.partyId },
    { name: 'scope', kind: 'text', of: (it) => it.scope },
    { name: 'number', kind: 'text', of: (it) => it.number },
    { name: 'issued_by', kind: 'text', of: (it) => it.issuedBy },
    { name: 'from', kind: 'instant', of: (it) => it.fromAt },
    { name: 'until', kind: 'instant', of: (it) => it.untilAt },
    { name: 'valid', kind: 'yes-no', of: (it) => it.valid },
    { name: 'revoked_why', kind: 'text', of: (it) => it.revokedWhy },
  ],
};

type Missing = z.infer<typeof missingPack>;

/** Those that are missing now. */
export const missingListing: Listing<FiltersOf<typeof missingFilters>, Missing> = {
  async page(work, { filters: { why, search }, reach, after, most }) {
    const { rows } =
      await sql<Missing>`select m.id, pack_code, why, holder, place, last_seen_at, since, lost_at, seen_at, seen_place
      from exchange.missing m join pack.pack p on p.code = m.pack_code where ${all(
        sql`m.ended_at is null`,
        packWithin(reach),
        when(why, (it) => sql`m.why = ${it}`),
        when(search, (it) => holds('m.pack_code', it)),
        when(uuidCursor(after), (it) => sql`m.id < ${it}::uuid`),
      )} order by m.id desc limit ${most}`.execute(work.db);
    return rows;
  },
  cursorOf: (it) => it.id,
  columns: [
    { name: 'pack', kind: 'text', of: (it) => it.packCode },
    { name: 'why', kind: 'text', of: (it) => it.why },
    { name: 'holder', kind: 'text', of: (it) => it.holder },
    { name: 'place', kind: 'text', of: (it) => it.place },
    { name: 'last_seen_at', kind: 'instant', of: (it) => it.lastSeenAt },
    { name: 'since', kind: 'instant', of: (it) => it.since },
    { name: 'lost_at', kind: 'instant', of: (it) => it.lostAt },
    { name: 'seen_at', kind: 'instant', of: (it) => it.seenAt },
    { name: 'seen_place', kind: 'text', of: (it) => it.seenPlace },
  ],
};

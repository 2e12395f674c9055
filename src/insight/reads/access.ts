// Who belongs to us, what programs may come in, and what everybody did: the party room's lists as files. No secret is in them.
import {
  type ApiKey,
  type Invitation,
  invitations,
  keys,
  type Member,
  members,
  namedTraces,
  type Party,
  parties,
} from '#party';
import type { Instant } from '#units';
import { atOnce, type Column, type Listing } from '../listing.ts';

type NoFilters = Readonly<Record<string, never>>;
/** Several in one cell. */
const words = (several: readonly string[] | null): string | null => several?.join(' ') ?? null;

type Posted = Pick<Member, 'partyId' | 'partyName' | 'role' | 'regions' | 'stations' | 'driverId'>;
const post: readonly Column<Posted>[] = [
  { name: 'organisation', kind: 'text', of: (it) => it.partyId },
  { name: 'organisation_name', kind: 'text', of: (it) => it.partyName },
  { name: 'role', kind: 'text', of: (it) => it.role },
  { name: 'regions', kind: 'text', of: (it) => words(it.regions) },
  { name: 'stations', kind: 'text', of: (it) => words(it.stations) },
  { name: 'driver', kind: 'text', of: (it) => it.driverId },
];

/** In the order of their ids. */
export const partyListing: Listing<NoFilters, Party> = atOnce(
  (work, { reach }) => parties(work, reach),
  (it) => it.id,
  [
    { name: 'id', kind: 'text', of: (it) => it.id },
    { name: 'name', kind: 'text', of: (it) => it.name },
    { name: 'kind', kind: 'text', of: (it) => it.kind },
  ],
);

/** In the order in which they joined. */
export const memberListing: Listing<NoFilters, Member> = {
  page: (work, { reach, after, most }) => members(work, reach, after, most),
  cursorOf: (it) => it.id,
  columns: [
    { name: 'id', kind: 'text', of: (it) => it.id },
    { name: 'name', kind: 'text', of: (it) => it.name },
    { name: 'email', kind: 'text', of: (it) => it.email },
    ...post,
    { name: 'joined_at', kind: 'instant', of: (it) => it.madeAt },
    { name: 'via', kind: 'text', of: (it) => it.via },
    { name: 'two_factor', kind: 'yes-no', of: (it) => it.twoFactor },
    { name: 'one_time_password', kind: 'yes-no', of: (it) => it.passwordDue },
    { name: 'locked_at', kind: 'instant', of: (it) => it.lockedAt },
    { name: 'last_seen_at', kind: 'instant', of: (it) => it.lastSeenAt },
  ],
};

/** Those that are open. The link itself is in no file. */
export const invitationListing: Listing<NoFilters, Invitation> = atOnce(
  (work, { reach }) => invitations(work, reach),
  (it) => it.id,
  [
    { name: 'id', kind: 'text', of: (it) => it.id },
    { name: 'name', kind: 'text', of: (it) => it.name },
    ...post,
    { name: 'made_at', kind: 'instant', of: (it) => it.madeAt },
    { name: 'made_by', kind: 'text', of: (it) => it.madeBy },
    { name: 'expires_at', kind: 'instant', of: (it) => it.expiresAt },
  ],
);

/** In the order in which they were made. */
export const keyListing: Listing<NoFilters, ApiKey> = atOnce(
  (work, { reach }) => keys(work, reach),
  (it) => it.id,
  [
    { name: 'id', kind: 'text', of: (it) => it.id },
    { name: 'name', kind: 'text', of: (it) => it.name },
    { name: 'state', kind: 'text', of: (it) => (it.revokedAt ? 'revoked' : 'active') },
    { name: 'scopes', kind: 'text', of: (it) => words(it.scopes) },
    { name: 'organisation', kind: 'text', of: (it) => it.partyId },
    { name: 'made_at', kind: 'instant', of: (it) => it.madeAt },
    { name: 'last_used_at', kind: 'instant', of: (it) => it.lastUsedAt },
    { name: 'expires_at', kind: 'instant', of: (it) => it.expiresAt },
    { name: 'revoked_at', kind: 'instant', of: (it) => it.revokedAt },
  ],
);

interface TraceFilters {
  readonly caller?: string | undefined;
  readonly route?: string | undefined;
  readonly subject?: string | undefined;
  readonly outcome?: 'done' | 'refused' | 'failed' | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}
type Trace = Awaited<ReturnType<typeof namedTraces>>[number];

/** Newest first. */
export const traceListing: Listing<TraceFilters, Trace> = {
  page: (work, { filters: { caller, route, subject, outcome, from, to }, reach, after, most }) =>
    namedTraces(work, reach, {
      ...{ caller, route, subject, outcome, from, to, most },
      before: after === undefined ? undefined : Number(after),
    }),
  cursorOf: (it) => String(it.seq),
  columns: [
    { name: 'seq', kind: 'whole', of: (it) => it.seq },
    { name: 'at', kind: 'instant', of: (it) => it.at },
    { name: 'caller', kind: 'text', of: (it) => it.caller },
    { name: 'caller_name', kind: 'text', of: (it) => it.callerName },
    { name: 'organisation', kind: 'text', of: (it) => it.partyId },
    { name: 'about_organisation', kind: 'text', of: (it) => it.about },
    { name: 'route', kind: 'text', of: (it) => it.route },
    { name: 'subject', kind: 'text', of: (it) => JSON.stringify(it.subject) },
    { name: 'outcome', kind: 'text', of: (it) => it.outcome },
    { name: 'code', kind: 'text', of: (it) => it.code },
    { name: 'request', kind: 'text', of: (it) => it.requestId },
  ],
};

// Who belongs to which organisation, as what, and what of it he is confined to.
import { sql } from 'kysely';
import { Refused, unconfined, type Work, within } from '#kernel';
import type { Reach } from '#kernel/api';
import type { DriverId, Instant, PartyId, StationId } from '#units';
import { accessChanged } from './access.ts';
import { endSessions } from './person.ts';
import { policy } from './policy.ts';
import type { PartyKind, Role } from './words.ts';

/** What somebody is given: a role, and what of the organisation he is confined to. */
export interface Post {
  readonly partyId: PartyId;
  readonly role: Role;
  readonly regions?: readonly string[] | null | undefined;
  readonly stations?: readonly StationId[] | null | undefined;
  /** As whom he swaps. */
  readonly driverId?: DriverId | null | undefined;
}

export interface Membership {
  readonly id: string;
  readonly personId: string;
  readonly partyId: PartyId;
  readonly partyName: string;
  readonly kind: PartyKind;
  readonly role: Role;
  readonly regions: string[] | null;
  readonly stations: StationId[] | null;
  readonly driverId: DriverId | null;
  /** The company's service whose groups say so. */
  readonly via: string | null;
  readonly madeAt: Instant;
}

const fields = sql.raw(`m.id, m.person_id, m.party_id, p.name as party_name, p.kind, m.role, m.regions, m.stations,
  m.driver_id, m.via, m.made_at`);

/** Of one person, oldest first: the first is the one he acts as unless he chooses another. */
export async function membershipsOf(work: Work, personId: string): Promise<Membership[]> {
  const { rows } =
    await sql<Membership>`select ${fields} from party.membership m join party.party p on p.id = m.party_id
    where m.person_id = ${personId} and m.ended_at is null order by m.id`.execute(work.db);
  return rows;
}

/** With what administrators want to know of people. */
export interface Member extends Membership {
  readonly name: string;
  readonly email: string;
  readonly twoFactor: boolean;
  readonly passwordDue: boolean;
  readonly lockedAt: Instant | null;
  /** When he last did something here, to the minute. */
  readonly lastSeenAt: Instant | null;
}

const inReach = (reach: Reach) => within(unconfined(reach), { tenant: 'm.party_id' });

/** In the order in which they joined, after `after`. */
export async function members(work: Work, reach: Reach, after: string | undefined, most: number): Promise<Member[]> {
  const { rows } =
    await sql<Member>`select ${fields}, u.name, u.email, coalesce(u."twoFactorEnabled", false) as two_factor,
      u."passwordDue", u."lockedAt", seen.at as last_seen_at
    from party.membership m join party.party p on p.id = m.party_id join account."user" u on u.id = m.person_id
      left join party.last_seen seen on seen.person_id = m.person_id
    where m.ended_at is null and ${inReach(reach)} ${after === undefined ? sql`` : sql`and m.id > ${after}::uuid`}
    order by m.id limit ${most}`.execute(work.db);
  return rows;
}

/** @throws Refused `member-unknown` */
export async function theMembership(work: Work, id: string, reach: Reach): Promise<Membership> {
  const { rows } =
    await sql<Membership>`select ${fields} from party.membership m join party.party p on p.id = m.party_id
    where m.id::text = ${id} and m.ended_at is null and ${inReach(reach)} for update of m`.execute(work.db);
  if (!rows[0]) throw new Refused('member-unknown', `There is no member ${id}`, { id }, 404);
  return rows[0];
}

/** @throws Refused `member-known` for somebody who belongs to the organisation already */
export async function join(
  work: Work,
  personId: string,
  post: Post,
  { by, via = null }: { by: string; via?: string | null },
): Promise<string> {
  const id = work.newId<string>();
  const { rows } = await sql<{ id: string }>`insert into party.membership
      (id, person_id, party_id, role, regions, stations, driver_id, via, made_at, made_by)
    values (${id}, ${personId}, ${post.partyId}, ${post.role}, ${post.regions ?? null}, ${post.stations ?? null},
      ${post.driverId ?? null}, ${via}, ${work.at.toString()}, ${by})
    on conflict (person_id, party_id) where ended_at is null do nothing returning id`.execute(work.db);
  if (rows.length === 0)
    throw new Refused('member-known', 'This person belongs to the organisation already: change the role instead');
  return id;
}

/** Gives a member another role, or confines him otherwise. From then on it is ours to say, not his company's service's. */
export const setPost = (work: Work, id: string, { role, regions, stations, driverId }: Post) =>
  sql`update party.membership set role = ${role}, regions = ${regions ?? null}, stations = ${stations ?? null},
    driver_id = ${driverId ?? null}, via = null where id = ${id}`.execute(work.db);

export const leave = (work: Work, id: string) =>
  sql`update party.membership set ended_at = ${work.at.toString()} where id = ${id} and ended_at is null`.execute(
    work.db,
  );

/** What a company's service says of somebody now: his role there is what his groups make it. */
export async function joinBy(work: Work, personId: string, post: Post, via: string): Promise<void> {
  const held = (await membershipsOf(work, personId)).find((it) => it.partyId === post.partyId);
  // What somebody of ours decided stands above what a service says.
  if (held && (held.via !== via || held.role === post.role)) return;
  if (held) await leave(work, held.id);
  await join(work, personId, post, { by: `service:${via}`, via });
}

/** A company's service no longer vouches for somebody: what he was by its word ends, and with it his sessions. */
export async function dismiss(work: Work, personId: string, via: string): Promise<void> {
  const held = (await membershipsOf(work, personId)).filter((it) => it.via === via);
  for (const { id } of held) await leave(work, id);
  if (held.length > 0) await endSessions(work, personId);
  work.announce(accessChanged, {});
}

/** @throws Refused `role-does-not-fit`, `post-beyond-reach`, `driver-missing` */
export function demandPost(kind: PartyKind, post: Post, reach: Reach): void {
  if (!policy[kind][post.role])
    throw new Refused(
      'role-does-not-fit',
      `An organisation of the kind "${kind}" has no role "${post.role}"; it has ${Object.keys(policy[kind]).join(', ')}`,
      { field: 'role', roles: Object.keys(policy[kind]) },
      422,
    );
  if (kind === 'platform' && (post.regions || post.stations))
    throw new Refused(
      'post-beyond-reach',
      'Whoever works for the platform is not confined to regions or stations',
      {},
      422,
    );
  if (post.role === 'driver' && !post.driverId)
    throw new Refused('driver-missing', 'driverId: as whom does this person swap?', { field: 'driverId' }, 422);
  demandWithin(post, reach);
}

/** Nobody gives more than he reaches himself, or touches who reaches further. @throws Refused `post-beyond-reach` */
export function demandWithin(post: Pick<Post, 'regions' | 'stations'>, reach: Reach): void {
  if (reach.all) return;
  const isWithin = (given: readonly string[] | null | undefined, ours: readonly string[] | undefined) =>
    !ours || (given?.every((it) => ours.includes(it)) ?? false);
  if (!isWithin(post.regions, reach.regions) || !isWithin(post.stations, reach.stations))
    throw new Refused('post-beyond-reach', 'You can give nobody more than you reach yourself', {}, 403);
}

/**
 * The platform always has somebody who can manage it, whoever asks; an organisation's last administrator does not undo
 * himself, but the platform may undo him.
 * @throws Refused `last-administrator`
 */
export async function demandNotLast(work: Work, leaving: Membership, askedBy: string | undefined): Promise<void> {
  if (leaving.role !== 'admin' || (leaving.kind !== 'platform' && leaving.personId !== askedBy)) return;
  const ofThem = leaving.kind === 'platform' ? sql`p.kind = 'platform'` : sql`m.party_id = ${leaving.partyId}`;
  const { rows } = await sql`select from party.membership m join party.party p on p.id = m.party_id
    join account."user" u on u.id = m.person_id
    where ${ofThem} and m.role = 'admin' and m.ended_at is null and m.id <> ${leaving.id} and u."lockedAt" is null
    limit 1`.execute(work.db);
  if (rows.length === 0)
    throw new Refused('last-administrator', 'This is the last administrator: make another one first');
}

/** Whether all of somebody's memberships lie within reach: only then may his account itself be touched. */
export async function isOurs(work: Work, personId: string, reach: Reach): Promise<boolean> {
  if (reach.all) return true;
  return (await membershipsOf(work, personId)).every((it) => reach.tenants.includes(it.partyId));
}

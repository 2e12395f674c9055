// A link that lets one person in, once, for a week by the clock of the world. There is no mail server: whoever invites hands
// the link on.
import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { Refused, unconfined, type Work, within } from '#kernel';
import type { Reach } from '#kernel/api';
import type { DriverId, Instant, PartyId, StationId } from '#units';
import type { Post } from './members.ts';
import type { PartyKind, Role } from './words.ts';

export interface Invitation {
  readonly id: string;
  readonly partyId: PartyId;
  readonly partyName: string;
  readonly kind: PartyKind;
  readonly role: Role;
  readonly regions: string[] | null;
  readonly stations: StationId[] | null;
  readonly driverId: DriverId | null;
  readonly name: string | null;
  readonly madeAt: Instant;
  readonly madeBy: string;
  readonly expiresAt: Instant;
  readonly endedAt: Instant | null;
  readonly acceptedBy: string | null;
}

const DAYS = 7;
const fields =
  sql.raw(`i.id, i.party_id, p.name as party_name, p.kind, i.role, i.regions, i.stations, i.driver_id, i.name,
  i.made_at, i.made_by, i.expires_at, i.ended_at, i.accepted_by`);

/** @returns the secret of the link; nobody can read it again */
export async function invite(
  work: Work,
  { post, name, by, random }: { post: Post; name?: string | undefined; by: string; random: Uint8Array },
): Promise<{ id: string; token: string; expiresAt: Instant }> {
  const token = random.toBase64({ alphabet: 'base64url', omitPadding: true });
  const id = work.newId<string>();
  const { rows } = await sql<{ expiresAt: Instant }>`insert into party.invitation
      (id, digest, party_id, role, regions, stations, driver_id, name, made_at, made_by, expires_at)
    values (${id}, ${hash('sha256', token)}, ${post.partyId}, ${post.role}, ${post.regions ?? null},
      ${post.stations ?? null}, ${post.driverId ?? null}, ${name ?? null}, now(), ${by},
      now() + make_interval(days => ${DAYS})) returning expires_at`.execute(work.db);
  return { id, token, expiresAt: rows[0]!.expiresAt };
}

export async function invitations(work: Work, reach: Reach): Promise<Invitation[]> {
  const { rows } =
    await sql<Invitation>`select ${fields} from party.invitation i join party.party p on p.id = i.party_id
    where i.ended_at is null and i.expires_at > now()
      and ${within(unconfined(reach), { tenant: 'i.party_id' })} order by i.id`.execute(work.db);
  return rows;
}

/** The invitation of a link, locked until the work ends. @throws Refused `invitation-void` */
export async function invitationOf(work: Work, token: string): Promise<Invitation> {
  const { rows } =
    await sql<Invitation>`select ${fields} from party.invitation i join party.party p on p.id = i.party_id
    where i.digest = ${hash('sha256', token)} and i.ended_at is null and i.expires_at > now()
    for update of i`.execute(work.db);
  if (!rows[0])
    throw new Refused('invitation-void', 'This invitation was used, taken back, or is over: ask for another', {}, 404);
  return rows[0];
}

export const accepted = (work: Work, id: string, personId: string) =>
  sql`update party.invitation set ended_at = now(), accepted_by = ${personId} where id = ${id}`.execute(work.db);

/** @throws Refused `invitation-unknown` @returns whose it was */
export async function takeBack(work: Work, id: string, reach: Reach): Promise<PartyId> {
  const { rows } = await sql<{ partyId: PartyId }>`update party.invitation i set ended_at = now()
    where i.id::text = ${id} and i.ended_at is null and ${within(unconfined(reach), { tenant: 'i.party_id' })}
    returning i.party_id`.execute(work.db);
  if (!rows[0]) throw new Refused('invitation-unknown', `There is no open invitation ${id}`, { id }, 404);
  return rows[0].partyId;
}

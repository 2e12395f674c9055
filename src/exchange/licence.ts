// Who may take a pack that leaves the network's own hands: what keeps batteries out of workshops that nobody has licensed.
import { sql } from 'kysely';
import { gradeNow } from '#health';
import { type Caller, insertRows, Refused, type Work } from '#kernel';
import { linksOf } from '#pack';
import { findParty, type PartyKind } from '#party';
import type { Instant, PackCode, PartyId } from '#units';
import type { LicenceScope } from './words.ts';

export interface Licence {
  readonly id: string;
  readonly partyId: PartyId;
  readonly scope: LicenceScope;
  /** The authority's number. */
  readonly number: string;
  readonly issuedBy: string;
  readonly fromAt: Instant;
  readonly untilAt: Instant;
  readonly enteredBy: string;
  readonly enteredAt: Instant;
  readonly revokedAt: Instant | null;
  readonly revokedWhy: string | null;
}

/** What each kind of organisation needs before it is given any pack. The others take part by contract with the platform: assumed. */
const NEEDED: Readonly<Partial<Record<PartyKind, readonly LicenceScope[]>>> = {
  recycler: ['recycling', 'second-use'],
  workshop: ['repair'],
};

/** For packs that are good for vehicles no more, whoever gets them. */
const FOR_RETIRED: readonly LicenceScope[] = ['recycling', 'second-use'];

/** Any one of these will do; none are needed when there are none. */
export const scopesNeeded = (kind: PartyKind, isRetired: boolean): readonly LicenceScope[] =>
  isRetired ? FOR_RETIRED : (NEEDED[kind] ?? []);

export const isValid = ({ fromAt, untilAt, revokedAt }: Licence, at: Instant): boolean =>
  revokedAt === null && Temporal.Instant.compare(fromAt, at) <= 0 && Temporal.Instant.compare(at, untilAt) < 0;

/** @throws Refused `receiver-unlicensed` unless this organisation may be given this pack now */
export async function demandLicensed(work: Work, partyId: PartyId, code: PackCode): Promise<void> {
  const party = await findParty(work, partyId);
  if (!party) return; // whoever moves the pack says that nobody registered them
  const isRetired =
    (await gradeNow(work, code))?.grade === 'recycle' || (await linksOf(work, code)).successor !== undefined;
  const scopes = scopesNeeded(party.kind, isRetired);
  // The platform and those who held the pack in use may keep what is retired until somebody fetches it.
  if (scopes.length === 0 || (isRetired && ['platform', 'operator', 'bank', 'maker'].includes(party.kind))) return;
  const held = await licencesOf(work, partyId);
  if (!held.some((it) => scopes.includes(it.scope) && isValid(it, work.at)))
    throw new Refused(
      'receiver-unlicensed',
      `${partyId} has no licence in force for ${scopes.join(' or ')}: pack ${code} is not handed over`,
      { partyId, code, scopes },
      403,
    );
}

export async function licencesOf(work: Work, partyId: PartyId): Promise<Licence[]> {
  return (await sql<Licence>`select * from exchange.licence where party_id = ${partyId} order by id`.execute(work.db))
    .rows;
}

/** @throws Refused `licence-not-yours` unless it is the authority or the platform that speaks */
async function demandAuthority(work: Work, { tenant, name }: Caller): Promise<void> {
  const kind = tenant === undefined ? 'platform' : (await findParty(work, tenant))?.kind;
  if (kind !== 'platform' && kind !== 'regulator')
    throw new Refused('licence-not-yours', 'The authority and the platform register licences', { by: name }, 403);
}

type Entering = Pick<Licence, 'partyId' | 'scope' | 'number' | 'issuedBy' | 'fromAt' | 'untilAt'>;

/** @throws Refused `licence-not-yours`, `party-unknown`, `licence-wrong` */
export async function registerLicence(work: Work, entering: Entering, caller: Caller): Promise<string> {
  await demandAuthority(work, caller);
  const { partyId, fromAt, untilAt } = entering;
  if (!(await findParty(work, partyId)))
    throw new Refused('party-unknown', `There is no organisation ${partyId}`, { partyId }, 404);
  if (Temporal.Instant.compare(fromAt, untilAt) >= 0)
    throw new Refused('licence-wrong', 'A licence ends after it begins', { field: 'untilAt' }, 422);
  const id = work.newId<string>();
  const columns = {
    ...{ id: 'uuid', partyId: 'text', scope: 'text', number: 'text', issuedBy: 'text' },
    ...{ fromAt: 'timestamptz', untilAt: 'timestamptz', enteredBy: 'text', enteredAt: 'timestamptz' },
  };
  await insertRows(work.db, 'exchange.licence', columns, [
    { ...entering, id, enteredBy: caller.name, enteredAt: work.at },
  ]);
  return id;
}

/** @throws Refused `licence-not-yours`, `licence-unknown` also for one that was revoked */
export async function revokeLicence(work: Work, id: string, why: string, caller: Caller): Promise<void> {
  await demandAuthority(work, caller);
  const { rows } = await sql`update exchange.licence set revoked_at = ${work.at.toString()}, revoked_why = ${why}
    where id = ${id} and revoked_at is null returning id`.execute(work.db);
  if (rows.length === 0) throw new Refused('licence-unknown', `There is no licence ${id} in force`, { id }, 404);
}

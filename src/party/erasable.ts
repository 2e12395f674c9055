// Who may have a person forgotten: himself, and whoever manages all that he belongs to. Never the last one who manages.
import { sql } from 'kysely';
import { Refused, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import type { DriverId } from '#units';
import { demandNotLast, demandWithin, isOurs, type Membership, membershipsOf, theMembership } from './members.ts';
import { knownDrivers } from './store.ts';

interface Asked {
  readonly membership: string;
  readonly reach: Reach;
  /** The person who asks, if it is one. */
  readonly askedBy: string | undefined;
}

/** @throws Refused `member-unknown`, `post-beyond-reach`, `member-elsewhere-too`, `last-administrator` */
export async function demandErasable(work: Work, { membership, reach, askedBy }: Asked): Promise<Membership> {
  const held = await theMembership(work, membership, reach);
  demandWithin(held, reach);
  await demandOurs(work, held.personId, reach, askedBy);
  return held;
}

/** A driver's account goes with him, so it must be ours as well. @throws Refused `driver-unknown`, `member-elsewhere-too`, `last-administrator` */
export async function demandDriverErasable(
  work: Work,
  { driver, reach, askedBy }: Omit<Asked, 'membership'> & { driver: DriverId },
): Promise<void> {
  if (!(await knownDrivers(work, [driver], reach)).has(driver))
    throw new Refused('driver-unknown', 'There is no such driver', {}, 404);
  const { rows } = await sql<{ personId: string }>`select distinct person_id from party.membership
    where driver_id = ${driver} and ended_at is null`.execute(work.db);
  for (const { personId } of rows) await demandOurs(work, personId, reach, askedBy);
}

async function demandOurs(work: Work, personId: string, reach: Reach, askedBy: string | undefined): Promise<void> {
  if (!(await isOurs(work, personId, reach)))
    throw new Refused(
      'member-elsewhere-too',
      'This person belongs to another organisation as well: ask the platform',
      {},
      403,
    );
  for (const it of await membershipsOf(work, personId)) await demandNotLast(work, it, askedBy);
}

/** @throws Refused `last-administrator` */
export async function demandOwnErasable(work: Work, personId: string): Promise<void> {
  for (const it of await membershipsOf(work, personId)) await demandNotLast(work, it, personId);
}

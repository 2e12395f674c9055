// How shares may not move. Pure: what binds now, whether a change loosens it, and whether one share may go where it is to go.
import type { z } from 'zod';
import { Refused } from '#kernel';
import type { Instant, PartyId } from '#units';
import type { restrictions } from '../api/restrictions.ts';

export type Restrictions = z.infer<typeof restrictions>;

export const unrestricted: Restrictions = {
  preemptionDays: null,
  leastMillionths: null,
  buyers: null,
  lockedUntil: null,
};

/** A share on its way. */
export interface Move {
  readonly from: PartyId;
  readonly to: PartyId;
  readonly millionths: number;
}

interface Bound {
  readonly restrictions: Restrictions;
  readonly shares: ReadonlyMap<PartyId, number>;
  /** What kind of organisation each is that may come in. */
  readonly kinds: ReadonlyMap<PartyId, string>;
}

/** Five years. Who has more than half could else lock the others in for ever. */
const LONGEST_LOCK_DAYS = 1826;

const isBefore = (a: Instant, b: string) => Temporal.Instant.compare(a, Temporal.Instant.from(b)) < 0;

/**
 * Whether owners may do with their shares what they could not do before: then those must agree whom the restriction protects.
 * A lock that is over protects nobody.
 */
export function loosens(before: Restrictions, after: Restrictions, at: Instant): boolean {
  const isLess = (was: number | null, is: number | null) => was !== null && (is === null || is < was);
  const [was, is] = [before.buyers, after.buyers];
  const isWider =
    was !== null &&
    (is === null ||
      is.kinds.some((it) => !was.kinds.includes(it)) ||
      is.parties.some((it) => !was.parties.includes(it)));
  const endsEarlier =
    before.lockedUntil !== null &&
    isBefore(at, before.lockedUntil) &&
    (after.lockedUntil === null || isBefore(Temporal.Instant.from(after.lockedUntil), before.lockedUntil));
  return (
    isLess(before.preemptionDays, after.preemptionDays) ||
    isLess(before.leastMillionths, after.leastMillionths) ||
    isWider ||
    endsEarlier
  );
}

/** @throws Refused `title-lock-long` */
export function demandBearable({ lockedUntil }: Restrictions, at: Instant): void {
  const longest = at.add({ hours: LONGEST_LOCK_DAYS * 24 });
  if (lockedUntil !== null && isBefore(longest, lockedUntil))
    throw new Refused('title-lock-long', `Shares are locked until ${longest} at most`, { longest: longest.toString() });
}

/**
 * What binds every move alike, whoever orders it; pre-emption is the other owners' to use or to waive, and asked elsewhere.
 * @throws Refused `title-locked`, `title-buyer-not-admitted`, `title-share-small`
 */
export function demandAllowed({ restrictions, shares, kinds }: Bound, move: Move, at: Instant): void {
  const { lockedUntil, buyers, leastMillionths } = restrictions;
  const { from, to, millionths } = move;
  if (lockedUntil !== null && isBefore(at, lockedUntil))
    throw new Refused('title-locked', `No share of this pack moves before ${lockedUntil}`, { until: lockedUntil });
  const has = (party: PartyId) => shares.get(party) ?? 0;
  const isAdmitted =
    has(to) > 0 ||
    buyers === null ||
    buyers.parties.includes(to) ||
    buyers.kinds.some((kind) => kind === kinds.get(to));
  if (!isAdmitted)
    throw new Refused('title-buyer-not-admitted', `${to} may not become an owner of this pack`, { party: to });
  const left = has(from) - millionths;
  const least = leastMillionths ?? 0;
  if ((left > 0 && left < least) || has(to) + millionths < least)
    throw new Refused('title-share-small', `Who has a share of this pack has at least ${least} millionths`, { least });
}

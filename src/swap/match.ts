// Which swap a station's message is about. The requestId alone does not tell: stations count from 1, we count from
// 1,000,000,000, a rebooted station may count again, and a message may come twice with a new message id (OCPP 2.1 S).
// So the token decides wherever it is told, and a number stands for one swap under way at a time (`numbers.ts`).
import { sameCase } from '#party';
import type { Instant, PackCode, StationId } from '#units';
import { type Desk, openAt, swapsAt } from './desk.ts';
import { withNumber } from './numbers.ts';
import { isPast, patience } from './profile.ts';
import { hasBegun, isArrivalOnly, isSettled, isStuck, type Swap } from './swap.ts';
import { announced, arrival } from './unannounced.ts';
import type { CheckName, Step } from './words.ts';

export interface About {
  readonly stationId: StationId;
  readonly requestId: number;
  readonly idToken: string;
}

const isFor = (swap: Swap, { requestId, idToken }: About) =>
  swap.requestId === requestId && swap.idToken === sameCase(idToken);

const minesAt = (desk: Desk, { stationId, idToken }: Pick<About, 'stationId' | 'idToken'>): Swap[] =>
  openAt(desk, stationId).filter((it) => it.idToken === sameCase(idToken));

/** The swap that a message of packs is about, or `again` when an ended swap booked just this. Makes one that nobody announced. */
export function swapFor(
  desk: Desk,
  about: About,
  direction: 'returned' | 'given',
  codes: readonly PackCode[],
  at: Instant,
): Swap | 'again' {
  const mine = minesAt(desk, about).filter((it) => !(direction === 'returned' && broughtBack(it, codes)));
  if (wasBooked(desk, about, direction, codes, mine)) return 'again';
  const told = codes.length > 0 ? mine.find((it) => hasAll(desk, it[direction], codes)) : undefined;
  const numbered = mine.filter((it) => isFor(it, about));
  const move: Move = { direction, codes };
  const found =
    numbered.find((it) => !isSettled(it) && !isArrivalOnly(it)) ??
    told ??
    mine.find((it) => isPromisedTo(desk, it, move)) ??
    mine.find((it) => !hasBegun(it) && !isArrivalOnly(it)) ??
    theOneThatWaits(mine, move) ??
    numbered.find((it) => !isSettled(it)) ??
    thatGoesOn(mine, desk.at) ??
    numbered[0];
  if (!found && direction === 'given') {
    const over = justEnded(desk, about);
    if (over) return over;
  }
  const swap = found === told && told ? told : withNumber(desk, found ?? arrival(desk, about, at), about.requestId);
  return isArrivalOnly(swap) && codes.length > 0 ? announced(desk, swap, at) : swap;
}

/** Packs that go one way in one message. */
interface Move {
  readonly direction: 'returned' | 'given';
  readonly codes: readonly PackCode[];
}

/** The very pack goes out that waits for this swap: whatever number it is told under. */
const isPromisedTo = (desk: Desk, swap: Swap, { direction, codes }: Move): boolean =>
  direction === 'given' && codes.some((it) => desk.promises.get(it) === swap.id);

/** The one swap of a driver that has begun and to which packs are still to move this way; its number may have changed meanwhile. */
function theOneThatWaits(mine: readonly Swap[], move: Move): Swap | undefined {
  const [it, ...others] = mine.filter((swap) => isDue(swap, move));
  return others.length === 0 ? it : undefined;
}

/** Fewer went this way than the swap is for. What he got and brings back is the next swap's. */
function isDue(swap: Swap, { direction, codes }: Move): boolean {
  if (!hasBegun(swap) || isStuck(swap) || isSettled(swap)) return false;
  if (direction === 'returned' && swap.given.some((it) => codes.includes(it.code))) return false;
  return swap[direction].length < Math.max(swap.count, swap.returned.length, swap.given.length);
}

/** What he got in a swap that is settled comes in: that swap is over, whether the station said so or not. */
const broughtBack = (swap: Swap, codes: readonly PackCode[]): boolean =>
  isSettled(swap) && swap.given.some((it) => codes.includes(it.code));

/** By the codes that the packs have now: a move that was booked before its pack was re-coded has the old one. */
const hasAll = ({ successors }: Desk, moves: Swap['given'], codes: readonly PackCode[]): boolean =>
  codes.every((code) => moves.some((it) => (successors.get(it.code) ?? it.code) === code));

/** One of a driver's swaps that goes on under another number: nothing moved yet, it lost its number, or it is stuck. */
const thatGoesOn = (mine: readonly Swap[], at: Instant): Swap | undefined =>
  mine.find((it) => !hasBegun(it)) ??
  mine.find((it) => it.requestId === null && !isStuck(it) && !isSettled(it)) ??
  mine.find((it) => waitsForHim(it, at));

/** Whether a stuck swap goes on when its driver is back: for his pack whenever he comes, for anything else only soon. */
export const waitsForHim = (swap: Swap, at: Instant): boolean =>
  swap.state === 'stranded' || (isStuck(swap) && !isPast(swap.stuckAt, patience.elsewhere, at));

/** Whether an earlier swap already booked just this: the message came again after the swap had ended. */
function wasBooked(
  desk: Desk,
  about: About,
  direction: 'returned' | 'given',
  codes: readonly PackCode[],
  mine: readonly Swap[],
): boolean {
  if (codes.length === 0 && mine.length > 0) return false;
  const here = `station:${about.stationId}`;
  return swapsAt(desk, about.stationId).some((it) => {
    if (it.endedAt === null || !isFor(it, about) || !hasAll(desk, it[direction], codes)) return false;
    // A pack that has moved on since can come back, or go out again, under a number that is used again.
    return codes.every((code) => {
      const place = desk.places.get(code);
      return direction === 'given' ? place !== here || mine.length === 0 : place === here || gaveItOn(desk, code, it);
    });
  });
}

/** A returned pack that left this station later was handed to somebody else; only its own driver could bring it again. */
const gaveItOn = (desk: Desk, code: PackCode, swap: Swap) => desk.places.get(code) !== `vehicle:${swap.vin}`;

/** The swap under this number that ended a moment ago: a pack more that goes out belongs to it. */
const justEnded = (desk: Desk, about: About): Swap | undefined =>
  swapsAt(desk, about.stationId).find(
    (it) =>
      it.endedAt !== null && isFor(it, about) && isSettled(it) && !isPast(it.endedAt, patience.justEnded, desk.at),
  );

/** What a station tells of a swap's way: a step, a check, or that it gave up. */
interface Told {
  readonly stationId: StationId;
  readonly requestId: number;
  readonly idToken?: string;
  readonly at: Instant;
  readonly step?: Step;
}

/** The swap under way that a step or a check is about. */
export function inProgress(desk: Desk, told: Told): Swap | undefined {
  const { stationId, requestId, idToken, step, at } = told;
  if (idToken !== undefined) {
    const mine = minesAt(desk, { stationId, idToken });
    const again = mine.find((it) => isAt(it, step, at));
    const found = mine.find((it) => it.requestId === requestId) ?? thatGoesOn(mine, desk.at);
    return again ?? (found && withNumber(desk, found, requestId));
  }
  const open = openAt(desk, stationId);
  const holder = open.find((it) => it.requestId === requestId);
  // Without a token: who is stuck does not drive in any more; it is the one driver who was let in and has no number yet.
  if (holder && !(isStuck(holder) && step && isBeforeMoves(step))) return holder;
  const [next, ...others] = admitted(desk, stationId);
  return next && others.length === 0 ? withNumber(desk, next, requestId) : holder;
}

/**
 * The swap that a check is about which is told after its end. One under way with this number comes first; so does a driver
 * who was let in and has no number yet, when the ended swap was told of this check before.
 */
export function endedBeforeCheck(
  desk: Desk,
  { stationId, requestId, check }: Pick<Told, 'stationId' | 'requestId'> & { readonly check: CheckName },
): Swap | undefined {
  if (openAt(desk, stationId).some((it) => it.requestId === requestId)) return undefined;
  const over = swapsAt(desk, stationId)
    .filter((it) => it.requestId === requestId && hasBegun(it) && it.endedAt !== null)
    .filter((it) => !isPast(it.endedAt, patience.justEnded, desk.at))
    .toSorted((a, b) => Temporal.Instant.compare(b.endedAt!, a.endedAt!))[0];
  return over?.checks[check] !== undefined && admitted(desk, stationId).length === 1 ? undefined : over;
}

/** Drivers who were let in and whose swaps have no number yet. */
const admitted = (desk: Desk, stationId: StationId): Swap[] =>
  openAt(desk, stationId).filter((it) => it.requestId === null && !hasBegun(it) && it.steps.authorised !== undefined);

const isBeforeMoves = (step: Step): boolean =>
  ['arrived', 'identified', 'positioned', 'locked-out', 'removed'].includes(step);

const isAt = (swap: Swap, step: Step | undefined, at: Instant): boolean =>
  step !== undefined && swap.steps[step] !== undefined && Temporal.Instant.compare(swap.steps[step], at) === 0;

/** Whether a swap that has ended had this step, or a later one, already: it is told again. */
export const wasTold = (desk: Desk, { stationId, requestId, idToken, step, at }: Told): boolean =>
  swapsAt(desk, stationId).some((it) => {
    if (it.endedAt === null || it.requestId !== requestId) return false;
    if (idToken !== undefined && it.idToken !== sameCase(idToken)) return false;
    const left = it.steps.released;
    return isAt(it, step, at) || (left !== undefined && Temporal.Instant.compare(at, left) <= 0);
  });

// Which swap a station's message is about. The requestId alone does not tell: stations count from 1, we count from
// 1,000,000,000, a rebooted station may count again, and a message may come twice with a new message id (OCPP 2.1 S).
import { sameCase } from '#party';
import { tariffFor } from '#pricing';
import { Fen, type Instant, type PackCode, type StationId } from '#units';
import { type Desk, put, swapsAt, tell } from './desk.ts';
import { patience } from './profile.ts';
import type { Swap } from './swap.ts';

export interface About {
  readonly stationId: StationId;
  readonly requestId: number;
  readonly idToken: string;
}

const isFor = (swap: Swap, { requestId, idToken }: About) =>
  swap.requestId === requestId && swap.idToken === sameCase(idToken);

/** The swap that a message is about, or `again` when an ended swap booked just this. Makes one that nobody announced. */
export function swapFor(
  desk: Desk,
  about: About,
  direction: 'returned' | 'given',
  codes: readonly PackCode[],
  at: Instant,
): Swap | 'again' {
  const open = swapsAt(desk, about.stationId).filter((it) => it.endedAt === null);
  const numbered = open.find((it) => isFor(it, about));
  if (numbered) return numbered;
  if (wasBooked(desk, about, direction, codes)) return 'again';
  const mine = open.filter((it) => it.idToken === sameCase(about.idToken));
  const waiting = mine.find((it) => it.requestId === null) ?? mine.find((it) => it.state === 'stranded');
  return waiting ? put(desk, { ...waiting, requestId: about.requestId }) : unannounced(desk, about, at);
}

/** Whether an earlier swap already booked just this: the message came again after the swap had ended. */
function wasBooked(desk: Desk, about: About, direction: 'returned' | 'given', codes: readonly PackCode[]): boolean {
  return swapsAt(desk, about.stationId).some((it) => {
    if (it.endedAt === null || !isFor(it, about)) return false;
    const booked = new Set(it[direction].map((move) => move.code));
    const there = direction === 'returned' ? `station:${it.stationId}` : `vehicle:${it.vin}`;
    // A pack that has moved on since can come back under a number that is used again.
    return codes.every(
      (code) =>
        booked.has(code) && (direction === 'given' || desk.places.get(code) === there || gaveItOn(desk, code, it)),
    );
  });
}

/** A returned pack that left this station later was handed to somebody else; only its own driver could bring it again. */
const gaveItOn = (desk: Desk, code: PackCode, swap: Swap) => desk.places.get(code) !== `vehicle:${swap.vin}`;

/** A step told so long after it was done was kept by a station without network: nobody will ask about it any more. */
const LATE_MS = 60_000;

/** The swap of a driver whose arrival at a station without network we hear of now; unless it came and ended before. */
export function begunOffline(
  desk: Desk,
  { stationId, requestId, idToken, at }: Omit<About, 'idToken'> & { readonly idToken?: string; readonly at: Instant },
): Swap | undefined {
  if (idToken === undefined || desk.at.epochMilliseconds - at.epochMilliseconds < LATE_MS) return undefined;
  const about = { stationId, requestId, idToken };
  const isOver = swapsAt(desk, stationId).some(
    (it) => it.endedAt !== null && isFor(it, about) && Temporal.Instant.compare(it.endedAt, at) >= 0,
  );
  if (isOver) return undefined;
  return put(desk, { ...unannounced(desk, about, at), expiresAt: desk.at.add({ minutes: patience.authorised }) });
}

/** A swap nobody asked us about: the station acted alone, or it lost the connection before it could ask. */
function unannounced(desk: Desk, about: About, at: Instant): Swap {
  const idToken = sameCase(about.idToken);
  const who = desk.swappers.get(idToken);
  const profile = desk.stations.get(about.stationId)?.profile ?? 'chassis-robot';
  const swap: Swap = {
    id: desk.newId(),
    stationId: about.stationId,
    requestId: about.requestId,
    origin: 'unannounced',
    profile,
    idToken,
    driverId: who?.driverId ?? null,
    payment: who?.payment ?? null,
    vin: who?.vin ?? null,
    state: 'arrived',
    steps: { arrived: at },
    reporting: false,
    promised: [],
    because: null,
    returned: [],
    given: [],
    moves: 0,
    checks: {},
    tariff: tariffFor(profile),
    held: Fen(0),
    bill: null,
    problems: [{ code: 'unannounced', sentence: 'The station swapped without asking for authorisation', at }],
    startedAt: at,
    updatedAt: at,
    expiresAt: null,
    endedAt: null,
  };
  tell(desk, swap.stationId, 'unannounced', swap.problems[0]!.sentence, { swapId: swap.id, requestId: swap.requestId });
  return put(desk, swap);
}

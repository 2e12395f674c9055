// May this driver swap here, and with which swap does he go on? Pure.
import type { Linked } from '#ledger';
import { type Swapper, sameCase } from '#party';
import { priceSwap, tariffFor } from '#pricing';
import type { Anomaly } from '#station';
import { Fen, type Instant, type PackCode, type StationId, type SwapId, type Wh } from '#units';
import type { Choice } from './choose.ts';
import type { DeskStation } from './desk.ts';
import { waitsForHim } from './match.ts';
import { moneyHeld, packPromised } from './moves.ts';
import { isPast, patience } from './profile.ts';
import { energyOf, hasBegun, isArrivalOnly, isSettled, isStuck, type Promised, type Swap, withSteps } from './swap.ts';
import type { Step } from './words.ts';

/** AuthorizationStatusEnumType of OCPP 2.1, as far as we use it. */
export type AuthorisationStatus =
  | 'Accepted'
  | 'Blocked'
  | 'ConcurrentTx'
  | 'Expired'
  | 'NoCredit'
  | 'NotAllowedTypeEVSE'
  | 'NotAtThisTime'
  | 'Unknown';

export interface Authorisation {
  readonly status: AuthorisationStatus;
  readonly swapId?: SwapId;
  /** Which packs wait for the driver, in which slots. */
  readonly promised?: readonly Promised[];
  /** For the driver and for the operator. */
  readonly why?: { readonly code: string; readonly sentence: string };
}

export interface Ask {
  readonly stationId: StationId;
  readonly idToken: string;
  readonly origin: 'reserved' | 'local' | 'remote';
  readonly requestId?: number;
  /** Only for reservations. */
  readonly arriveBy?: Instant;
}

/** What a decision on one ask comes to: the swap to go on with, or a refusal; and what has to be written for it. */
export type Decision = Consequences &
  (
    | { readonly is: 'known' | 'new'; readonly swap: Swap }
    | { readonly is: 'refused'; readonly authorisation: Authorisation }
  );

interface Consequences {
  /** Swaps that changed. */
  readonly swaps: readonly Swap[];
  /** One linked set: what is set aside and what is free again. */
  readonly legs: Linked;
  /** Which packs wait for which swap from now on; for none any more when undefined. */
  readonly promises: ReadonlyMap<PackCode, SwapId | undefined>;
  /** For the operator. */
  readonly lines: readonly Anomaly[];
}

export const nothing: Consequences = { swaps: [], legs: [], promises: new Map(), lines: [] };

export const refuse = (status: AuthorisationStatus, code: string, sentence: string): Decision => ({
  ...nothing,
  is: 'refused',
  authorisation: { status, why: { code, sentence } },
});

/** Whether the driver may swap at all, apart from packs and money; undefined when nothing speaks against it. */
export function objection(
  who: Swapper | undefined,
  ask: Ask,
  underWay: readonly Swap[],
  at: Instant,
): Decision | undefined {
  if (!who) return refuse('Unknown', 'token-unknown', 'This token is not registered');
  if (who.status === 'blocked') return refuse('Blocked', 'token-blocked', 'This token is blocked: ask your operator');
  if (who.status === 'expired') return refuse('Expired', 'token-expired', 'This token has expired: ask your operator');
  const other = underWay.find((it) => it.stationId !== ask.stationId && bindsHim(it, at));
  if (!other) return undefined;
  return hasBegun(other)
    ? refuse('ConcurrentTx', 'swap-elsewhere', `A swap at station ${other.stationId} is not finished`)
    : refuse(
        'ConcurrentTx',
        'reserved-elsewhere',
        `A pack is reserved at station ${other.stationId}: cancel that first`,
      );
}

/** Whether a swap keeps its driver from swapping elsewhere. Who waits for somebody to help does not have to wait for long. */
const bindsHim = (swap: Swap, at: Instant): boolean =>
  !isSettled(swap) && !isArrivalOnly(swap) && !(isStuck(swap) && isPast(swap.stuckAt, patience.elsewhere, at));

const stepsOf: Record<Ask['origin'], readonly Step[]> = {
  reserved: ['reserved'],
  local: ['arrived', 'identified', 'authorised'],
  remote: ['authorised'],
};

/** The driver is here already, or comes to what he reserved: the swap that goes on, of his at this station. */
export function goOn(mine: readonly Swap[], ask: Ask, at: Instant): Swap | undefined {
  const asked = mine.filter((it) => !isArrivalOnly(it)); // for that nothing is set aside
  const swap =
    asked.find((it) => !hasBegun(it)) ??
    asked.find((it) => it.state === 'stranded') ??
    asked.find((it) => !isSettled(it) && (!isStuck(it) || waitsForHim(it, at)));
  if (!swap || hasBegun(swap)) return swap;
  const requestId = ask.requestId ?? swap.requestId;
  return {
    ...withSteps({ ...swap, requestId }, at, ...stepsOf[ask.origin]),
    updatedAt: at,
    expiresAt: expiryOf(ask, at),
  };
}

const expiryOf = (ask: Ask, at: Instant): Instant =>
  ask.arriveBy?.add({ minutes: patience.reserved }) ?? at.add({ minutes: patience.authorised });

/** The most that a swap can cost: as if the driver brought empty packs. */
export const atMost = (station: DeskStation, energyWh: Wh) =>
  priceSwap(tariffFor(station.profile), { givenWh: energyWh, returnedWh: 0 as Wh });

interface Beginning {
  readonly station: DeskStation;
  readonly who: Swapper;
  readonly ask: Ask;
  readonly choice: Choice & { readonly is: 'packs' };
  readonly id: SwapId;
  readonly at: Instant;
  /** The station told that he is there before it asked for him: that goes on as this swap. */
  readonly arrived?: Swap | undefined;
}

/** A new swap with its packs and its money set aside, in one linked set. */
export function begin({ station, who, ask, choice, id, at, arrived }: Beginning): Decision {
  const blank: Swap = {
    id: arrived?.id ?? id,
    stationId: ask.stationId,
    requestId: ask.requestId ?? arrived?.requestId ?? null,
    origin: ask.origin,
    profile: station.profile,
    idToken: sameCase(ask.idToken),
    driverId: who.driverId,
    payment: who.payment,
    vin: who.vin,
    count: choice.packs.length,
    state: 'reserved',
    steps: arrived?.steps ?? {},
    reporting: arrived?.reporting ?? false,
    promised: choice.packs,
    withdrawn: [],
    because: choice.because,
    returned: [],
    given: [],
    moves: 0,
    checks: arrived?.checks ?? {},
    tariff: tariffFor(station.profile),
    held: Fen(atMost(station, energyOf(choice.packs)).total),
    bill: null,
    problems: [],
    startedAt: arrived?.startedAt ?? at,
    updatedAt: at,
    expiresAt: expiryOf(ask, at),
    stuckAt: null,
    endedAt: null,
  };
  const swap = withSteps(blank, at, ...stepsOf[ask.origin]);
  return {
    is: 'new',
    swap,
    swaps: [swap],
    legs: [...moneyHeld(swap), ...swap.promised.map((it) => packPromised(swap, it.code))],
    promises: new Map(swap.promised.map((it) => [it.code, swap.id])),
    lines: [],
  };
}

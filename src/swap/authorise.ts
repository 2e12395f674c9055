// May this driver swap here, and which packs wait for him? Decides for many at once on one stock of packs. Pure.
import type { Holder, Linked } from '#ledger';
import { type Swapper, sameCase } from '#party';
import { priceSwap, tariffFor } from '#pricing';
import { Fen, type Instant, type StationId, type SwapId, type Wh } from '#units';
import type { Choice } from './choose.ts';
import type { DeskStation } from './desk.ts';
import { clearingAt, holdId, promiseId } from './moves.ts';
import { patience } from './profile.ts';
import { energyOf, hasBegun, isSettled, type Promised, type Step, type Swap, withSteps } from './swap.ts';

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

/** What a decision on one ask comes to: a swap to go on with, a new one with what it sets aside, or a refusal. */
export type Decision =
  | { readonly is: 'known'; readonly swap: Swap }
  | { readonly is: 'new'; readonly swap: Swap; readonly legs: Linked }
  | { readonly is: 'refused'; readonly authorisation: Authorisation };

export const refuse = (status: AuthorisationStatus, code: string, sentence: string): Decision => ({
  is: 'refused',
  authorisation: { status, why: { code, sentence } },
});

/** Whether the driver may swap at all, apart from packs and money; undefined when nothing speaks against it. */
export function objection(who: Swapper | undefined, ask: Ask, elsewhere: readonly Swap[]): Decision | undefined {
  if (!who) return refuse('Unknown', 'token-unknown', 'This token is not registered');
  if (who.status === 'blocked') return refuse('Blocked', 'token-blocked', 'This token is blocked: ask your operator');
  if (who.status === 'expired') return refuse('Expired', 'token-expired', 'This token has expired: ask your operator');
  const other = elsewhere.find((it) => it.stationId !== ask.stationId && !isSettled(it));
  if (!other) return undefined;
  return hasBegun(other)
    ? refuse('ConcurrentTx', 'swap-elsewhere', `A swap at station ${other.stationId} is not finished`)
    : refuse(
        'ConcurrentTx',
        'reserved-elsewhere',
        `A pack is reserved at station ${other.stationId}: cancel that first`,
      );
}

const stepsOf: Record<Ask['origin'], readonly Step[]> = {
  reserved: ['reserved'],
  local: ['arrived', 'identified', 'authorised'],
  remote: ['authorised'],
};

/** The driver is here already, or comes to what he reserved: the same swap goes on. */
export function goOn(mine: readonly Swap[], ask: Ask, at: Instant): Decision | undefined {
  const asked = mine.filter((it) => it.origin !== 'unannounced' || hasBegun(it)); // for any other nothing is set aside
  const swap =
    asked.find((it) => !hasBegun(it)) ??
    asked.find((it) => it.state === 'stranded') ??
    asked.find((it) => !isSettled(it));
  if (!swap) return undefined;
  if (hasBegun(swap)) return { is: 'known', swap };
  const requestId = ask.requestId ?? swap.requestId;
  const next = withSteps({ ...swap, requestId }, at, ...stepsOf[ask.origin]);
  return { is: 'known', swap: { ...next, updatedAt: at, expiresAt: expiryOf(ask, at) } };
}

const expiryOf = (ask: Ask, at: Instant): Instant =>
  ask.arriveBy?.add({ minutes: patience.reserved }) ?? at.add({ minutes: patience.authorised });

/** The most that a swap can cost: as if the driver brought empty packs. */
export const atMost = (station: DeskStation, energyWh: Wh) =>
  priceSwap(tariffFor(station.profile), { givenWh: energyWh, returnedWh: 0 as Wh });

/** A new swap with its packs and its money set aside, in one linked set. */
export function begin({
  station,
  who,
  ask,
  choice,
  id,
  at,
}: {
  station: DeskStation;
  who: Swapper;
  ask: Ask;
  choice: Choice;
  id: SwapId;
  at: Instant;
}): Decision {
  if (choice.is === 'none') return refuse(choice.status, choice.why.code, choice.why.sentence);
  const held = atMost(station, energyOf(choice.packs)).total;
  const blank: Swap = {
    id,
    stationId: ask.stationId,
    requestId: ask.requestId ?? null,
    origin: ask.origin,
    profile: station.profile,
    idToken: sameCase(ask.idToken),
    driverId: who.driverId,
    payment: who.payment,
    vin: who.vin,
    state: 'reserved',
    steps: {},
    reporting: false,
    promised: choice.packs,
    because: choice.because,
    returned: [],
    given: [],
    moves: 0,
    checks: {},
    tariff: tariffFor(station.profile),
    held: Fen(held),
    bill: null,
    problems: [],
    startedAt: at,
    updatedAt: at,
    expiresAt: expiryOf(ask, at),
    endedAt: null,
  };
  const swap = withSteps(blank, at, ...stepsOf[ask.origin]);
  return { is: 'new', swap, legs: setAside(swap) };
}

/** Money and packs, both or neither: pending transfers that the swap posts or voids. */
function setAside(swap: Swap): Linked {
  const money = (holder: Holder) => ({ unit: 'money' as const, asset: 'CNY', holder });
  return [
    ...(swap.held > 0
      ? [
          {
            kind: 'pending' as const,
            id: holdId(swap.id),
            debit: money(`driver:${swap.driverId!}`),
            credit: money(clearingAt(swap.stationId)),
            amount: swap.held,
            reason: 'held for a swap',
          },
        ]
      : []),
    ...swap.promised.map(({ code }) => ({
      kind: 'pending' as const,
      id: promiseId(swap.id, code),
      debit: { unit: 'custody' as const, asset: code, holder: `station:${swap.stationId}` as const },
      credit: { unit: 'custody' as const, asset: code, holder: `vehicle:${swap.vin!}` as const },
      amount: 1,
      reason: 'promised for a swap',
    })),
  ];
}

import type { SwapProfile } from '#pack';
import type { Swapper } from '#party';
import type { Bill, Tariff } from '#pricing';
import type { DriverId, Fen, Instant, PackCode, Percent, SlotNo, StationId, SwapId, Vin, Wh } from '#units';
import type { CheckResult } from './checks.ts';
import { patience } from './profile.ts';
import { type CheckName, type Origin, type State, type Step, type Stuck, steps, stuckStates } from './words.ts';

/** A pack that a station saw coming in or going out. */
export interface Moved {
  readonly code: PackCode;
  readonly slotNo: SlotNo;
  readonly soc: Percent;
  readonly soh: Percent;
  /** Capacity x SoH x SoC at that moment; 0 for a pack nobody registered. */
  readonly energyWh: Wh;
  readonly at: Instant;
  /** Went out although it must not be on the road: the swap is not released. */
  readonly forbidden?: boolean;
}

/** Something that did not go by the book; the operator sees it, and the swap goes on as far as it can. */
export interface Problem {
  readonly code: string;
  readonly sentence: string;
  readonly at: Instant;
}

/** A pack that waits for this driver. */
export interface Promised {
  readonly code: PackCode;
  readonly slotNo: SlotNo;
  readonly energyWh: Wh;
}

export interface Swap {
  readonly id: SwapId;
  readonly stationId: StationId;
  readonly requestId: number | null;
  /** `local` S01, `remote` S02; `unannounced`: the station swapped without asking first. */
  readonly origin: Origin;
  readonly profile: SwapProfile;
  /** In lower case. */
  readonly idToken: string;
  readonly driverId: DriverId | null;
  readonly payment: Swapper['payment'] | null;
  readonly vin: Vin | null;
  /** How many packs it is for: as many as were promised, or as the vehicle had when nobody asked. */
  readonly count: number;
  readonly state: State;
  readonly steps: Partial<Readonly<Record<Step, Instant>>>;
  /** Whether the station tells single steps and checks; then it waits for our release. */
  readonly reporting: boolean;
  readonly promised: readonly Promised[];
  /** Promised once and taken back: never promised to this swap again. */
  readonly withdrawn: readonly PackCode[];
  /** Why these packs were chosen. */
  readonly because: string | null;
  readonly returned: readonly Moved[];
  readonly given: readonly Moved[];
  /** How many moves were booked so far: numbers their transfers. */
  readonly moves: number;
  readonly checks: Partial<Readonly<Record<CheckName, CheckResult>>>;
  readonly tariff: Tariff;
  /** Set aside on the driver's account until the bill is known. */
  readonly held: Fen;
  readonly bill: Bill | null;
  /** Who owned its packs then is paid; since it was settled. */
  readonly ownedAt?: Instant;
  readonly problems: readonly Problem[];
  readonly startedAt: Instant;
  readonly updatedAt: Instant;
  /** When it lapses if nothing more happens; every swap under way does some day. */
  readonly expiresAt: Instant | null;
  /** Since when it waits for somebody: `blocked`, `stranded` or `unreturned`. */
  readonly stuckAt: Instant | null;
  /** By our clock, as `updatedAt`; its steps have the station's times. */
  readonly endedAt: Instant | null;
}

/** Who holds the vehicle's packs in the ledger. A vehicle we cannot name gets an account of its own for this swap. */
export const vehicleHolder = (swap: Pick<Swap, 'id' | 'vin'>): `vehicle:${string}` =>
  swap.vin ? `vehicle:${swap.vin}` : `vehicle:unknown-${swap.id}`;

export const hasBegun = (swap: Swap): boolean => swap.returned.length + swap.given.length > 0;
export const isSettled = (swap: Swap): boolean => swap.steps.settled !== undefined;
export const isStuck = ({ state }: Swap): boolean => (stuckStates as readonly string[]).includes(state);

/** The station told of somebody who did not ask, and no pack has moved yet: nothing is set aside for it. */
export const isArrivalOnly = (swap: Swap): boolean => swap.origin === 'unannounced' && !hasBegun(swap);

export const energyOf = (moves: readonly { readonly energyWh: Wh }[]): Wh =>
  moves.reduce((sum, it) => sum + it.energyWh, 0) as Wh;

/**
 * When packs went out for which a station may have told the steps: BatterySwap has no time of its own and may come days late, steps
 * have one. Never before a driver whom we answered had asked, and never later than now: who tells another time moves no income
 * further than that.
 */
export function handedOutAt({ steps: done, given, origin, startedAt }: Swap, now: Instant): Instant {
  const told = [done.picked, done.installed, ...given.map((it) => it.at)].filter((it) => it !== undefined);
  const first = told.reduce((a, b) => (Temporal.Instant.compare(b, a) < 0 ? b : a), now);
  return origin !== 'unannounced' && Temporal.Instant.compare(first, startedAt) < 0 ? startedAt : first;
}

/** The furthest step that was done: the order in which messages arrive does not matter. */
export const furthest = (done: Swap['steps']): Step => steps.findLast((it) => done[it] !== undefined) ?? 'reserved';

/**
 * Marks steps as done at an instant; of a step that is told twice the earlier time counts, for BatterySwap carries none and
 * may come late. A failure stays until it is lifted.
 */
export function withSteps(swap: Swap, at: Instant, ...done: readonly Step[]): Swap {
  const next = { ...swap.steps };
  for (const it of done) {
    const before = next[it];
    if (before === undefined || Temporal.Instant.compare(at, before) < 0) next[it] = at;
  }
  return { ...swap, steps: next, state: isStuck(swap) || swap.endedAt !== null ? swap.state : furthest(next) };
}

/** Takes steps back, as when a pack is taken out again. */
export function withoutSteps(swap: Swap, ...undone: readonly Step[]): Swap {
  const left = Object.fromEntries(Object.entries(swap.steps).filter(([it]) => !undone.includes(it as Step)));
  return { ...swap, steps: left, state: furthest(left) };
}

export const withProblem = (swap: Swap, code: string, sentence: string, at: Instant): Swap =>
  swap.problems.some((it) => it.code === code && it.sentence === sentence)
    ? swap
    : { ...swap, problems: [...swap.problems, { code, sentence, at }] };

/** It waits for somebody, at the longest until `patience.stuck` is over. */
export const stuck = (swap: Swap, state: Stuck, at: Instant): Swap => ({
  ...swap,
  state,
  stuckAt: isStuck(swap) ? swap.stuckAt : at,
  expiresAt: isStuck(swap) ? swap.expiresAt : at.add({ minutes: patience.stuck }),
});

/** It goes on, and lapses when nothing more happens for so many minutes. */
export const goingOn = (swap: Swap, at: Instant, minutes: number): Swap =>
  isStuck(swap) ? swap : { ...swap, stuckAt: null, expiresAt: at.add({ minutes }) };

/** Nothing more will happen to this swap. */
export const ended = (swap: Swap, at: Instant, state: State): Swap => ({
  ...swap,
  state,
  endedAt: at,
  expiresAt: null,
  stuckAt: null,
});

// How long the steps of a swap take, by kind of station. The sum is the station's swap time.
import type { SwapProfile } from '#pack';
import type { Instant } from '#units';
import type { Step } from './words.ts';

/** The steps that the machine does, with their share of the swap time in percent. Assumed split. */
const shares: Record<SwapProfile, Partial<Record<Step, number>>> = {
  'chassis-robot': {
    positioned: 15,
    'locked-out': 10,
    removed: 20,
    stored: 10,
    picked: 10,
    installed: 20,
    checked: 15,
  },
  'truck-side': { positioned: 20, 'locked-out': 10, removed: 20, stored: 10, picked: 10, installed: 20, checked: 10 },
  'truck-top': { positioned: 15, 'locked-out': 10, removed: 25, stored: 10, picked: 10, installed: 20, checked: 10 },
  cabinet: { removed: 30, stored: 15, picked: 15, installed: 40 },
};

export interface TimedStep {
  readonly step: Step;
  readonly seconds: number;
}

/** The machine's steps of one swap that takes `swapSeconds` in all: 60, 100, 108, 144, 300, … */
export function timedSteps(profile: SwapProfile, swapSeconds: number): TimedStep[] {
  return Object.entries(shares[profile]).map(([step, percent]) => ({
    step: step as Step,
    seconds: (swapSeconds * percent) / 100,
  }));
}

/** How long each stage may take before we stop waiting, in minutes. */
export const patience = {
  /** After the agreed time of arrival. */
  reserved: 15,
  /** From Authorize to the first pack in the station: Timeout[In] of the station is shorter. */
  authorised: 15,
  /** From the first pack in to the last pack out: then the driver is stranded. */
  exchanging: 30,
  /** When all checks have passed or all packs have gone out, but some are still to move: for those that come one by one. */
  remaining: 3,
  /** From settlement to the vehicle's leaving. */
  leaving: 30,
  /** How long after its end a swap still takes a pack more that goes out under its number. */
  justEnded: 30,
  /** A driver whose swap is stuck may swap at another station after this. */
  elsewhere: 60,
  /** A swap that is stuck and that nobody resolves ends by itself after this. */
  stuck: 24 * 60,
} as const;

/** Whether so many minutes have gone by since; of what never was, they have not. */
export const isPast = (since: Instant | null, minutes: number, at: Instant): boolean =>
  since !== null && Temporal.Instant.compare(since.add({ minutes }), at) <= 0;

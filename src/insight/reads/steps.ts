// A swap as its steps: when each was done, how long it took, how long it takes by the profile, and what is waited for. Pure.
import { type StationPresetId, stationPreset } from '#pack';
import { demandedChecks, type State, type Step, type Swap, steps, timedSteps } from '#swap';
import type { Instant } from '#units';

/** What of a swap this needs. */
export type Shown = Pick<
  Swap,
  'state' | 'profile' | 'steps' | 'checks' | 'returned' | 'given' | 'reporting' | 'endedAt'
>;

const seconds = (from: Instant, to: Instant): number => (to.epochMilliseconds - from.epochMilliseconds) / 1000;

/** Steps that only some swaps have: a reservation, and those a station without step reports never tells. */
const alwaysThere: readonly Step[] = ['authorised', 'stored', 'installed', 'settled', 'released'];

/**
 * All steps in their order. `tookS` counts from the step done before it; `expectedS` is the step's share of the swap time
 * of the station's preset, for steps that the machine does. One that the station did not tell has no time.
 */
export function timedStepsOf(swap: Shown, presetId: StationPresetId) {
  const expected = new Map<Step, number>(
    timedSteps(swap.profile, stationPreset(presetId)?.swapSeconds ?? 0).map((it) => [it.step, it.seconds]),
  );
  const next = nextStep(swap);
  let before: Instant | undefined;
  return steps
    .filter((it) => swap.steps[it] !== undefined || it === next || isToCome(swap, it, expected))
    .map((step) => {
      const at = swap.steps[step] ?? null;
      const tookS = at && before ? Math.max(0, seconds(before, at)) : null;
      if (at) before = at;
      return { step, at, tookS, expectedS: expected.get(step) ?? null, isNext: step === next };
    });
}

/** Still before us, or usual for every swap. */
const isToCome = (swap: Shown, step: Step, expected: ReadonlyMap<Step, number>): boolean =>
  alwaysThere.includes(step) || (swap.reporting && (expected.has(step) || step === 'checked'));

function nextStep(swap: Shown): Step | undefined {
  if (swap.endedAt !== null) return undefined;
  const last = steps.findLastIndex((it) => swap.steps[it] !== undefined);
  const machine = new Set<Step>(timedSteps(swap.profile, 0).map((it) => it.step));
  return steps.find(
    (it, n) => n > last && (alwaysThere.includes(it) || (swap.reporting && (machine.has(it) || it === 'checked'))),
  );
}

/** From arrival, or the first step known, to the last pack handed out; null until then. */
export function exchangeSeconds({ steps: done }: Pick<Swap, 'steps'>): number | null {
  const from = done.arrived ?? done.identified ?? done.authorised;
  const to = done.installed;
  return from && to ? Math.max(0, seconds(from, to)) : null;
}

/** Every check that the kind of station demands, measured or not, and whatever else was measured. */
export function checksOf({ profile, checks }: Pick<Swap, 'profile' | 'checks'>) {
  const names = new Set([...demandedChecks(profile), ...(Object.keys(checks) as (keyof typeof checks)[])]);
  return [...names].map((check) => {
    const result = checks[check];
    return {
      check,
      value: result?.value ?? null,
      passed: result?.passed ?? null,
      demand: result?.demand ?? null,
    };
  });
}

const sentences: Readonly<Partial<Record<State, string>>> = {
  reserved: 'The driver has to arrive',
  arrived: 'The driver has to show a card or an account',
  identified: 'We have to answer whether the driver may swap',
  authorised: 'The station has to take the empty pack',
  positioned: 'The station has to take the empty pack',
  'locked-out': 'The station has to take the empty pack out of the vehicle',
  removed: 'The station has to put the empty pack into a slot',
  stored: 'The station has to fetch the charged pack',
  picked: 'The station has to put the charged pack into the vehicle',
  installed: 'The station has to tell what its safety checks measured',
  checked: 'The swap has to be settled',
  settled: 'The vehicle has to leave',
  blocked: 'Staff has to mend what a safety check found; the vehicle must not leave',
  stranded: 'Staff has to help: the driver’s pack is in the station and he has none',
};

/** One sentence for people; null when nothing is waited for any more. */
export const waitingFor = ({ state, endedAt }: Pick<Swap, 'state' | 'endedAt'>): string | null =>
  endedAt === null ? (sentences[state] ?? null) : null;

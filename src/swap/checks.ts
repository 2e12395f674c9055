// What must be right before a vehicle may leave: measured by the station after the pack is in.
import type { SwapProfile } from '#pack';
import { type CheckName, checkNames } from './words.ts';

export interface CheckResult {
  readonly value: number;
  /** Null: open, for it depends on the pack and none has gone out yet. */
  readonly passed: boolean | null;
  /** What it should be, for people: `80 to 120 N·m`. */
  readonly demand: string;
}

interface Limit {
  readonly demand: (ratedMatings: number | undefined) => string;
  readonly passes: (value: number, ratedMatings: number | undefined) => boolean | null;
}

const closed: Limit = { demand: () => 'closed (1)', passes: (value) => value === 1 };
const within = (least: number, most: number, unit: string): Limit => ({
  demand: () => `${least} to ${most} ${unit}`,
  passes: (value) => value >= least && value <= most,
});

/** Every lock sensor closed; the HV interlock loop closed; insulation of at least 100 ohm/V (GB 18384-2020, 5.1.4.1, DC). */
const common = {
  locks: closed,
  interlock: closed,
  insulation: { demand: () => 'at least 100 ohm/V', passes: (value) => value >= 100 },
  /** A coupler at its rated number of matings is worn. */
  mating: {
    demand: (rated) =>
      rated === undefined ? 'fewer matings than the pack handed out is rated for' : `fewer than ${rated} matings`,
    passes: (value, rated) => (rated === undefined ? null : value < rated),
  },
} satisfies Partial<Record<CheckName, Limit>>;

/** Tightness of the coolant coupler. Assumed: a leak a person could see. */
const coolant = within(0, 0.5, 'mL/min');

/** Which checks a profile demands. The torque windows are assumed: bolts of M12 for cars, M16 for trucks. */
const limits: Record<SwapProfile, Partial<Record<CheckName, Limit>>> = {
  'chassis-robot': { ...common, coolant, torque: within(80, 120, 'N·m') },
  'truck-side': { ...common, torque: within(200, 300, 'N·m') },
  'truck-top': { ...common, torque: within(200, 300, 'N·m') },
  cabinet: { locks: closed, interlock: closed },
};

export const demandedChecks = (profile: SwapProfile): CheckName[] => Object.keys(limits[profile]) as CheckName[];

/**
 * Judges one measurement. A check that the profile does not demand passes. A value that is no number fails.
 * `ratedMatings`: of the pack that went out; undefined while none has.
 */
export function judge(
  profile: SwapProfile,
  check: CheckName,
  value: number,
  ratedMatings: number | undefined,
): CheckResult {
  const limit = limits[profile][check];
  if (!limit) return { value, passed: true, demand: 'not demanded here' };
  return {
    value,
    passed: Number.isFinite(value) ? limit.passes(value, ratedMatings) : false,
    demand: limit.demand(ratedMatings),
  };
}

type Checks = Partial<Readonly<Record<CheckName, CheckResult>>>;

export const failedChecks = (checks: Checks): CheckName[] => checkNames.filter((it) => checks[it]?.passed === false);

export const missingChecks = (profile: SwapProfile, checks: Checks): CheckName[] =>
  demandedChecks(profile).filter((it) => checks[it] === undefined);

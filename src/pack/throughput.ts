import type { Wh } from '#units';
import type { PackFamily, StationPreset } from './model.ts';

export interface Running {
  readonly energyPerSwapWh: Wh;
  readonly wantedPerDay: number;
  /** From empty to ready; the preset's own turn when absent. */
  readonly turnHours?: number;
  /** Packs that circulate; every slot when absent. */
  readonly packs?: number;
  readonly family?: PackFamily;
  /** From the grid into the pack; 0.95 when absent (assumed). */
  readonly chargerEfficiency?: number;
}

const LIMITS = ['mechanical', 'charging', 'power', 'demand'] as const;
export type Throughput = Readonly<Record<(typeof LIMITS)[number], number>> & {
  readonly perDay: number;
  readonly limitedBy: (typeof LIMITS)[number];
};

/**
 * Swaps a station can do in a day: the least of what the robots move, the packs turn, the grid feeds and drivers want.
 * However fast the arm, 27 packs that charge for two hours make 324 swaps. Every limit is whole swaps, rounded down;
 * the first in the order above wins a tie.
 * @throws RangeError when a rate is not positive
 */
export function throughput(preset: StationPreset, running: Running): Throughput {
  const { energyPerSwapWh, wantedPerDay, family, chargerEfficiency = 0.95 } = running;
  const { turnHours = preset.chargeTurnHours, packs = preset.slots } = running;
  if (!(turnHours > 0 && energyPerSwapWh > 0 && chargerEfficiency > 0 && chargerEfficiency <= 1))
    throw new RangeError('charging turn and energy must be positive, the efficiency within 0 and 1');
  const seconds = (family && preset.swapSecondsOf?.[family]) ?? preset.swapSeconds;
  const limits = {
    mechanical: whole((preset.bays * 86_400) / seconds),
    charging: whole((packs * 24) / turnHours),
    power: whole((preset.powerLimitW * 24 * chargerEfficiency) / energyPerSwapWh),
    demand: whole(wantedPerDay),
  };
  const limitedBy = LIMITS.reduce((least, it) => (limits[it] < limits[least] ? it : least));
  return { ...limits, perDay: limits[limitedBy], limitedBy };
}

/** The charging turn in hours that a claimed number of swaps a day asks of the packs: the check of any brochure. */
export const turnHoursFor = (packs: number, swapsPerDay: number): number => (packs * 24) / swapsPerDay;

/** Rounds down, but not below a whole number that binary fractions just miss (0.9999999 swaps is one). */
const whole = (swaps: number): number => Math.floor(swaps + 1e-9);

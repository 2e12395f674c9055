// What the station's sensors measure once the pack is in the vehicle. The values are simulated.
import type { Chance } from '#units';
import type { Pack } from '../pack.ts';
import type { RosterStation } from '../roster.ts';
import { type Happening, safetyCheck } from './wire.ts';

type Check = 'Locks' | 'Torque' | 'Interlock' | 'Insulation' | 'Coolant' | 'Mating';

const checksOf: Record<RosterStation['profile'], readonly Check[]> = {
  'chassis-robot': ['Locks', 'Torque', 'Interlock', 'Insulation', 'Coolant', 'Mating'],
  'truck-side': ['Locks', 'Torque', 'Interlock', 'Insulation', 'Mating'],
  'truck-top': ['Locks', 'Torque', 'Interlock', 'Insulation', 'Mating'],
  cabinet: ['Locks', 'Interlock'],
};

/** Good values: locks and interlock closed (1), torque in N·m, insulation in ohm/V, coolant leak in mL/min, matings so far. */
function good(check: Check, profile: RosterStation['profile'], packs: readonly Pack[], chance: Chance): number {
  switch (check) {
    case 'Locks':
    case 'Interlock':
      return 1;
    case 'Torque':
      return profile === 'chassis-robot' ? 95 + chance.next() * 10 : 240 + chance.next() * 20;
    case 'Insulation':
      return Math.min(800 + chance.next() * 1200, ...packs.map((it) => it.insulationOhmPerV ?? 0));
    case 'Coolant':
      return chance.next() * 0.1;
    case 'Mating':
      return Math.max(0, ...packs.map((it) => it.matings));
  }
}

/** What is measured when it is broken. */
const broken: Record<Check, number> = {
  Locks: 0,
  Torque: 12,
  Interlock: 0,
  Insulation: 40,
  Coolant: 25,
  Mating: 99_999,
};

/** All checks of this kind of station; `failing` names one that shows damage. */
export const measured = (
  { profile }: Pick<RosterStation, 'profile'>,
  requestId: number,
  packs: readonly Pack[],
  chance: Chance,
  failing?: string,
): Happening[] =>
  checksOf[profile].map((check) =>
    safetyCheck(requestId, check, check === failing ? broken[check] : good(check, profile, packs, chance)),
  );

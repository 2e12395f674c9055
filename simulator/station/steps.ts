// The steps of a station's machine: in which order, how long each, and what it calls them.
import { type MachineStep, machineSteps, type RosterStation } from '../roster.ts';

/** A machine's step in the words of NotifyEvent. */
export const said: Readonly<Record<MachineStep, string | undefined>> = {
  positioned: 'Positioned',
  'locked-out': 'LockedOut',
  removed: 'Removed',
  stored: 'Stored',
  picked: 'Picked',
  installed: 'Installed',
  checked: undefined, // the checks speak for themselves
};

const outFirst: readonly MachineStep[] = [
  'positioned',
  'locked-out',
  'removed',
  'picked',
  'stored',
  'installed',
  'checked',
];

/** How a vehicle is swapped: without a free slot the packs that go out leave theirs first (Out-In). */
export interface Manner {
  readonly isOutFirst: boolean;
  /** Not so for a driver who was left without a pack. */
  readonly bringsPacks: boolean;
}

/** The roster's steps in the machine's order; packs are moved whatever it lists. Seconds are simulated ones. */
export function stepsOf(
  { steps, swapSeconds }: Pick<RosterStation, 'steps' | 'swapSeconds'>,
  { isOutFirst, bringsPacks }: Manner,
): { readonly step: MachineStep; readonly seconds: number }[] {
  const given = new Map(steps.map((it) => [it.step, it.seconds]));
  if (given.size === 0) given.set('installed', swapSeconds);
  const order = isOutFirst ? outFirst : machineSteps;
  return order
    .filter((it) => given.has(it) || it === 'stored' || it === 'picked' || it === 'installed')
    .filter((it) => bringsPacks || (it !== 'removed' && it !== 'stored'))
    .map((step) => ({ step, seconds: given.get(step) ?? 0 }));
}

// What the state of a swap, its origin and its checks are called, for the room, its contract and the screens. Browser-safe.

/** The way of a swap that goes well, in the order of a robot station. A station may not report some of the steps. */
export const steps = [
  'reserved',
  'arrived',
  'identified',
  'authorised',
  'positioned',
  'locked-out',
  'removed',
  'stored',
  'picked',
  'installed',
  'checked',
  'settled',
  'released',
] as const;
export type Step = (typeof steps)[number];

/** Who is stuck waits for somebody, and not for ever. */
export const stuckStates = ['blocked', 'stranded', 'unreturned'] as const;
export type Stuck = (typeof stuckStates)[number];

/** What can go wrong: the stuck, and the ends without an exchange. */
export const failures = [...stuckStates, 'expired', 'cancelled', 'aborted'] as const;
export type Failure = (typeof failures)[number];
export type State = Step | Failure;

export const origins = ['reserved', 'local', 'remote', 'unannounced'] as const;
export type Origin = (typeof origins)[number];

export const checkNames = ['locks', 'torque', 'interlock', 'insulation', 'coolant', 'mating'] as const;
export type CheckName = (typeof checkNames)[number];

// The words for who takes part. Browser-safe.

/** What an organisation is. */
export const partyKinds = [
  'operator',
  'bank',
  'maker',
  'owner',
  'platform',
  'insurer',
  'regulator',
  'recycler',
  'workshop',
  'fleet',
] as const;
export type PartyKind = (typeof partyKinds)[number];

/** What somebody is in an organisation. */
export const roles = ['admin', 'dispatcher', 'station-staff', 'technician', 'driver', 'owner', 'auditor'] as const;
export type Role = (typeof roles)[number];

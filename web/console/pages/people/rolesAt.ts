// Which roles there are in which kind of organisation. The server's own table is src/party/policy.ts; a test holds them
// together. Pure.
import type { PartyKind, Role } from '#party/api';

export interface Place {
  readonly partyId: string;
  readonly partyName: string;
  readonly kind: PartyKind;
}

/** In the order in which they are offered. */
export const rolesOf: Readonly<Record<PartyKind, readonly Role[]>> = {
  operator: ['admin', 'auditor', 'dispatcher', 'station-staff', 'technician', 'driver'],
  bank: ['admin', 'auditor', 'owner'],
  maker: ['admin', 'auditor', 'technician', 'owner'],
  owner: ['admin', 'auditor', 'owner'],
  platform: ['admin', 'auditor', 'dispatcher', 'technician', 'driver'],
  insurer: ['admin', 'auditor'],
  regulator: ['admin', 'auditor'],
  recycler: ['admin', 'auditor', 'technician'],
  workshop: ['admin', 'auditor', 'technician'],
  fleet: ['admin', 'auditor', 'dispatcher', 'driver'],
};

/** A role that there is none of in this place becomes that of an auditor, who changes nothing and whom all of them have. */
export const roleAt = ({ kind }: Pick<Place, 'kind'>, role: Role): Role =>
  rolesOf[kind].includes(role) ? role : 'auditor';

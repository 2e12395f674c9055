// Who may do what, on which tenant, region and station. The one table; everything else asks it.
import type { Permission, Reach, Scope } from '#kernel/api';
import { permissions } from '#kernel/api';
import type { DriverId, PartyId, StationId } from '#units';
import type { PartyKind, Role } from './words.ts';

/**
 * How far a permission goes: everything; what belongs to one's organisation; of that only the regions or the stations of
 * one's membership (no regions named: all of them; no stations named: none); what is one's own as a driver.
 */
export type Extent = 'all' | 'tenant' | 'region' | 'station' | 'self';
export type Grants = Readonly<Partial<Record<Permission, Extent>>>;

const to = (extent: Extent, ...granted: readonly Permission[]): Grants =>
  Object.fromEntries(granted.map((it) => [it, extent]));

/** What the head of every organisation may: its people, its keys, and what they did. */
const own = to('tenant', 'member.manage', 'key.manage', 'trail.see');

const running = ['network.see', 'station.see', 'swap.see', 'pack.see', 'record.see'] as const;
const packs = ['pack.see', 'ledger.see', 'record.see'] as const;
const drivers = ['person.see', 'person.register', 'token.block', 'money.topUp'] as const;

const owner = to('tenant', ...packs);
const packsAuditor = { ...owner, ...to('tenant', 'trail.see') };
const driver = { ...to('tenant', 'network.see'), ...to('self', 'swap.see', 'swap.ask', 'ledger.see') };
/** Stands where everybody may swap: sees every station. */
const anywhere = to('all', 'network.see');

const operator: Partial<Record<Role, Grants>> = {
  admin: {
    ...to('tenant', ...running, ...drivers, 'ledger.see', 'swap.ask', 'pack.register', 'pack.judge'),
    ...to('tenant', 'station.register', 'station.operate', 'station.secret'),
    ...own,
  },
  dispatcher: {
    ...to('region', ...running, 'station.operate', 'swap.ask', 'pack.judge'),
    ...to('tenant', 'person.see', 'token.block'),
  },
  'station-staff': to('station', ...running, 'station.operate', 'swap.ask'),
  technician: to('region', ...running, 'station.operate', 'station.secret', 'pack.judge'),
  driver,
  auditor: to('tenant', ...running, 'ledger.see', 'person.see', 'trail.see'),
};

/** Role by role for each kind of organisation. A role that is not here does not exist there. */
export const policy: Readonly<Record<PartyKind, Readonly<Partial<Record<Role, Grants>>>>> = {
  operator,
  bank: { admin: { ...to('tenant', ...packs, 'pack.register'), ...own }, owner, auditor: packsAuditor },
  maker: {
    admin: { ...to('tenant', ...packs, 'pack.register', 'pack.judge'), ...own },
    technician: to('tenant', 'pack.see', 'pack.judge', 'record.see'),
    owner,
    auditor: packsAuditor,
  },
  owner: { admin: { ...owner, ...own }, owner, auditor: packsAuditor },
  platform: {
    admin: to('all', ...permissions),
    dispatcher: to(
      'all',
      ...running,
      'station.operate',
      'swap.ask',
      'pack.judge',
      'person.see',
      'token.block',
      'audit.see',
    ),
    technician: to('all', ...running, 'station.operate', 'station.secret', 'pack.judge'),
    driver: { ...driver, ...anywhere },
    auditor: to('all', ...running, 'record.mirror', 'ledger.see', 'audit.see', 'audit.run', 'trail.see'),
  },
  insurer: { admin: { ...to('tenant', 'pack.see', 'record.see'), ...own }, auditor: packsAuditor },
  regulator: {
    admin: { ...to('all', ...running, 'record.mirror', 'audit.see'), ...own },
    auditor: to('all', ...running, 'record.mirror', 'audit.see'),
  },
  recycler: {
    admin: { ...to('tenant', ...packs, 'pack.judge'), ...own },
    technician: to('tenant', 'pack.see', 'pack.judge', 'record.see'),
    auditor: packsAuditor,
  },
  workshop: {
    admin: { ...to('tenant', ...packs, 'pack.judge'), ...own },
    technician: to('tenant', 'pack.see', 'pack.judge', 'record.see'),
    auditor: packsAuditor,
  },
  fleet: {
    admin: { ...anywhere, ...to('tenant', ...drivers, 'swap.see', 'swap.ask', 'ledger.see'), ...own },
    dispatcher: { ...anywhere, ...to('tenant', 'person.see', 'token.block', 'swap.see', 'swap.ask') },
    driver: { ...driver, ...anywhere },
    auditor: to('tenant', 'person.see', 'swap.see', 'ledger.see', 'trail.see'),
  },
};

/** What the scopes of API keys stand for. A key goes as far as the admin of its organisation, never further. */
const scopeGrants: Readonly<Record<Scope, readonly Permission[]>> = {
  read: ['network.see', 'station.see', 'swap.see', 'pack.see', 'ledger.see', 'record.see', 'audit.see'],
  operate: ['station.operate', 'pack.judge', 'token.block', 'audit.run'],
  register: ['station.register', 'station.secret', 'pack.register', 'person.see', 'person.register', 'money.topUp'],
  drive: ['swap.ask'],
  mirror: ['record.mirror'],
  admin: permissions,
};

/** Which scopes of an API key bring a permission. */
export const scopesFor = (permission: Permission): Scope[] =>
  (Object.keys(scopeGrants) as Scope[]).filter((it) => scopeGrants[it].includes(permission));

/** Where somebody stands in an organisation, and what of it he is confined to. */
export interface Standing {
  readonly partyId: PartyId;
  readonly kind: PartyKind;
  readonly role: Role;
  readonly regions?: readonly string[] | null;
  readonly stations?: readonly StationId[] | null;
  /** As whom he swaps. */
  readonly driverId?: DriverId | null;
}

/** What a member may, and how far. */
export const memberGrants = (standing: Standing): Partial<Record<Permission, Reach>> =>
  reaching(policy[standing.kind][standing.role] ?? {}, standing);

/** What an API key may, and how far; one without an organisation is the platform's. */
export function keyGrants(
  scopes: readonly Scope[],
  tenant?: { readonly partyId: PartyId; readonly kind: PartyKind },
): Partial<Record<Permission, Reach>> {
  const most = policy[tenant?.kind ?? 'platform'].admin!;
  const granted = scopes.flatMap((it) => scopeGrants[it]).filter((it) => most[it] !== undefined);
  const grants = Object.fromEntries(granted.map((it) => [it, most[it]]));
  return reaching(grants, { partyId: '' as PartyId, kind: 'platform', role: 'admin', ...tenant });
}

const reaching = (grants: Grants, standing: Standing): Partial<Record<Permission, Reach>> =>
  Object.fromEntries(Object.entries(grants).map(([permission, extent]) => [permission, reachOf(extent, standing)]));

function reachOf(extent: Extent, { partyId, regions, stations, driverId }: Standing): Reach {
  if (extent === 'all') return { all: true };
  if (extent === 'self') return { all: false, tenants: [], ...(driverId && { driver: driverId }) };
  return {
    all: false,
    tenants: [partyId],
    ...(regions && { regions }),
    ...(extent === 'station' ? { stations: stations ?? [] } : stations && { stations }),
  };
}

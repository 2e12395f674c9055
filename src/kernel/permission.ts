// What somebody may be allowed, and how far. Plain words, browser-safe; who is allowed what stands in src/party/policy.ts.
import type { DriverId, PartyId, StationId } from '#units';

export const permissions = [
  'network.see',
  'station.see',
  'station.register',
  'station.operate',
  /** Give a station a new password. */
  'station.secret',
  'swap.see',
  /** Quote, reserve, start and cancel swaps. */
  'swap.ask',
  'pack.see',
  'pack.register',
  /** Quarantine, clear, recall, re-code. */
  'pack.judge',
  /** Drivers, vehicles and tokens: personal data. */
  'person.see',
  'person.register',
  'token.block',
  'money.topUp',
  'ledger.see',
  'record.see',
  /** Copy the whole log: what happened to every pack and when, though never where or by whom. */
  'record.mirror',
  /** Say whose keys seal batches of the log. */
  'record.produce',
  'audit.see',
  'audit.run',
  'trail.see',
  'key.manage',
  'member.manage',
] as const;
export type Permission = (typeof permissions)[number];

/** What an API key may be allowed: read the network, run stations, register assets, ask for swaps, copy the log, administer. */
export const scopes = ['read', 'operate', 'register', 'drive', 'mirror', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** How far a permission goes. What lies beyond is not there: lists leave it out, and a single thing is a 404. */
export type Reach =
  | { readonly all: true }
  | {
      readonly all: false;
      /** Organisations whose things are reached: stations they run, packs they own or hold, their drivers, keys, members. */
      readonly tenants: readonly PartyId[];
      /** Only stations in these regions, and what belongs to them. */
      readonly regions?: readonly string[];
      /** Only these stations, and what belongs to them. */
      readonly stations?: readonly StationId[];
      /** What is this driver's own. */
      readonly driver?: DriverId;
    };

export const everything: Reach = { all: true };
export const nothing: Reach = { all: false, tenants: [] };

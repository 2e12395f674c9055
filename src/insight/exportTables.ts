// The lists that can be had as files: who may, which filters each takes, and how far it reaches — as on the screen.
import { z } from 'zod';
import type { Caller } from '#kernel';
import type { May } from '#kernel/api';
import { traceFilters } from '#party/api';
import { wire } from '#units/api';
import {
  accountFilters,
  anomalyFilters,
  deviceFilters,
  driverFilters,
  type ExportTable,
  packFilters,
  stationFilters,
  swapFilters,
  tokenFilters,
  vehicleFilters,
} from './api.ts';
import type { BoardView } from './board.ts';
import type { Listing } from './listing.ts';
import { invitationListing, keyListing, memberListing, traceListing } from './reads/access.ts';
import { anomalyListing } from './reads/anomalies.ts';
import { invariantListing, type LastAudit, violationListing } from './reads/audits.ts';
import { accountListing, transferListing } from './reads/books.ts';
import { packModelListing, stationPresetListing, vehicleModelListing } from './reads/catalogue.ts';
import { linkedListing, swapTransferListing } from './reads/legs.ts';
import { messageListing } from './reads/messages.ts';
import { packHealthListing } from './reads/packHealth.ts';
import { packListing } from './reads/packs.ts';
import { driverListing, tokenListing, vehicleListing } from './reads/people.ts';
import { slotListing } from './reads/slots.ts';
import { deviceListing, stationListing } from './reads/stations.ts';
import { demandNoPerson, swapListing } from './reads/swaps.ts';

export interface Place {
  readonly board: BoardView;
  readonly lastAudit: LastAudit;
}

export interface Table {
  readonly may: May;
  readonly filters: z.ZodRawShape;
  // biome-ignore lint/suspicious/noExplicitAny: each listing fits its own filters, which stand beside it
  readonly listing: Listing<any, any>;
  /** By what `only` names its rows; without it they cannot be named. */
  readonly named?: (row: never) => string;
  /** What else these filters demand of who asks. */
  readonly demands?: (filters: never, caller: Caller) => void;
}

const byId = (row: { readonly id: string }): string => row.id;

export const tablesOf = ({ board, lastAudit }: Place): Readonly<Record<ExportTable, Table>> => ({
  stations: { may: 'network.see', filters: stationFilters, listing: stationListing(board), named: byId },
  packs: { may: 'pack.see', filters: packFilters, listing: packListing },
  swaps: {
    may: 'swap.see',
    filters: swapFilters,
    listing: swapListing,
    demands: (filters, caller) => demandNoPerson(filters, caller.grants['person.see'] !== undefined),
  },
  drivers: { may: 'person.see', filters: driverFilters, listing: driverListing },
  vehicles: { may: 'person.see', filters: vehicleFilters, listing: vehicleListing },
  tokens: { may: 'person.see', filters: tokenFilters, listing: tokenListing },
  devices: { may: 'station.see', filters: deviceFilters, listing: deviceListing },
  accounts: { may: 'ledger.see', filters: accountFilters, listing: accountListing },
  transfers: { may: 'ledger.see', filters: { account: z.coerce.number().int() }, listing: transferListing },
  anomalies: { may: 'station.see', filters: anomalyFilters, listing: anomalyListing, named: byId },
  messages: {
    may: 'station.operate',
    filters: {
      station: wire.stationId,
      action: z.string().max(50).optional(),
      direction: z.enum(['in', 'out']).optional(),
      from: wire.instant.optional(),
      to: wire.instant.optional(),
    },
    listing: messageListing,
  },
  slots: {
    may: 'station.see',
    filters: { station: wire.stationId },
    listing: slotListing,
    named: (row: { readonly no: number }) => String(row.no),
  },
  'pack-health': { may: 'pack.see', filters: { pack: wire.packCode }, listing: packHealthListing },
  'linked-transfers': { may: 'ledger.see', filters: { transfer: z.string().max(200) }, listing: linkedListing },
  'swap-transfers': { may: 'swap.see', filters: { swap: wire.swapId }, listing: swapTransferListing },
  members: { may: 'member.manage', filters: {}, listing: memberListing },
  invitations: { may: 'member.manage', filters: {}, listing: invitationListing },
  keys: { may: 'key.manage', filters: {}, listing: keyListing, named: byId },
  trail: { may: 'trail.see', filters: traceFilters, listing: traceListing },
  'pack-models': { may: 'anyone', filters: {}, listing: packModelListing, named: byId },
  'vehicle-models': { may: 'anyone', filters: {}, listing: vehicleModelListing, named: byId },
  'station-presets': { may: 'anyone', filters: {}, listing: stationPresetListing, named: byId },
  invariants: { may: 'audit.see', filters: {}, listing: invariantListing(lastAudit), named: byId },
  violations: { may: 'audit.see', filters: {}, listing: violationListing(lastAudit) },
});

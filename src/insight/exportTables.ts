// The lists that can be had as files: which filters each takes, and how far it reaches — as on the screen. Who may have them stands in the contract (api/exports.ts).
import { z } from 'zod';
import type { Caller, Work } from '#kernel';
import { traceFilters } from '#party/api';
import { wire } from '#units/api';
import {
  accountFilters,
  anomalyFilters,
  deviceFilters,
  driverFilters,
  type ExportTable,
  licenceFilters,
  missingFilters,
  packFilters,
  profitFilters,
  reportFilters,
  shareFilters,
  stationFilters,
  swapFilters,
  tokenFilters,
  vehicleFilters,
} from './api.ts';
import type { BoardView } from './board.ts';
import type { Listing } from './listing.ts';
import { invitationListing, keyListing, memberListing, partyListing, traceListing } from './reads/access.ts';
import { anomalyListing } from './reads/anomalies.ts';
import { invariantListing, type LastAudit, violationListing } from './reads/audits.ts';
import { accountListing, transferListing } from './reads/books.ts';
import { packModelListing, stationPresetListing, vehicleModelListing } from './reads/catalogue.ts';
import { gradeListing, packGradeListing } from './reads/grades.ts';
import { linkedListing, swapTransferListing } from './reads/legs.ts';
import { messageListing } from './reads/messages.ts';
import { packChargeListing } from './reads/packCharges.ts';
import { packHealthListing } from './reads/packHealth.ts';
import { packListing } from './reads/packs.ts';
import { driverListing, tokenListing, vehicleListing } from './reads/people.ts';
import { profitListing } from './reads/profit.ts';
import { licenceListing, missingListing, reportListing } from './reads/reports.ts';
import { shareListing } from './reads/shares.ts';
import { slotListing } from './reads/slots.ts';
import { deviceListing, stationListing } from './reads/stations.ts';
import { demandNoPerson, swapListing } from './reads/swaps.ts';
import { titleKeyListing } from './reads/titleKeys.ts';

export interface Place {
  readonly board: BoardView;
  readonly lastAudit: LastAudit;
  /** The network's time is simulated, or something made up was brought in. */
  readonly isDemo: boolean;
  readonly isSimulated: (work: Work) => Promise<boolean>;
}

export interface Table {
  readonly filters: z.ZodRawShape;
  // biome-ignore lint/suspicious/noExplicitAny: each listing fits its own filters, which stand beside it
  readonly listing: Listing<any, any>;
  /** By what `only` names its rows; without it they cannot be named. */
  readonly named?: (row: never) => string;
  /** What else these filters demand of who asks. */
  readonly demands?: (filters: never, caller: Caller) => void;
}

const byId = (row: { readonly id: string }): string => row.id;

export const tablesOf = ({ board, lastAudit, isDemo, isSimulated }: Place): Readonly<Record<ExportTable, Table>> => ({
  stations: { filters: stationFilters, listing: stationListing(board), named: byId },
  packs: { filters: packFilters, listing: packListing },
  swaps: {
    filters: swapFilters,
    listing: swapListing,
    demands: (filters, caller) => demandNoPerson(filters, caller.grants['person.see'] !== undefined),
  },
  drivers: { filters: driverFilters, listing: driverListing },
  vehicles: { filters: vehicleFilters, listing: vehicleListing },
  tokens: { filters: tokenFilters, listing: tokenListing },
  devices: { filters: deviceFilters, listing: deviceListing },
  accounts: { filters: accountFilters, listing: accountListing },
  transfers: { filters: { account: z.coerce.number().int() }, listing: transferListing },
  anomalies: { filters: anomalyFilters, listing: anomalyListing, named: byId },
  messages: {
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
    filters: { station: wire.stationId },
    listing: slotListing,
    named: (row: { readonly no: number }) => String(row.no),
  },
  'pack-health': { filters: { pack: wire.packCode }, listing: packHealthListing },
  grades: { filters: packFilters, listing: gradeListing },
  'pack-grades': { filters: { pack: wire.packCode }, listing: packGradeListing },
  'pack-charges': { filters: { pack: wire.packCode }, listing: packChargeListing },
  'linked-transfers': { filters: { transfer: z.string().max(200) }, listing: linkedListing },
  'swap-transfers': { filters: { swap: wire.swapId }, listing: swapTransferListing },
  parties: { filters: {}, listing: partyListing, named: byId },
  members: { filters: {}, listing: memberListing },
  invitations: { filters: {}, listing: invitationListing },
  keys: { filters: {}, listing: keyListing, named: byId },
  trail: { filters: traceFilters, listing: traceListing },
  'pack-models': { filters: {}, listing: packModelListing, named: byId },
  'vehicle-models': { filters: {}, listing: vehicleModelListing, named: byId },
  'station-presets': { filters: {}, listing: stationPresetListing, named: byId },
  invariants: { filters: {}, listing: invariantListing(lastAudit), named: byId },
  reports: { filters: reportFilters, listing: reportListing },
  licences: { filters: licenceFilters, listing: licenceListing },
  profit: {
    filters: profitFilters,
    listing: profitListing(async (work) => isDemo || (await isSimulated(work))),
  },
  shares: { filters: shareFilters, listing: shareListing },
  'title-keys': { filters: {}, listing: titleKeyListing },
  'missing-packs': { filters: missingFilters, listing: missingListing },
  violations: { filters: {}, listing: violationListing(lastAudit) },
});

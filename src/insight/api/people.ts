// The contract of drivers, vehicles, tokens and devices for those who may see them. Browser-safe.
import { z } from 'zod';
import { listOf, pageQuery, route, searchText, yesOrNo } from '#kernel/api';
import { wire } from '#units/api';

const count = z.int().min(0);

export const driverRow = z.object({
  id: wire.driverId,
  name: z.string(),
  payment: z.enum(['prepaid', 'postpaid']),
  tokens: count,
  vins: z.array(wire.vin),
  /** Fen on the driver's account: credits less debits as posted; null when no account was opened yet. */
  balanceFen: wire.fen.nullable(),
  /** The balance less what is set aside for swaps under way. */
  availableFen: wire.fen.nullable(),
});
export const vehicleRow = z.object({
  vin: wire.vin,
  modelId: z.string(),
  modelName: z.string().nullable(),
  plate: z.string(),
  firmware: z.string(),
  drivers: z.array(wire.driverId),
  /** Packs in its custody by the ledger. */
  packs: z.array(wire.packCode),
});
export const tokenRow = z.object({
  idToken: z.string(),
  type: z.string(),
  status: z.enum(['active', 'blocked', 'expired']),
  driverId: wire.driverId,
  driverName: z.string(),
  vin: wire.vin,
});
/** The credentials a station shows, never the secret itself. */
export const deviceRow = z.object({
  stationId: wire.stationId,
  name: z.string(),
  operatorId: wire.partyId,
  /** OCPP: 1 password, 2 password over TLS, 3 client certificate. */
  securityProfile: z.int(),
  /** When its password was made; null for profile 3. */
  credentialMadeAt: wire.instant.nullable(),
  online: z.boolean(),
  lastSeenAt: wire.instant.nullable(),
  lastBootAt: wire.instant.nullable(),
  vendor: z.string().nullable(),
  model: z.string().nullable(),
  firmware: z.string().nullable(),
});

export const driverFilters = { search: searchText.optional(), payment: z.enum(['prepaid', 'postpaid']).optional() };
export const vehicleFilters = { search: searchText.optional(), model: z.string().max(64).optional() };
export const tokenFilters = {
  search: searchText.optional(),
  status: z.enum(['active', 'blocked', 'expired']).optional(),
  driver: wire.driverId.optional(),
  vin: wire.vin.optional(),
};
export const deviceFilters = {
  search: searchText.optional(),
  online: yesOrNo.optional(),
  securityProfile: z.coerce.number().int().min(1).max(3).optional(),
};

export const peopleReads = {
  drivers: route({
    method: 'GET',
    path: '/v1/drivers',
    summary: 'Drivers with their tokens, vehicles and balance, in the order of their ids',
    may: 'person.see',
    query: pageQuery.extend(driverFilters),
    reply: listOf(driverRow),
  }),
  vehicles: route({
    method: 'GET',
    path: '/v1/vehicles',
    summary: 'Vehicles with their drivers and the packs in them, in the order of their VINs',
    may: 'person.see',
    query: pageQuery.extend(vehicleFilters),
    reply: listOf(vehicleRow),
  }),
  tokens: route({
    method: 'GET',
    path: '/v1/tokens',
    summary: 'What drivers show to stations, in the order of the tokens',
    may: 'person.see',
    query: pageQuery.extend({ ...tokenFilters, cursor: z.string().max(1400).optional() }),
    reply: listOf(tokenRow),
  }),
  devices: route({
    method: 'GET',
    path: '/v1/devices',
    summary: 'Stations as devices: how they prove who they are, when they were last seen, what they run',
    may: 'station.see',
    query: pageQuery.extend(deviceFilters),
    reply: listOf(deviceRow),
  }),
};

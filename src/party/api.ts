// The contract of people, vehicles, tokens and keys; of accounts in api/members.ts. Plain data, browser-safe.
import { z } from 'zod';
import { route, scopes } from '#kernel/api';
import { wire } from '#units/api';
import { partyKinds } from './words.ts';

export { type me, memberApi, traceFilters } from './api/members.ts';
export { type PartyKind, partyKinds, type Role } from './words.ts';

const { name } = wire;
/** One, or up to 10,000 at once: all of them or none. */
const oneOrMany = <S extends z.ZodType>(one: S) => z.union([one, z.array(one).min(1).max(10_000)]);

export const party = z.strictObject({
  id: wire.partyId,
  name,
  kind: z.enum(partyKinds),
});
/** Whose it is: an organisation's of the caller's reach; the caller's own when absent. */
const partyId = wire.partyId.optional();
export const driver = z.strictObject({ id: wire.driverId, name, payment: z.enum(['prepaid', 'postpaid']), partyId });
export const vehicle = z.strictObject({
  vin: wire.vin,
  modelId: z.string().min(1).max(64),
  plate: z.string().max(20),
  /** As its maker last told us. */
  firmware: z.string().regex(/^\d{1,3}(\.\d{1,3}){0,2}$/, 'a version such as 2.14.3'),
  partyId,
});
const tokenStatus = z.enum(['active', 'blocked', 'expired']);
export const token = z.strictObject({
  idToken: z
    .string()
    .max(255)
    .regex(/^(?!\.{0,2}$)/, 'is neither empty nor "." nor "..", for no address has those'),
  /** IdTokenEnumType of OCPP 2.1 or one of its additions: ISO14443, eMAID, Local, … */
  type: z.string().min(1).max(20),
  driverId: wire.driverId,
  vin: wire.vin,
  status: tokenStatus.default('active'),
});
export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(scopes)),
  /** Whose it is; the platform's when null. */
  partyId: wire.partyId.nullable(),
  madeAt: wire.instant,
  revokedAt: wire.instant.nullable(),
  expiresAt: wire.instant.nullable(),
  /** To the minute. */
  lastUsedAt: wire.instant.nullable(),
});

/** In fen. Of the house, against slips of the finger: what is paid in at once, and what a balance may hold then. */
export const topUpLimits = { atOnce: 1_000_000, balance: 5_000_000 };
const whole = 'whole fen, from 1 to 1,000,000';
const payment = z.strictObject({
  amount: z.int(whole).min(1, whole).max(topUpLimits.atOnce, whole),
  /** Its number with whoever took the money: the same payment is never booked twice. */
  payment: z
    .string()
    .regex(/^[\x21-\x7e]{1,64}$/, '1 to 64 printable characters without spaces')
    .optional(),
});
export const balance = z.object({
  /** The transfer in the ledger. */
  transfer: z.string(),
  /** In fen. */
  balance: wire.fen,
  /** The balance without what is set aside for swaps under way. */
  available: wire.fen,
});

const received = z.object({ received: z.int() });
const known = 'What is known already stays as it is.';

export const partyApi = {
  parties: route({
    method: 'GET',
    path: '/v1/parties',
    summary: 'Organisations: all for those who see beyond their own, else their own',
    may: 'signed-in',
    reply: z.object({ items: z.array(party), at: wire.instant }),
  }),
  addParties: route({
    method: 'POST',
    path: '/v1/parties',
    summary: 'Register organisations; an id that stands for another one already is refused',
    may: 'person.register',
    body: oneOrMany(party),
    reply: received,
  }),
  addDrivers: route({
    method: 'POST',
    path: '/v1/drivers',
    summary: `Register drivers. ${known}`,
    may: 'person.register',
    body: oneOrMany(driver),
    reply: received,
  }),
  topUp: route({
    method: 'POST',
    path: '/v1/drivers/:driverId/top-ups',
    summary: 'Book what a prepaid driver paid in, in fen: at most 10,000 yuan at once, and a balance of 50,000',
    may: 'money.topUp',
    params: z.object({ driverId: wire.driverId }),
    body: payment,
    reply: balance,
  }),
  addVehicles: route({
    method: 'POST',
    path: '/v1/vehicles',
    summary: `Register vehicles; a VIN with a wrong check digit is refused. ${known}`,
    may: 'person.register',
    body: oneOrMany(vehicle),
    reply: received,
  }),
  addTokens: route({
    method: 'POST',
    path: '/v1/tokens',
    summary: `Register what drivers show to stations. ${known}`,
    may: 'person.register',
    body: oneOrMany(token),
    reply: received,
  }),
  setTokenStatus: route({
    method: 'POST',
    path: '/v1/tokens/:idToken/status',
    summary: 'Block a token, or let it swap again',
    may: 'token.block',
    params: z.object({ idToken: z.string().min(1).max(255) }),
    body: z.strictObject({ status: tokenStatus }),
    reply: z.object({ status: tokenStatus }),
  }),
  makeKey: route({
    method: 'POST',
    path: '/v1/keys',
    summary: 'Make an API key; it is shown this once. It goes as far as the administrator of its organisation',
    may: 'key.manage',
    body: z.strictObject({ name, scopes: z.array(z.enum(scopes)).min(1), partyId, expiresAt: wire.instant.optional() }),
    reply: z.object({ id: z.string(), key: z.string() }),
    secret: true,
  }),
  keys: route({
    method: 'GET',
    path: '/v1/keys',
    summary: 'All API keys, without their secrets',
    may: 'key.manage',
    reply: z.object({ items: z.array(apiKey), at: wire.instant }),
  }),
  revokeKey: route({
    method: 'POST',
    path: '/v1/keys/:id/revoke',
    summary: 'End an API key',
    may: 'key.manage',
    params: z.object({ id: z.string().max(64) }),
    reply: z.object({ id: z.string() }),
  }),
};

// The contract of packs: registering, reading, the catalogue, and what fits what. Plain data, browser-safe.
import { z } from 'zod';
import { route } from '#kernel/api';
import { wire } from '#units/api';

export { titleApi } from './api/title.ts';
export { titleStatement } from './api/titleStatement.ts';

/** From the first packs with a code on. */
const date = z.iso.date().refine((it) => it >= '2000-01-01', 'a day after 1999');
const version = z.string().regex(/^v?\d{1,3}(\.\d{1,3}){0,2}$/, 'a version such as 2.14.3');
const share = z.object({ party: wire.partyId, millionths: z.int().min(1).max(1_000_000) });
const holder = z
  .string()
  .regex(/^(station|vehicle|party):[\x21-\x7e]{1,64}$/, 'station:<id>, vehicle:<vin> or party:<id>');

const why = z.string().min(3).max(500);

export const newPack = z.strictObject({
  /** As on the plate; GB/T 34014-2017 or GB/T 45565-2025, checked field by field. */
  code: z.string().min(1).max(64),
  model: z.string().min(1).max(64),
  /** The model's when absent. */
  capacityWh: wire.capacityWh.optional(),
  soh: wire.percent,
  soc: wire.percent,
  /** The date in the code when absent. */
  producedOn: date.optional(),
  leakTestedOn: date.nullable(),
  leakTestPassed: z.boolean(),
  firmware: version,
  efc: z.number().min(0).max(100_000).default(0),
  matingCycles: z.int().min(0).max(1_000_000).default(0),
  holder,
  /** Who owns it, in millionths that add up to 1,000,000; as the property structure of the network says when absent. */
  owners: z.array(share.strict()).min(1).max(1000).optional(),
  /** It enters, but is not handed out before a technician has cleared it. */
  quarantined: z.strictObject({ why }).optional(),
});

export const pack = z.object({
  code: wire.packCode,
  model: z.string(),
  capacityWh: wire.wh,
  /** Capacity x SoH x SoC. */
  usableWh: wire.wh,
  soh: wire.percent,
  soc: wire.percent,
  quarantined: z.boolean(),
  quarantinedWhy: z.string().nullable(),
  recalled: z.boolean(),
  producedOn: z.iso.date(),
  leakTestedOn: z.iso.date().nullable(),
  leakTestPassed: z.boolean(),
  firmware: z.string(),
  efc: z.number(),
  matingCycles: z.int(),
  observedAt: wire.instant,
});

const happening = z.object({
  seq: z.int(),
  at: wire.instant,
  type: z.string(),
  body: z.record(z.string(), z.unknown()),
});

export const packInFull = pack.extend({
  /** Who holds it by the ledger. */
  custody: z.string().nullable(),
  title: z.array(share),
  /** Codes of its second use: where it came from, what it became. */
  original: wire.packCode.optional(),
  successor: wire.packCode.optional(),
  history: z.array(happening),
});

const clause = z.object({
  id: z.string(),
  standard: z.string(),
  clause: z.string(),
  says: z.string(),
  aspect: z.string(),
});
const denial = clause.extend({
  pack: wire.packCode.nullable(),
  sentence: z.string(),
  measured: z.string(),
  required: z.string(),
  also: z.array(z.string()),
});

const row = z.looseObject({ id: z.string(), name: z.string(), source: z.string(), assumed: z.array(z.string()) });
const one = z.object({ code: wire.packCode });
const catalogue = z.object({ items: z.array(row) });

export const packApi = {
  register: route({
    method: 'POST',
    path: '/v1/packs',
    summary: 'Register packs with custody, title and energy; a wrong code is refused with the field at fault',
    may: 'pack.register',
    body: z.union([newPack, z.array(newPack).min(1).max(5000)]),
    reply: z.object({ codes: z.array(wire.packCode) }),
  }),

  show: route({
    method: 'GET',
    path: '/v1/packs/:code',
    summary: 'One pack: how it stands, who holds it, who owns it, what happened to it',
    may: 'pack.see',
    params: one,
    reply: packInFull,
  }),
  quarantine: route({
    method: 'POST',
    path: '/v1/packs/:code/quarantine',
    summary: 'Keep a pack from being handed out',
    may: 'pack.judge',
    params: one,
    body: z.strictObject({ why }),
    reply: pack,
  }),
  clear: route({
    method: 'POST',
    path: '/v1/packs/:code/clear',
    summary: 'A technician has looked: the pack may be handed out again',
    may: 'pack.judge',
    params: one,
    body: z.strictObject({ finding: why }),
    reply: pack,
  }),
  recall: route({
    method: 'POST',
    path: '/v1/packs/:code/recall',
    summary: 'Its maker or the authority calls the pack back: it is not handed out until the recall is lifted',
    may: 'pack.judge',
    params: one,
    body: z.strictObject({ why }),
    reply: pack,
  }),
  liftRecall: route({
    method: 'POST',
    path: '/v1/packs/:code/recall/lift',
    summary: 'What the pack was recalled for is mended; a quarantine stays as it is',
    may: 'pack.judge',
    params: one,
    body: z.strictObject({ finding: why }),
    reply: pack,
  }),
  place: route({
    method: 'POST',
    path: '/v1/packs/:code/place',
    summary:
      'Correct in the books who has a pack: a station, a vehicle or an organisation such as a workshop. The pack itself moves nowhere',
    may: 'pack.judge',
    params: one,
    body: z.strictObject({ holder, reason: why }),
    reply: z.object({ code: wire.packCode, custody: z.string() }),
  }),
  succeed: route({
    method: 'POST',
    path: '/v1/packs/:code/successor',
    summary:
      'Re-code a pack for its second use, after the standard its code follows (GB/T 34014 or 45565); both codes know each other for ever',
    may: 'pack.judge',
    params: one,
    reply: z.object({ original: wire.packCode, successor: wire.packCode }),
  }),
  packModels: route({
    method: 'GET',
    path: '/v1/catalogue/packs',
    summary: 'Pack models, with the source of every figure and what is assumed',
    may: 'anyone',
    reply: catalogue,
  }),
  vehicleModels: route({
    method: 'GET',
    path: '/v1/catalogue/vehicles',
    summary: 'Vehicle models, with the source of every figure and what is assumed',
    may: 'anyone',
    reply: catalogue,
  }),
  stationPresets: route({
    method: 'GET',
    path: '/v1/catalogue/stations',
    summary: 'Station presets, with the source of every figure and what is assumed',
    may: 'anyone',
    reply: catalogue,
  }),
  check: route({
    method: 'POST',
    path: '/v1/compatibility/check',
    summary:
      'May this vehicle leave this bay with these packs? With the clauses that say so, or the fewest that deny it',
    may: 'pack.see',
    body: z.strictObject({
      vehicleModelId: z.string(),
      presetId: z.string(),
      bay: z.int().min(1).default(1),
      /** Registered packs as they stand; or give `packModelId` and flawless new ones are asked about. */
      packs: z.array(wire.packCode).min(1).max(12).optional(),
      packModelId: z.string().optional(),
      /** How many new ones; as many as the vehicle needs at least when absent. */
      blocks: z.int().min(1).max(12).optional(),
      firmware: z.strictObject({ vehicle: version, station: version }).optional(),
      at: wire.instant.optional(),
    }),
    reply: z.discriminatedUnion('allowed', [
      z.object({ allowed: z.literal(true), because: z.array(clause) }),
      z.object({ allowed: z.literal(false), denied: z.array(denial) }),
    ]),
  }),
};

// The contract of what anybody may ask. Plain data, browser-safe.
import { z } from 'zod';
import { route } from '#kernel/api';
import { wire } from '#units/api';

const band = { from: z.number(), to: z.number() };

/** What is said of a pack, by whatever it was asked. What is null is not known, or not told. */
export const told = z.object({
  status: z.enum(['in-use', 'second-life', 'retired']),
  model: z.string().nullable(),
  /** The quarter it was made in, `2025-Q3`; by plate perhaps only the year. */
  made: z.string().nullable(),
  /** The policy's word, and `null` where nobody has judged it. */
  grade: z.enum(['vehicle', 'storage', 'test-required', 'quarantine', 'recycle']).nullable(),
  /** State of health in percent of the plate: from here on, below there. */
  soh: z.object({ ...band, basis: z.enum(['estimated', 'reported']) }).nullable(),
  /** Equivalent full cycles. */
  cycles: z.object({ from: z.number(), to: z.number().nullable() }).nullable(),
  /** Cycles a year over its life, as the fade curves are told apart by. */
  pace: z.enum(['gentle', 'steady', 'hard']).nullable(),
  recalled: z.boolean(),
  /** Its maker's word in the passport; null is "not supplied". */
  carbon: z.object({ kgCO2ePerKWh: z.number(), simulated: z.boolean() }).nullable(),
});
export type Told = z.infer<typeof told>;

const answer = z.object({
  /** Of a code, or of the name of an answer by plate. */
  about: z.object({ code: z.string().optional(), id: z.string().optional() }),
  told,
  /** The fixed hour that the answer is of: it is the same until the next one, a day later. */
  edition: z.string(),
  simulated: z.boolean(),
  /** The same, with the checkpoint it rests on, as a note that the network signed: `packloop verify answer` checks it offline. */
  note: z.string(),
});

const cell = z.object({
  model: z.string(),
  pace: z.enum(['gentle', 'steady', 'hard']),
  axis: z.enum(['age', 'cycles']),
  /** Years, or equivalent full cycles. */
  from: z.number(),
  to: z.number(),
  /** Percent: one in ten packs is below, half are, nine in ten are. */
  p10: z.number(),
  p50: z.number(),
  p90: z.number(),
  packs: z.enum(['20+', '50+', '100+', '500+']),
});

const vehicle = z.object({
  vin: z.string(),
  plate: z.string(),
  consent: z.object({ id: z.uuid(), givenAt: wire.instant, until: wire.instant }).nullable(),
});

export const enquiryApi = {
  byCode: route({
    method: 'GET',
    path: '/v1/public/health',
    summary:
      'How good a pack is, for anybody who has its code: grade, bands, recall, carbon, as a signed answer; new once a day',
    may: 'anyone',
    query: z.object({ code: z.string().max(64).optional() }),
    reply: answer,
  }),
  fade: route({
    method: 'GET',
    path: '/v1/public/fade',
    summary:
      'How packs of a model fade with age and with cycles, by how hard they work: percentiles of 20 packs at least',
    may: 'anyone',
    query: z.object({ model: z.string().max(64).optional() }),
    reply: z.object({
      edition: z.string().nullable(),
      simulated: z.boolean(),
      k: z.int(),
      basis: z.literal('estimated'),
      models: z.array(z.string()),
      cells: z.array(cell),
    }),
  }),
  consents: route({
    method: 'GET',
    path: '/v1/consents',
    summary: 'The vehicles of the driver who asks, and whether anybody may ask by plate how good their pack is',
    may: 'swap.ask',
    reply: z.object({ items: z.array(vehicle), at: wire.instant }),
  }),
  giveConsent: route({
    method: 'POST',
    path: '/v1/consents',
    summary:
      'Let anybody ask by plate how good the pack of a vehicle is, until a day; for the driver whose card opens it',
    may: 'swap.ask',
    body: z.strictObject({ vin: wire.vin, until: wire.instant }),
    reply: z.object({ id: z.uuid() }),
  }),
  endConsent: route({
    method: 'POST',
    path: '/v1/consents/:id/end',
    summary: 'Take such a consent back: from this moment the plate is answered as if it were unknown',
    may: 'swap.ask',
    params: z.object({ id: z.uuid() }),
    reply: z.object({}),
  }),
};

/** Served by hand: a plate must leave no trail and no key that it was asked with, and a table is no JSON. */
export const enquiryByHand = {
  byPlate: route({
    method: 'POST',
    path: '/v1/public/health/by-plate',
    summary:
      'The same for the pack of a vehicle, if its keeper allows it; the plate is kept nowhere. Needs no Idempotency-Key',
    may: 'anyone',
    body: z.strictObject({ plate: z.string().max(20).optional() }),
    reply: answer,
  }),
  fadeFile: route({
    method: 'GET',
    path: '/v1/public/fade.csv',
    summary: 'All fade curves as a table',
    may: 'anyone',
    reply: z.string(),
    files: ['text/csv; charset=utf-8'],
  }),
};

// The contract of passports. Plain data, browser-safe.
import { z } from 'zod';
import { route } from '#kernel/api';
import { wire } from '#units/api';
import {
  accessClasses,
  aspects,
  bases,
  categories,
  demands,
  purposes,
  readerClasses,
  suppliers,
  uploadKinds,
} from './words.ts';

/** Path of the status list of credentials below the address of the server. */
export const STATUS_PATH = '/status/credentials';
/** The public key that credentials of this network are verified by, PEM. */
export const ISSUER_PATH = '/status/issuer.pem';

const name = { no: z.int(), key: z.string() };
const attribute = z.object({
  ...name,
  en: z.string(),
  zh: z.string(),
  unit: z.string().nullable(),
  aspect: z.enum(aspects),
  access: z.enum(accessClasses),
  /** The classes of readers that may read it. */
  seenBy: z.array(z.enum(readerClasses)),
  changes: z.enum(['static', 'dynamic']),
});

const value = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('known'),
    value: z.unknown(),
    basis: z.enum(bases),
    at: z.string(),
    simulated: z.boolean(),
  }),
  z.object({ state: z.literal('missing'), from: z.enum(suppliers) }),
  /** The reader may not see it, nor whether it is there. */
  z.object({ state: z.literal('withheld'), access: z.enum(accessClasses) }),
  /** The category does not ask for it. */
  z.object({ state: z.literal('none') }),
]);

export const coverage = z.object({
  mandatory: z.int(),
  known: z.int(),
  withheld: z.int(),
  simulated: z.int(),
  voluntary: z.int(),
  missing: z.array(z.object({ ...name, from: z.enum(suppliers) })),
  /** Of those that are not withheld. */
  percent: z.number().nullable(),
});

const passport = z.object({
  id: z.string(),
  code: wire.packCode,
  category: z.enum(categories),
  model: z.string(),
  document: z.int().nullable(),
  asOf: z.string(),
  frozenAt: z.string().nullable(),
  original: wire.packCode.nullable(),
  successor: wire.packCode.nullable(),
  responsible: z.string().nullable(),
  /** As whom it was read, and for what. */
  reader: z.object({ as: z.enum(readerClasses), purpose: z.enum(purposes).nullable() }),
  /** What is printed as its QR code, behind the address of this server. */
  link: z.string(),
  coverage,
  values: z.array(attribute.extend({ demand: z.enum(demands), is: value })),
});

const european = z.object({
  id: z.string(),
  code: wire.packCode,
  aspects: z.array(
    z.object({
      aspect: z.enum(aspects),
      model: z.string(),
      payload: z.record(z.string(), z.unknown()),
      /** Required by the published schema and not here: it is valid if and only if there are none. */
      lacks: z.array(z.object({ ...name, why: z.enum(['missing', 'withheld', 'none']) })),
    }),
  ),
  cannotHold: z.array(z.string()),
  simulated: z.boolean(),
});

const identity = z.object({
  code: wire.packCode,
  standard: z.string(),
  parts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  tree: z.object({ code: wire.packCode, modules: z.null() }),
  original: wire.packCode.nullable(),
  successor: wire.packCode.nullable(),
  producedOn: z.iso.date(),
  model: z.string(),
  ratedEnergyKWh: z.number(),
  simulated: z.boolean(),
  events: z.array(
    z.object({
      kind: z.enum(uploadKinds),
      zh: z.string(),
      at: z.string(),
      what: z.string(),
      dueWithin: z.object({ workingDays: z.int(), rule: z.string() }).nullable(),
    }),
  ),
  unconfirmed: z.array(z.string()),
});

const one = z.object({ code: wire.packCode });
const model = z.object({ model: z.string().min(1).max(64) });
/** Without a purpose nobody reads with a legitimate interest. */
const query = z.object({ purpose: z.enum(purposes).optional() });
const version = z.object({
  model: z.string(),
  version: z.int(),
  at: wire.instant,
  /** Null where it is somebody else, and for the platform. */
  suppliedBy: z.string().nullable(),
  simulated: z.boolean(),
  gtin: z.string().nullable(),
  attributes: z.int(),
});

export const passportApi = {
  attributes: route({
    method: 'GET',
    path: '/v1/catalogue/passport-attributes',
    summary: 'The 93 attributes of DIN DKE SPEC 99100: unit, access class, who must supply them, for which category',
    may: 'anyone',
    reply: z.object({
      items: z.array(
        attribute.extend({
          chapter: z.string(),
          from: z.enum(suppliers),
          demand: z.record(z.enum(categories), z.enum(demands)),
          path: z.string().nullable(),
        }),
      ),
    }),
  }),
  show: route({
    method: 'GET',
    path: '/v1/packs/:code/passport',
    summary: 'The battery passport of a pack, as far as the caller may read it, and what of it is missing',
    may: 'pack.see',
    params: one,
    query,
    reply: passport,
  }),
  european: route({
    method: 'GET',
    path: '/v1/packs/:code/passport/eu',
    summary: 'The passport in the seven aspects of the Battery Pass data model v1.2, as far as the caller may read it',
    may: 'pack.see',
    params: one,
    query,
    reply: european,
  }),
  identity: route({
    method: 'GET',
    path: '/v1/packs/:code/passport/cn',
    summary:
      'The digital identity of a pack for the national traceability platform: code, events; for authority and operator',
    may: 'pack.see',
    params: one,
    reply: identity,
  }),
  documents: route({
    method: 'GET',
    path: '/v1/catalogue/packs/:model/passport',
    summary: 'The versions of what was supplied for the passports of a model',
    may: 'pack.register',
    params: model,
    reply: z.object({ items: z.array(version) }),
  }),
  supply: route({
    method: 'POST',
    path: '/v1/catalogue/packs/:model/passport',
    summary:
      'Supply what passports say of all packs of a model; the whole of it, as its next version. For its maker, or the platform',
    may: 'pack.register',
    params: model,
    body: z.strictObject({
      gtin: z.string().max(14).optional(),
      codePrefix: z.string().max(10).optional(),
      /** By the keys of /v1/catalogue/passport-attributes; the warranty as `warrantyMonths`. */
      values: z.record(z.string().max(64), z.unknown()),
    }),
    reply: version,
  }),
};

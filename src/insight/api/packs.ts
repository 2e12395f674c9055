// The contract of packs for those who look at them: the list with its filters, and one pack's whole story. Browser-safe.
import { z } from 'zod';
import { grades, riskLevels } from '#health/api';
import { listOf, pageQuery, route, searchText, yesOrNo } from '#kernel/api';
import { pack } from '#pack/api';
import { wire } from '#units/api';

const count = z.int().min(0);

/** What a pack does now. `charging`, `ready`, `standing`: in a slot; `on-road`: a vehicle has it; `stored`: a party has it; `away`: outside the network or nowhere. */
export const packStates = ['ready', 'charging', 'standing', 'on-road', 'stored', 'away'] as const;

export const packRow = pack.extend({
  state: z.enum(packStates),
  /** Who holds it by the ledger: station:…, vehicle:…, party:…; null when nobody does. */
  custody: z.string().nullable(),
  stationId: wire.stationId.nullable(),
  slotNo: wire.slotNo.nullable(),
  /** W into it. */
  powerW: wire.w.nullable(),
  successor: wire.packCode.nullable(),
  /** What it is good for; null before anybody has judged it. */
  grade: z.enum(grades).nullable(),
  /** By early warning; null when it is not watched. */
  risk: z.enum(riskLevels).nullable(),
});

export const packFilters = {
  /** Part of the code. */
  search: searchText.optional(),
  model: z.string().max(64).optional(),
  state: z.enum(packStates).optional(),
  /** Exactly who holds it: `station:SZ-1`, `vehicle:<vin>`, `party:<id>`. */
  place: z.string().max(80).optional(),
  owner: wire.partyId.optional(),
  socMin: z.coerce.number().min(0).max(100).optional(),
  socMax: z.coerce.number().min(0).max(100).optional(),
  sohMin: z.coerce.number().min(0).max(100).optional(),
  sohMax: z.coerce.number().min(0).max(100).optional(),
  quarantined: yesOrNo.optional(),
  recalled: yesOrNo.optional(),
  grade: z.enum(grades).optional(),
  risk: z.enum(riskLevels).optional(),
};

export const packOrders = ['code', 'soc', 'soh', 'efc', 'observedAt'] as const;

const none = z.object({ value: z.null(), why: z.string() });

const left = z.object({ value: z.number().nullable(), lower: z.number(), upper: z.number().nullable() });
/** Nine of ten packs lie between its bounds. */
export const band = z.object({ value: z.number(), lower: z.number(), upper: z.number() });

/** What a charge in a slot showed of the pack: SoH in percent of the plate, resistance in times that of a new pack. */
const chargeEstimate = z.object({
  at: wire.instant,
  stationId: wire.stationId,
  transactionId: z.string(),
  soh: band.nullable(),
  ohms: band.nullable(),
  /** Why nothing could be said; null when it could. */
  why: z.string().nullable(),
});

export const packStory = z.object({
  at: wire.instant,
  simulated: z.boolean(),
  pack: packRow,
  model: z.object({
    id: z.string(),
    name: z.string(),
    maker: z.string(),
    chemistry: z.string(),
    /** Of the catalogue; which of its figures are assumed is in /v1/catalogue/packs. */
    source: z.string(),
  }),
  /** The code, part by part. `wrong` when it cannot be read after its standard. */
  code: z.object({
    standard: z.string(),
    parts: z.array(z.object({ part: z.string(), written: z.string(), meaning: z.string() })),
    wrong: z.string().nullable(),
  }),
  health: z.object({
    soh: wire.percent,
    /** Of `soh` and of the series: as the station reported it. */
    method: z.literal('as-reported'),
    reportedAt: wire.instant,
    /** SoH and SoC at each hand-over and now, oldest first; at most 500, evenly thinned beyond. */
    series: z.array(
      z.object({
        at: wire.instant,
        soh: wire.percent,
        soc: wire.percent,
        from: z.enum(['returned', 'given', 'slot']),
        swapId: wire.swapId.nullable(),
        stationId: wire.stationId.nullable(),
      }),
    ),
    /** What charges in slots showed, oldest first; at most the last 500. */
    estimates: z.array(chargeEstimate),
    /** The newest of them that says something. */
    estimated: chargeEstimate.extend({ soh: band, ohms: band }).nullable(),
    /** What the newest residual capacity test measured. */
    tested: z.object({ at: wire.instant, soh: band }).nullable(),
    /** By the newer of the two. Until `endSoh` percent, if it is used as it was; null before the first. What is beyond 30 years of age is not said: null. */
    remainingLife: z.object({ endSoh: z.number(), days: left, efc: left }).nullable(),
  }),
  use: z.object({
    /** Equivalent full cycles since new, and matings of the coupler. */
    efc: z.number(),
    matingCycles: z.int(),
    /** Wh that vehicles took from it: energy when given less energy when it came back, over pairs of hand-overs. */
    drivenWh: wire.wh,
    /** How often it was given to a vehicle. */
    given: count,
    /** Degrees Celsius as its slot reports it now; null on the road or when not reported. */
    temperatureC: z.number().nullable(),
    temperatureAt: wire.instant.nullable(),
  }),
  custody: z.array(
    z.object({
      holder: z.string(),
      /** Of the transfer that brought it there; the newest is where it is. */
      since: wire.instant,
      transfer: z.string(),
      reason: z.string(),
    }),
  ),
  title: z.array(z.object({ party: wire.partyId, name: z.string().nullable(), millionths: z.int() })),
  original: wire.packCode.nullable(),
  successor: wire.packCode.nullable(),
  /** The record, newest first, at most 200; the rest is in /v1/record/pack:<code>. Entries of a swap name it. */
  history: z.array(
    z.object({
      seq: z.int(),
      at: wire.instant,
      type: z.string(),
      swapId: wire.swapId.nullable(),
      stationId: wire.stationId.nullable(),
      body: z.record(z.string(), z.unknown()),
    }),
  ),
  /** What the swaps in which it was given paid to its owners. Of a swap with several packs its part is by capacity x title, as the bill was divided. */
  money: z.object({
    swaps: count,
    /** Fen of the bills of these swaps, whole. */
    billedFen: wire.fen,
    /** Fen to its owners for it, by party. */
    earned: z.array(z.object({ party: z.string(), fen: wire.fen })),
    totalFen: wire.fen,
  }),
  /** What is not known yet, and what is missing for it. */
  notYet: z.object({ carbon: none, residualValue: none }),
});

export const packReads = {
  list: route({
    method: 'GET',
    path: '/v1/packs',
    summary: 'Packs, in the order of their codes or as asked; all filters must hold',
    may: 'pack.see',
    query: pageQuery.extend({
      ...packFilters,
      sort: z.enum(packOrders).default('code'),
      order: z.enum(['asc', 'desc']).default('asc'),
    }),
    keptMs: 1000,
    reply: listOf(packRow),
  }),
  counts: route({
    method: 'GET',
    path: '/v1/packs/counts',
    summary: 'How many packs the same filters find, by state and model',
    may: 'pack.see',
    query: z.object(packFilters),
    keptMs: 1000,
    reply: z.object({
      at: wire.instant,
      total: count,
      quarantined: count,
      recalled: count,
      byState: z.record(z.string(), count),
      byModel: z.record(z.string(), count),
    }),
  }),
  story: route({
    method: 'GET',
    path: '/v1/packs/:code/story',
    summary: 'Everything about one pack: now, custody and title, history, health as reported, money earned',
    may: 'pack.see',
    params: z.object({ code: wire.packCode }),
    reply: packStory,
  }),
};

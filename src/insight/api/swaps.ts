// The contract of swaps for those who look at them. The list names no person. Browser-safe.
import { z } from 'zod';
import { listOf, pageQuery, route, yesOrNo } from '#kernel/api';
import { swapInFull, swapInShort } from '#swap/api';
import { wire } from '#units/api';
import { band } from './packs.ts';
import { checkShown, timedStep } from './stations.ts';

export const swapFilters = {
  station: wire.stationId.optional(),
  state: z.string().max(20).optional(),
  /** Under way, or over. */
  open: yesOrNo.optional(),
  /** Began at this instant or later, and before that one. */
  from: wire.instant.optional(),
  to: wire.instant.optional(),
  /** Came in or went out in it. */
  pack: wire.packCode.optional(),
  /** Of one driver or vehicle: only for who may see people. */
  driver: wire.driverId.optional(),
  vin: wire.vin.optional(),
  /** Something did not go by the book, or nothing. */
  problems: yesOrNo.optional(),
};

/** One transfer of the books with both sides named. */
export const bookedLeg = z.object({
  id: z.string(),
  kind: z.enum(['posted', 'pending', 'post', 'void', 'expire']),
  pendingId: z.string().nullable(),
  unit: z.enum(['money', 'energy', 'custody', 'title', 'carbon']),
  asset: z.string(),
  /** Who gives and who gets. */
  from: z.string(),
  to: z.string(),
  /** fen, Wh, packs, millionths or g CO2e. */
  amount: z.int(),
  reason: z.string(),
  link: z.string(),
  at: wire.instant,
});

export const swapStory = z.object({
  at: wire.instant,
  simulated: z.boolean(),
  swap: swapInFull,
  /** Null for who may not see people, and when nobody is known. */
  driverId: wire.driverId.nullable(),
  vin: wire.vin.nullable(),
  stationName: z.string(),
  timeZone: z.string(),
  /** All steps of the way in their order. */
  steps: z.array(timedStep),
  /** Seconds from arrival (else from the first step) to the last pack out; null until then. */
  exchangeS: z.number().nullable(),
  /** Net seconds of one swap by the station's preset. */
  expectedS: z.number(),
  checks: z.array(checkShown),
  waitingFor: z.string().nullable(),
  /** Every transfer of the ledger that this swap made: hold, charge, shares, custody, energy. */
  transfers: z.array(bookedLeg),
  /** How healthy the packs were by our own estimate when they went out; the packs without one are missing. */
  handedOut: z.array(z.object({ code: wire.packCode, soh: band, estimatedAt: wire.instant })),
  /** Who got what of the bill, in fen; adds up to its total. */
  shares: z.array(z.object({ party: z.string(), fen: wire.fen })),
  record: z.array(
    z.object({ seq: z.int(), at: wire.instant, type: z.string(), body: z.record(z.string(), z.unknown()) }),
  ),
});

/** The list is part of `insightApi`: a public page shows it, too. */
export const swapList = route({
  method: 'GET',
  path: '/v1/swaps',
  summary: 'Swaps, the newest first; all filters must hold',
  may: 'anyone',
  query: pageQuery.extend({ ...swapFilters, limit: z.coerce.number().int().min(1).max(1000).default(50) }),
  keptMs: 1000,
  reply: listOf(swapInShort),
});

export const swapReads = {
  counts: route({
    method: 'GET',
    path: '/v1/swaps/counts',
    summary: 'How many swaps the same filters find, by state; of the last 24 hours unless `from` is given',
    may: 'anyone',
    query: z.object(swapFilters),
    keptMs: 1000,
    reply: z.object({
      at: wire.instant,
      from: wire.instant,
      total: z.int(),
      open: z.int(),
      withProblems: z.int(),
      byState: z.record(z.string(), z.int()),
    }),
  }),
  story: route({
    method: 'GET',
    path: '/v1/swaps/:swapId/story',
    summary: 'One swap: every step with its time, checks, bill, the transfers behind it, its record',
    may: 'swap.see',
    params: z.object({ swapId: wire.swapId }),
    reply: swapStory,
  }),
};

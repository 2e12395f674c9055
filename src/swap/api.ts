// The contract of swaps for browsers and partners, and what the room announces. Plain data, browser-safe.
import { z } from 'zod';
import { route } from '#kernel/api';
import { wire } from '#units/api';

export * from './words.ts';

const pack = z.object({ code: wire.packCode, soc: wire.percent, slotNo: wire.slotNo });

/** A swap as a screen shows it; it names no person. */
export const swapInShort = z.object({
  id: wire.swapId,
  stationId: wire.stationId,
  state: z.string(),
  profile: z.string(),
  origin: z.string(),
  returned: z.array(pack),
  given: z.array(pack),
  netWh: wire.wh.nullable(),
  totalFen: wire.fen.nullable(),
  problems: z.array(z.string()),
  startedAt: wire.instant,
  updatedAt: wire.instant,
  endedAt: wire.instant.nullable(),
});

/** A swap did its next step. */
export const swapChanged = { name: 'swap.changed', shape: swapInShort };

/** A swap is over: exchanged, checked, paid, released. */
export const swapCompleted = {
  name: 'swap.completed',
  shape: z.object({ swapId: wire.swapId, stationId: wire.stationId, netWh: wire.wh, total: wire.fen }),
};

const billLine = z.object({ what: z.string(), energyWh: wire.wh, price: z.int(), amount: wire.fen });
const bill = z.object({ tariffId: z.string(), netWh: wire.wh, lines: z.array(billLine), total: wire.fen });
const moved = pack.extend({ soh: wire.percent, energyWh: wire.wh, at: wire.instant });

/** Everything about one swap. */
export const swapInFull = swapInShort.extend({
  requestId: z.int().nullable(),
  steps: z.record(z.string(), wire.instant),
  promised: z.array(z.object({ code: wire.packCode, slotNo: wire.slotNo, energyWh: wire.wh })),
  because: z.string().nullable(),
  returned: z.array(moved),
  given: z.array(moved),
  checks: z.record(z.string(), z.object({ value: z.number(), passed: z.boolean().nullable(), demand: z.string() })),
  held: wire.fen,
  bill: bill.nullable(),
  problems: z.array(z.object({ code: z.string(), sentence: z.string(), at: wire.instant })),
  expiresAt: wire.instant.nullable(),
});

const who = z.object({ idToken: z.string().min(1).max(255) });
const station = z.object({ stationId: wire.stationId });
const one = z.object({ swapId: wire.swapId });

/** What a swap will cost at the most, before anybody commits to it. */
export const quote = z.object({
  stationId: wire.stationId,
  packs: z.array(z.object({ code: wire.packCode, slotNo: wire.slotNo, energyWh: wire.wh })),
  because: z.string(),
  /** As if the driver came back empty: the bill is this or less, by the same prices. */
  atMost: bill,
});

export const swapApi = {
  quote: route({
    method: 'GET',
    path: '/v1/stations/:stationId/quote',
    summary: 'Which packs a driver would get here now, why, and what it costs at the most',
    may: 'swap.ask',
    params: station,
    query: who,
    reply: quote,
  }),
  reserve: route({
    method: 'POST',
    path: '/v1/stations/:stationId/reservations',
    summary: 'Set a pack and the money aside until a driver arrives',
    may: 'swap.ask',
    params: station,
    body: who.extend({ arriveBy: wire.instant }).strict(),
    reply: swapInFull,
  }),
  request: route({
    method: 'POST',
    path: '/v1/stations/:stationId/swaps',
    summary: 'Start a swap at a station from afar (OCPP RequestBatterySwap)',
    may: 'swap.ask',
    params: station,
    body: who.strict(),
    reply: swapInFull,
  }),
  cancel: route({
    method: 'POST',
    path: '/v1/swaps/:swapId/cancel',
    summary: 'Give a reservation or a swap back in which no pack has moved yet',
    may: 'swap.ask',
    params: one,
    reply: swapInFull,
  }),
  resolve: route({
    method: 'POST',
    path: '/v1/swaps/:swapId/resolve',
    summary:
      'End a swap that waits for somebody (blocked, stranded, unreturned): billed by what has happened and released, or free of charge with all that was set aside free again',
    may: 'station.operate',
    params: one,
    body: z.strictObject({ how: z.enum(['release', 'void']), reason: z.string().min(3).max(500) }),
    reply: swapInFull,
  }),
  show: route({
    method: 'GET',
    path: '/v1/swaps/:swapId',
    summary: 'One swap with its steps, checks, bill and problems',
    may: 'swap.see',
    params: one,
    reply: swapInFull,
  }),
};

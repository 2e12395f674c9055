import { type Door, serve } from '#kernel';
import type { Bill } from '#pricing';
import { cancel, get, quoteFor, requestSwap, reserve, type Swap } from '#swap';
import { swapApi } from './api.ts';
import type { CheckResult } from './checks.ts';

const inFull = ({ problems, returned, given, promised, checks, bill, ...it }: Swap) => ({
  ...it,
  problems: [...problems],
  returned: [...returned],
  given: [...given],
  promised: [...promised],
  checks: checks as Record<string, CheckResult>,
  bill: bill && inWire(bill),
  netWh: bill?.netWh ?? null,
  totalFen: bill?.total ?? null,
});

const inWire = (bill: Bill) => ({ ...bill, lines: bill.lines.map((it) => ({ ...it, price: it.price as number })) });

export const swapRoutes = (door: Door): void =>
  serve(door, swapApi, {
    quote: async (work, { params, query }) => {
      const { packs, atMost, ...it } = await quoteFor(work, { ...params, ...query });
      return { ...it, packs: [...packs], atMost: inWire(atMost) };
    },
    reserve: async (work, { params, body }) => inFull(await reserve(work, { ...params, ...body })),
    request: async (work, { params, body, caller }) =>
      inFull(await requestSwap(work, { ...params, ...body, by: caller.name })),
    cancel: async (work, { params }) => inFull(await cancel(work, params.swapId)),
    show: async (work, { params }) => inFull(await get(work, params.swapId)),
  });

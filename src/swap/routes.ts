import { type Door, Refused, serve, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import type { Bill } from '#pricing';
import { cancel, get, quoteFor, requestSwap, reserve, resolve, type Swap } from '#swap';
import type { StationId, SwapId } from '#units';
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

interface Reached {
  readonly swap: (work: Work, reach: Reach, id: SwapId) => Promise<boolean>;
  /** Whether somebody may ask for a swap at this station with this token. */
  readonly ask: (work: Work, reach: Reach, ask: Asked) => Promise<boolean>;
}
interface Asked {
  readonly stationId: StationId;
  readonly idToken: string;
}

/** What lies beyond the caller's reach is not there: the rooms that know whose it is stand above this one. */
export const swapRoutes = (door: Door, reached: Reached): void => {
  const demandAsk = async (work: Work, reach: Reach, ask: Asked): Promise<void> => {
    if (!(await reached.ask(work, reach, ask)))
      throw new Refused('token-unknown', 'This token is not registered', {}, 404);
  };
  const demandSwap = async (work: Work, reach: Reach, swapId: SwapId): Promise<void> => {
    if (!(await reached.swap(work, reach, swapId)))
      throw new Refused('swap-unknown', `There is no swap ${swapId}`, { swapId }, 404);
  };
  serve(door, swapApi, {
    quote: async (work, { params, query, reach }) => {
      await demandAsk(work, reach, { ...params, ...query });
      const { packs, atMost, ...it } = await quoteFor(work, { ...params, ...query });
      return { ...it, packs: [...packs], atMost: inWire(atMost) };
    },
    reserve: async (work, { params, body, reach }) => {
      await demandAsk(work, reach, { ...params, ...body });
      return inFull(await reserve(work, { ...params, ...body }));
    },
    request: async (work, { params, body, caller, reach }) => {
      await demandAsk(work, reach, { ...params, ...body });
      return inFull(await requestSwap(work, { ...params, ...body, by: caller.name }));
    },
    cancel: async (work, { params: { swapId }, reach }) => {
      await demandSwap(work, reach, swapId);
      return inFull(await cancel(work, swapId));
    },
    resolve: async (work, { params: { swapId }, body, caller, reach }) => {
      await demandSwap(work, reach, swapId);
      return inFull(await resolve(work, swapId, { ...body, by: caller.name }));
    },
    show: async (work, { params: { swapId }, reach }) => {
      await demandSwap(work, reach, swapId);
      return inFull(await get(work, swapId));
    },
  });
};

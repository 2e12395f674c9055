// The contract of profit and loss: what each party got and what that took, over a period, from the books. Browser-safe.
import { z } from 'zod';
import { route } from '#kernel/api';
import { wire } from '#units/api';

/** From the first to before the second; the last 30 days when absent. */
export const profitFilters = { from: wire.instant.optional(), to: wire.instant.optional() };

const figures = {
  /** Swaps that it got something of. */
  swaps: z.int(),
  /** What it got of them, by the ledger: its part of the fees, and at its own stations what drivers paid for electricity. */
  incomeFen: wire.fen,
  electricityFen: wire.fen,
  feesFen: wire.fen,
  /** Taken away by drivers at its stations. */
  soldWh: wire.wh,
  /** Charged at its stations, by the ledger. */
  chargedWh: wire.wh,
  /** `chargedWh` at `gridPrice`, rounded to the fen. */
  energyCostFen: wire.fen,
  /** Income less cost of energy. */
  resultFen: wire.fen,
  /** By acts of title: no income, but money all the same. */
  sharesSoldFen: wire.fen,
  sharesBoughtFen: wire.fen,
  /** In which it has a share at the end of the period, and how much of their capacity is its by share. */
  packs: z.int(),
  ownedWh: wire.wh,
};

export const profit = z.object({
  at: wire.instant,
  from: wire.instant,
  to: wire.instant,
  /** Nothing here happened in the world. */
  simulated: z.boolean(),
  /** Thousandths of a fen per kWh. Assumed: nobody books here what electricity was bought for. */
  gridPrice: z.int(),
  /** By id; whoever got, spent and owned nothing is left out. */
  parties: z.array(z.object({ party: wire.partyId, name: z.string(), kind: z.string(), ...figures })),
  /** Of the parties shown; a pack or swap counts for each that has a part in it. */
  total: z.object(figures),
});

export const profitReads = {
  profit: route({
    method: 'GET',
    path: '/v1/ledger/profit',
    summary:
      'Profit and loss by party over a period: income of swaps, cost of energy, fees, packs and energy. A file: /v1/export',
    may: 'ledger.see',
    query: z.object(profitFilters),
    reply: profit,
  }),
};

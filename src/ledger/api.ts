// The contract of the books. Plain data, browser-safe.
import { z } from 'zod';
import { pageOf, pageQuery, route } from '#kernel/api';
import { wire } from '#units/api';

const unit = z.enum(['money', 'energy', 'custody', 'title', 'carbon']);
export const account = z.object({
  id: z.int(),
  unit,
  /** CNY, Wh, or a pack's code. */
  asset: z.string(),
  holder: z.string(),
  /** Credits less debits, as far as posted: fen, Wh, packs, millionths, g CO2e. */
  balance: z.int(),
  /** What is promised to others and still here. */
  promised: z.int(),
  bound: z.enum(['none', 'debits', 'credits']),
  closedAt: wire.instant.nullable(),
});
export const transfer = z.object({
  id: z.string(),
  kind: z.enum(['posted', 'pending', 'post', 'void', 'expire']),
  pendingId: z.string().nullable(),
  debitId: z.int(),
  creditId: z.int(),
  amount: z.int(),
  reason: z.string(),
  link: z.string(),
  legs: z.int(),
  at: wire.instant,
  expiresAt: wire.instant.nullable(),
});

export const ledgerApi = {
  accounts: route({
    method: 'GET',
    path: '/v1/ledger/accounts',
    summary: 'Accounts, in the order they were opened; of one unit, asset or holder if asked for',
    may: 'ledger.see',
    query: pageQuery.extend({ unit: unit.optional(), asset: z.string().optional(), holder: z.string().optional() }),
    reply: pageOf(account),
  }),
  transfers: route({
    method: 'GET',
    path: '/v1/ledger/accounts/:id/transfers',
    summary: 'All transfers that touch an account, in the order of their ids',
    may: 'ledger.see',
    params: z.object({ id: z.coerce.number().int() }),
    query: pageQuery,
    reply: pageOf(transfer),
  }),
};

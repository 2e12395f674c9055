// The contract of the books for those who look: accounts, their transfers with a running balance, one transfer. Browser-safe.
import { z } from 'zod';
import { listOf, pageQuery, route, searchText, yesOrNo } from '#kernel/api';
import { account, transfer } from '#ledger/api';
import { wire } from '#units/api';
import { bookedLeg } from './swaps.ts';

const unit = z.enum(['money', 'energy', 'custody', 'title', 'carbon']);

export const accountRow = account.extend({
  /** Promised by others, not here yet. */
  expected: z.int(),
  /** The balance less what is promised to others. */
  available: z.int(),
});

export const accountFilters = {
  unit: unit.optional(),
  asset: z.string().max(64).optional(),
  holder: z.string().max(80).optional(),
  kind: z.enum(['driver', 'station', 'party', 'vehicle', 'clearing', 'outside']).optional(),
  /** Part of the holder or the asset. */
  search: searchText.optional(),
  /** Something is on it or promised, or nothing is. */
  nonZero: yesOrNo.optional(),
};

/** A transfer as one account sees it. */
export const accountTransfer = transfer.extend({
  seq: z.int(),
  from: z.string(),
  to: z.string(),
  /** What it did to this account's posted balance: 0 for a promise, its release or expiry. */
  change: z.int(),
  /** The posted balance after it. */
  balanceAfter: z.int(),
});

export const transferStory = z.object({
  at: wire.instant,
  transfer: transfer.extend({ seq: z.int() }),
  from: accountRow,
  to: accountRow,
  /** What happened with it: open, posted, voided, expired; `done` for one that was posted at once. */
  state: z.enum(['done', 'open', 'posted', 'voided', 'expired']),
  /** The promise it resolves, or what resolved it: in the order in which they were made. */
  chain: z.array(bookedLeg),
  /** All legs that happened together with it, itself included. */
  linked: z.array(bookedLeg),
});

export const bookReads = {
  accounts: route({
    method: 'GET',
    path: '/v1/ledger/accounts',
    summary: 'Accounts, in the order they were opened; all filters must hold',
    may: 'ledger.see',
    query: pageQuery.extend(accountFilters),
    keptMs: 1000,
    reply: listOf(accountRow),
  }),
  account: route({
    method: 'GET',
    path: '/v1/ledger/accounts/:id',
    summary: 'One account',
    may: 'ledger.see',
    params: z.object({ id: z.coerce.number().int() }),
    reply: accountRow.extend({ at: wire.instant }),
  }),
  transfers: route({
    method: 'GET',
    path: '/v1/ledger/accounts/:id/transfers',
    summary: 'All transfers that touch an account with the balance after each, oldest or newest first',
    may: 'ledger.see',
    params: z.object({ id: z.coerce.number().int() }),
    query: pageQuery.extend({ order: z.enum(['asc', 'desc']).default('asc') }),
    reply: listOf(accountTransfer),
  }),
  transfer: route({
    method: 'GET',
    path: '/v1/ledger/transfers/:id',
    summary: 'One transfer with both accounts, what became of it, and what happened together with it',
    may: 'ledger.see',
    params: z.object({ id: z.string().min(1).max(200) }),
    reply: transferStory,
  }),
};

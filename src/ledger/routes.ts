import { type Door, Refused, serve, toPage } from '#kernel';
import { balance } from './account.ts';
import { ledgerApi } from './api.ts';
import { accountsPage, transfersPage } from './pages.ts';

export const ledgerRoutes = (door: Door): void =>
  serve(door, ledgerApi, {
    accounts: async (work, { query: { cursor = '0', limit, unit, asset, holder } }) => {
      const rows = await accountsPage(work, { unit, asset, holder, after: numberIn(cursor), most: limit + 1 });
      const shown = rows.map((it) => ({ ...it, balance: balance(it), promised: it.debitsPending }));
      return toPage(shown, limit, (it) => String(it.id));
    },
    transfers: async (work, { params, query: { cursor = '0', limit } }) =>
      toPage(await transfersPage(work, params.id, numberIn(cursor), limit + 1), limit, (it) => String(it.seq)),
  });

/** Where a page goes on. @throws Refused for a cursor that none of our pages named */
function numberIn(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new Refused('cursor-wrong', 'cursor: take nextCursor of the page before', { field: 'cursor' }, 400);
}

import { type Door, seqCursor, serve, toPage } from '#kernel';
import { balance } from './account.ts';
import { ledgerApi } from './api.ts';
import { accountsPage, transfersPage } from './pages.ts';

export const ledgerRoutes = (door: Door): void =>
  serve(door, ledgerApi, {
    accounts: async (work, { query: { cursor, limit, unit, asset, holder } }) => {
      const rows = await accountsPage(work, { unit, asset, holder, after: seqCursor(cursor), most: limit + 1 });
      const shown = rows.map((it) => ({ ...it, balance: balance(it), promised: it.debitsPending }));
      return toPage(shown, limit, (it) => String(it.id));
    },
    transfers: async (work, { params, query: { cursor, limit } }) =>
      toPage(await transfersPage(work, params.id, seqCursor(cursor), limit + 1), limit, (it) => String(it.seq)),
  });

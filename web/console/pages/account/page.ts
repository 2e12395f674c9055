import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/ledger/accounts/$id',
  title: 'bookAccount.title',
  icon: 'ledger',
  needs: 'ledger.see',
  group: 'none',
  example: async (ask) => {
    const { items } = (await ask('/v1/ledger/accounts?unit=money&kind=driver&nonZero=true&limit=1')) as {
      items: { id: number }[];
    };
    if (!items[0]) throw new Error('Nothing was booked on an account of a driver yet');
    return { id: String(items[0].id) };
  },
  load: async () => ({ default: (await import('./BookAccount.tsx')).BookAccount }),
};

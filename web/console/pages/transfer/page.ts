import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/ledger/transfers/$id',
  title: 'bookTransfer.title',
  icon: 'transfer',
  needs: 'ledger.see',
  group: 'none',
  example: async (ask) => {
    const { items } = (await ask('/v1/ledger/accounts?unit=money&kind=driver&nonZero=true&limit=1')) as {
      items: { id: number }[];
    };
    const { items: transfers } = (await ask(`/v1/ledger/accounts/${items[0]?.id}/transfers?order=desc&limit=1`)) as {
      items: { id: string }[];
    };
    if (!transfers[0]) throw new Error('Nothing was booked on an account of a driver yet');
    return { id: transfers[0].id };
  },
  load: async () => ({ default: (await import('./BookTransfer.tsx')).BookTransfer }),
};

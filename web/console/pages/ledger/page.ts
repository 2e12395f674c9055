import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/ledger',
  title: 'ledger.title',
  icon: 'ledger',
  needs: 'ledger.see',
  group: 'books',
  order: 10,
  load: async () => ({ default: (await import('./Ledger.tsx')).Ledger }),
};

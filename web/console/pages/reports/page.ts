import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/reports',
  title: 'reports.title',
  icon: 'reports',
  needs: 'record.see',
  group: 'books',
  order: 60,
  load: async () => ({ default: (await import('./Reports.tsx')).Reports }),
};

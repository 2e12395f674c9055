import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/audit',
  title: 'audit.title',
  icon: 'audit',
  needs: 'audit.see',
  group: 'books',
  order: 20,
  load: async () => ({ default: (await import('./Audit.tsx')).Audit }),
};

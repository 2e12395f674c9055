import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/licences',
  title: 'licences.title',
  icon: 'licences',
  needs: 'record.see',
  group: 'books',
  order: 61,
  load: async () => ({ default: (await import('./Licences.tsx')).Licences }),
};

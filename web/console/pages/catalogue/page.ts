import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/catalogue',
  title: 'catalogue.title',
  icon: 'catalogue',
  needs: 'anyone',
  group: 'things',
  order: 60,
  load: async () => ({ default: (await import('./Catalogue.tsx')).Catalogue }),
};

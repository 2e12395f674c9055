import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/property',
  title: 'property.title',
  icon: 'property',
  needs: 'pack.see',
  group: 'books',
  order: 55,
  load: async () => ({ default: (await import('./Property.tsx')).Property }),
};

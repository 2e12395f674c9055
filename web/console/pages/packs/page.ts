import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/packs',
  title: 'packs.title',
  icon: 'packs',
  needs: 'pack.see',
  group: 'things',
  order: 20,
  load: async () => ({ default: (await import('./Packs.tsx')).Packs }),
};

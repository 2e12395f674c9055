import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/missing-packs',
  title: 'missing.title',
  icon: 'missing',
  needs: 'pack.see',
  group: 'things',
  order: 45,
  load: async () => ({ default: (await import('./Missing.tsx')).Missing }),
};

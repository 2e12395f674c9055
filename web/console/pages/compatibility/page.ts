import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/compatibility',
  title: 'compatibility.title',
  icon: 'compatibility',
  needs: 'pack.see',
  group: 'things',
  order: 70,
  load: async () => ({ default: (await import('./Compatibility.tsx')).Compatibility }),
};

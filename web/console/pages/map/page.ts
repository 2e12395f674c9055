import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/map',
  title: 'map.title',
  icon: 'map',
  needs: 'network.see',
  group: 'now',
  order: 10,
  load: async () => ({ default: (await import('./MapPage.tsx')).MapPage }),
};

import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/stations',
  title: 'stations.title',
  icon: 'stations',
  needs: 'network.see',
  group: 'now',
  order: 20,
  load: async () => ({ default: (await import('./Stations.tsx')).Stations }),
};

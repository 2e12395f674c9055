import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/swaps',
  title: 'swap.list',
  icon: 'swaps',
  needs: 'network.see',
  group: 'now',
  order: 30,
  load: async () => ({ default: (await import('./Swaps.tsx')).Swaps }),
};

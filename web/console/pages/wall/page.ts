import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/wall',
  title: 'wall.title',
  icon: 'wall',
  needs: 'network.see',
  group: 'now',
  order: 90,
  bare: true,
  load: async () => ({ default: (await import('./Wall.tsx')).Wall }),
};

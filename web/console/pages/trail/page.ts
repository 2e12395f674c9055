import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/trail',
  title: 'trail.title',
  icon: 'trail',
  needs: 'trail.see',
  group: 'system',
  order: 30,
  load: async () => ({ default: (await import('./Trail.tsx')).Trail }),
};

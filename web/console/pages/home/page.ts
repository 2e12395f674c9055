import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/',
  title: 'home.title',
  icon: 'overview',
  needs: 'network.see',
  group: 'now',
  order: 0,
  load: async () => ({ default: (await import('./Home.tsx')).Home }),
};

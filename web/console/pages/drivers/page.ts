import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/drivers',
  title: 'drivers.title',
  icon: 'drivers',
  needs: 'person.see',
  group: 'people',
  order: 10,
  load: async () => ({ default: (await import('./Drivers.tsx')).Drivers }),
};

import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/vehicles',
  title: 'vehicles.title',
  icon: 'vehicles',
  needs: 'person.see',
  group: 'people',
  order: 20,
  load: async () => ({ default: (await import('./Vehicles.tsx')).Vehicles }),
};

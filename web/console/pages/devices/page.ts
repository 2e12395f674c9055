import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/devices',
  title: 'devices.title',
  icon: 'devices',
  needs: 'station.see',
  group: 'system',
  order: 10,
  load: async () => ({ default: (await import('./Devices.tsx')).Devices }),
};

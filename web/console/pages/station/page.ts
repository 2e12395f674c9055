import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/stations/$id',
  title: 'station.title',
  icon: 'stations',
  needs: 'station.see',
  group: 'none',
  example: async (ask) => {
    const { items } = (await ask('/v1/map/stations?limit=100')) as { items: { id: string; openSwap: string | null }[] };
    const one = items.find((it) => it.openSwap) ?? items[0];
    if (!one) throw new Error('This network has no station yet');
    return { id: one.id };
  },
  load: async () => ({ default: (await import('./Station.tsx')).Station }),
};

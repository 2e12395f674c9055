import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/swaps/$id',
  title: 'swap.title',
  icon: 'swaps',
  needs: 'swap.see',
  group: 'none',
  example: async (ask) => {
    const { items } = (await ask('/v1/swaps?limit=100')) as { items: { id: string; totalFen: number | null }[] };
    const one = items.find((it) => it.totalFen) ?? items[0];
    if (!one) throw new Error('This network has had no swap yet');
    return { id: one.id };
  },
  load: async () => ({ default: (await import('./Swap.tsx')).Swap }),
};

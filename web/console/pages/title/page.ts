import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/packs/$code/title',
  title: 'title.page',
  icon: 'ledger',
  needs: 'pack.see',
  group: 'none',
  example: async (ask) => {
    const { items } = (await ask('/v1/packs?sort=observedAt&order=desc&limit=1')) as { items: { code: string }[] };
    if (!items[0]) throw new Error('This network has no pack yet');
    return { code: items[0].code };
  },
  load: async () => ({ default: (await import('./TitlePage.tsx')).TitlePage }),
};

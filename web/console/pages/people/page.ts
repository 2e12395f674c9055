import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/people',
  title: 'people.title',
  icon: 'people',
  needs: 'member.manage',
  group: 'people',
  order: 0,
  load: async () => ({ default: (await import('./People.tsx')).People }),
};

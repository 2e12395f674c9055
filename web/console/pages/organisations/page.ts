import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/organisations',
  title: 'organisations.title',
  icon: 'organisations',
  needs: 'member.manage',
  group: 'people',
  order: 20,
  load: async () => ({ default: (await import('./Organisations.tsx')).Organisations }),
};

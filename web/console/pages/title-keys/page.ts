import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/title-keys',
  title: 'titleKeys.title',
  icon: 'keys',
  needs: 'member.manage',
  group: 'people',
  order: 60,
  load: async () => ({ default: (await import('./TitleKeys.tsx')).TitleKeys }),
};

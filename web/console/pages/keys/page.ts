import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/keys',
  title: 'apiKeys.title',
  icon: 'keys',
  needs: 'key.manage',
  group: 'system',
  order: 20,
  load: async () => ({ default: (await import('./Keys.tsx')).Keys }),
};

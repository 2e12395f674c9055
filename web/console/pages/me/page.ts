import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/me',
  title: 'account.title',
  icon: 'account',
  needs: 'signed-in',
  group: 'none',
  load: async () => ({ default: (await import('./Account.tsx')).Account }),
};

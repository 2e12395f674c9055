import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/sign-in',
  title: 'signIn.title',
  icon: 'signIn',
  needs: 'anyone',
  group: 'none',
  bare: true,
  load: async () => ({ default: (await import('./SignInPage.tsx')).SignInPage }),
};

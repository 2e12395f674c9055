import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/invitation',
  title: 'invitation.title',
  icon: 'people',
  needs: 'anyone',
  group: 'none',
  bare: true,
  load: async () => ({ default: (await import('./InvitationPage.tsx')).InvitationPage }),
};

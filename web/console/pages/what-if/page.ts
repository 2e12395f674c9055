import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/what-if',
  title: 'whatIf.title',
  icon: 'whatIf',
  needs: 'anyone',
  group: 'things',
  order: 80,
  load: async () => ({ default: (await import('./WhatIf.tsx')).WhatIfPage }),
};

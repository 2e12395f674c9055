import type { PageDef } from '../../page.ts';

export const page: PageDef = {
  path: '/anomalies',
  title: 'anomalies.title',
  icon: 'anomalies',
  needs: 'network.see',
  group: 'now',
  order: 40,
  load: async () => ({ default: (await import('./Anomalies.tsx')).Anomalies }),
};

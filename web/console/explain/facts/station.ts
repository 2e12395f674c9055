import type { Facts } from '../fact.ts';

export const station = {
  'station.ready': {
    title: { zh: '可用电池', en: 'Packs ready' },
    words: {
      zh: '站内荷电状态不低于 80 %、且未被隔离的电池包数量。',
      en: 'Packs in the station with a state of charge of at least 80 % that are not in quarantine.',
    },
    formula: '|{ pack in slots : SoC ≥ 80 % ∧ ¬quarantined }|',
    unit: { zh: '个', en: 'packs' },
    source: 'GET /v1/network',
  },
} as const satisfies Facts;

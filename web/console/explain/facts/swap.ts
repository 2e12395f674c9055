import type { Facts } from '../fact.ts';

const story = 'GET /v1/swaps/:swapId/story';

/** What is reckoned of one swap. */
export const swap = {
  'swap.took': {
    title: { zh: '步骤用时', en: 'How long a step took' },
    words: {
      zh: '该步骤与前一个已完成步骤的时间差，按站点上报的时刻计算。',
      en: 'From the step before that was done to this one, by the instants that the station told.',
    },
    formula: 'at(step) − at(previous step done)',
    unit: { zh: '秒', en: 's' },
    source: story,
  },
  'swap.expected': {
    title: { zh: '预期用时', en: 'Expected time of a step' },
    words: {
      zh: '站型的单次换电时间乘以该步骤在此类站点所占比例。比例为假定值。',
      en: 'The preset’s net time of one swap times the share that this step has at this kind of station. The shares are assumed.',
    },
    formula: 'swapSeconds × share(profile, step)',
    unit: { zh: '秒', en: 's' },
    source: story,
  },
  'swap.exchange': {
    title: { zh: '换电用时', en: 'Time of the exchange' },
    words: {
      zh: '从到站（若无则从第一步）到最后一块电池换出。',
      en: 'From arrival (else from the first step) to the last pack out.',
    },
    formula: 'at(last pack out) − at(arrived)',
    unit: { zh: '秒', en: 's' },
    source: story,
  },
  'swap.net': {
    title: { zh: '净电量', en: 'Net energy' },
    words: {
      zh: '换上电池的电量减去换下电池的电量，不低于 0。电池电量 = 容量 × SoH × SoC，向下取整。',
      en: 'Energy of the packs given less that of the packs returned, never below 0. Energy of a pack = capacity × SoH × SoC, rounded down.',
    },
    formula: 'max(0, Σ given Wh − Σ returned Wh)',
    unit: { zh: '瓦时', en: 'Wh' },
    source: story,
  },
  'swap.total': {
    title: { zh: '账单合计', en: 'Total of the bill' },
    words: {
      zh: '电费与服务费之和。服务费至少按资费的最低电量计；每项四舍五入到分一次。',
      en: 'Electricity plus service. The service counts at least the tariff’s minimum; each line is rounded once, to the nearest fen.',
    },
    formula: 'round(netWh × electricity) + round(max(netWh, minimumWh) × service)',
    unit: { zh: '分', en: 'fen' },
    source: story,
  },
  'swap.shares': {
    title: { zh: '收入分配', en: 'Shares of the bill' },
    words: {
      zh: '按规则将账单分给运营商与电池持有方，合计等于账单。',
      en: 'The bill divided by rule between the operator and the owners of the packs given; adds up to the bill.',
    },
    formula: 'Σ share = bill.total',
    unit: { zh: '分', en: 'fen' },
    source: story,
  },
  'anomaly.times': {
    title: { zh: '发生次数', en: 'How often it happened' },
    words: {
      zh: '所选时间范围内，该站点该类型各条目的次数之和。超过洪峰上限的合并计数。',
      en: 'The counts of all lines of this kind from this station within the chosen time, added up.',
    },
    formula: 'Σ line.times',
    unit: { zh: '次', en: 'times' },
    source: 'GET /v1/anomalies',
  },
} as const satisfies Facts;

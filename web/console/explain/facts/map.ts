import type { Facts } from '../fact.ts';

const source = 'GET /v1/map';

export const map = {
  'map.charging': {
    title: { zh: '充电中的仓位', en: 'Slots charging' },
    words: { zh: '有电流流入的仓位数。', en: 'Slots in which energy flows.' },
    formula: '|{ slot : P > 0 W }|',
    unit: { zh: '个', en: 'slots' },
    source,
  },
  'map.queue': {
    title: { zh: '排队', en: 'Queue' },
    words: {
      zh: '已预约、已到站、已识别或已授权的换电，不含正在进行的那一次。',
      en: 'Drivers who wait: swaps reserved, arrived, identified or authorised, without the one that is under way.',
    },
    formula: '|{ swap : state ∈ {reserved, arrived, identified, authorised} }| − [under way]',
    unit: { zh: '次', en: 'swaps' },
    source,
  },
  'map.swapsLastHour': {
    title: { zh: '近一小时换电', en: 'Swaps, last hour' },
    words: {
      zh: '已结算、且在最近一小时内结束的换电；尚未结束的按最近一次变化的时间计。',
      en: 'Settled swaps that ended within the last hour, or changed last when they have not ended.',
    },
    formula: '|{ swap : settled ∧ (ended ?? changed) ≥ now − 1 h }|',
    unit: { zh: '次', en: 'swaps' },
    source,
  },
  'map.swapsToday': {
    title: { zh: '今日换电', en: 'Swaps today' },
    words: {
      zh: '自站点所在时区零点以来已结算的换电。',
      en: 'Settled swaps since midnight where the station stands.',
    },
    formula: '|{ swap : settled ∧ (ended ?? changed) ≥ 00:00 }|',
    unit: { zh: '次', en: 'swaps' },
    source,
  },
  'map.anomalies': {
    title: { zh: '24 小时异常', en: 'Anomalies, 24 h' },
    words: {
      zh: '最近 24 小时内需要值班人员查看的事项数。',
      en: 'Lines for the operator in the last 24 hours.',
    },
    formula: '|{ anomaly : last happened ≥ now − 24 h }|',
    unit: { zh: '条', en: 'lines' },
    source,
  },
} as const satisfies Facts;

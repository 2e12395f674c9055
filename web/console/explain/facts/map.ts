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
  'wall.away': {
    title: { zh: '离线站点', en: 'Stations offline' },
    words: { zh: '当前没有与平台保持连接的站点数。', en: 'Stations that are not connected to the platform now.' },
    formula: '|{ station : ¬online }|',
    unit: { zh: '座', en: 'stations' },
    source,
  },
  'wall.empty': {
    title: { zh: '无可用电池', en: 'No pack ready' },
    words: { zh: '在线、但没有可用电池的站点数。', en: 'Stations that are connected and have no pack ready.' },
    formula: '|{ station : online ∧ ready = 0 }|',
    unit: { zh: '座', en: 'stations' },
    source,
  },
  'wall.swapping': {
    title: { zh: '正在换电的站点', en: 'Stations swapping' },
    words: { zh: '此刻有换电正在进行的站点数。', en: 'Stations in which a swap is under way now.' },
    formula: '|{ station : open swap }|',
    unit: { zh: '座', en: 'stations' },
    source,
  },
} as const satisfies Facts;

import type { Facts } from '../fact.ts';

const now = 'GET /v1/stations/:stationId/now';
const packs = { zh: '个', en: 'packs' };
const swaps = { zh: '次', en: 'swaps' };

/** What is counted and summed of one station. */
export const twin = {
  'station.charging': {
    title: { zh: '充电中', en: 'Charging' },
    words: { zh: '正有电能流入的仓位数量。', en: 'Slots in which energy flows into a pack.' },
    formula: '|{ slot : power > 0 W }|',
    unit: packs,
    source: now,
  },
  'station.power': {
    title: { zh: '站点功率', en: 'Power of the station' },
    words: {
      zh: '各仓位最近一次上报的充电功率之和；不含站内其他用电。',
      en: 'The charging power of all slots as each was last reported, added up; without what else the station uses.',
    },
    formula: 'Σ slot.powerW',
    unit: { zh: '瓦', en: 'W' },
    source: now,
  },
  'station.queue': {
    title: { zh: '等待的司机', en: 'Drivers who wait' },
    words: {
      zh: '已预约、已到站、已识别或已授权、但尚未开始换电的司机；不含正在进行的那一次。',
      en: 'Swaps that are reserved, arrived, identified or authorised, without the one that is under way.',
    },
    formula: '|{ swap : state ∈ { reserved, arrived, identified, authorised } }| − open swap',
    unit: { zh: '位', en: 'drivers' },
    source: now,
  },
  'station.swapsToday': {
    title: { zh: '今日换电', en: 'Swaps today' },
    words: {
      zh: '自站点所在时区零点以来结束且已结算的换电。',
      en: 'Settled swaps that ended since midnight where the station stands.',
    },
    formula: '|{ swap : settled ∧ (ended or last changed) ≥ midnight }|',
    unit: swaps,
    source: now,
  },
  'station.swapsLastHour': {
    title: { zh: '近一小时换电', en: 'Swaps in the last hour' },
    words: { zh: '近一小时内结束且已结算的换电。', en: 'Settled swaps that ended within the last hour.' },
    formula: '|{ swap : settled ∧ (ended or last changed) > now − 1 h }|',
    unit: swaps,
    source: now,
  },
  'station.energyToday': {
    title: { zh: '今日电量', en: 'Energy today' },
    words: {
      zh: '今日每次换电换出电量减去换回电量之和；单次不低于 0。电池电量 = 容量 × SoH × SoC。',
      en: 'For each swap of the day the energy of the packs given less that of the packs returned, never below 0, added up. Energy of a pack = capacity × SoH × SoC.',
    },
    formula: 'Σ max(0, Σ given Wh − Σ returned Wh)',
    unit: { zh: '瓦时', en: 'Wh' },
    source: now,
  },
  'station.revenueToday': {
    title: { zh: '今日收入', en: 'Revenue today' },
    words: {
      zh: '今日已结算换电的账单合计，含各参与方的份额；不是运营商的净收入。',
      en: 'The bills of the day’s settled swaps, added up, with the shares of all parties: not what the operator keeps.',
    },
    formula: 'Σ bill.total',
    unit: { zh: '分', en: 'fen' },
    source: now,
  },
  'station.anomalies24h': {
    title: { zh: '24 小时异常', en: 'Anomalies in 24 hours' },
    words: {
      zh: '近 24 小时的异常条目。同一站点同一类型十分钟内的多次发生合为一条。',
      en: 'Lines for the operator of the last 24 hours. What happens several times within ten minutes is one line.',
    },
    formula: '|{ line : last > now − 24 h }|',
    unit: { zh: '条', en: 'lines' },
    source: now,
  },
  'slot.energy': {
    title: { zh: '本次已充', en: 'Charged so far' },
    words: {
      zh: '充电事务的电能表最近读数减去首个读数。',
      en: 'The last reading of the charging’s energy register less its first one.',
    },
    formula: 'register(last) − register(first)',
    unit: { zh: '瓦时', en: 'Wh' },
    source: now,
  },
} as const satisfies Facts;

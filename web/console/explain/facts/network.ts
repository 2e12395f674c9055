import type { Facts } from '../fact.ts';

export const network = {
  'network.online': {
    title: { zh: '在线站点', en: 'Stations online' },
    words: {
      zh: '与平台保持 OCPP 连接的站点数，与已登记的站点总数相对。',
      en: 'Stations whose OCPP connection to the platform stands, beside all that are registered.',
    },
    formula: '|{ station : connection open }| / |{ station }|',
    unit: { zh: '座', en: 'stations' },
    source: 'GET /v1/network',
  },
  'network.ready': {
    title: { zh: '可用电池', en: 'Packs ready' },
    words: {
      zh: '所有站点中荷电状态不低于 80 % 且未被隔离或召回的电池包之和。',
      en: 'The sum over all stations of packs with a state of charge of at least 80 % that are neither in quarantine nor recalled.',
    },
    formula: 'Σ station.ready',
    unit: { zh: '个', en: 'packs' },
    source: 'GET /v1/network',
  },
  'network.swapsToday': {
    title: { zh: '今日换电', en: 'Swaps today' },
    words: {
      zh: '自各站点所在时区零点以来已出账单的换电次数。',
      en: 'Swaps whose bill was made since midnight where their station stands.',
    },
    formula: '|{ swap : bill ≠ null ∧ (ended ?? changed) ≥ 00:00 }|',
    unit: { zh: '次', en: 'swaps' },
    source: 'GET /v1/network',
  },
  'network.openSwaps': {
    title: { zh: '进行中的换电', en: 'Swaps under way' },
    words: {
      zh: '已开始且尚未结束的换电，包括预约。',
      en: 'Swaps that have begun and are not over, reservations among them.',
    },
    formula: '|{ swap : ended = null }|',
    unit: { zh: '次', en: 'swaps' },
    source: 'GET /v1/network',
  },
  'network.energyToday': {
    title: { zh: '今日电量', en: 'Energy today' },
    words: {
      zh: '今日已出账单的换电中，换出电量减去换入电量；单次为负时按零计。',
      en: 'Energy in the packs handed out less energy in those brought back, over the swaps billed today; a swap that gave less than it took counts as nothing.',
    },
    formula: 'Σ max(0, given − returned) over swaps today',
    unit: { zh: 'Wh，显示为 kWh 或 MWh', en: 'Wh, shown as kWh or MWh' },
    source: 'GET /v1/network',
  },
  'network.revenueToday': {
    title: { zh: '今日收入', en: 'Revenue today' },
    words: {
      zh: '今日账单总额，含电费与服务费。',
      en: 'The bills made today: electricity and service.',
    },
    formula: 'Σ bill.total over swaps today',
    unit: { zh: '分，显示为元', en: 'fen, shown as yuan' },
    source: 'GET /v1/network',
  },
  'network.charging': {
    title: { zh: '充电功率', en: 'Charging power' },
    words: {
      zh: '各仓位最近一次上报的充电功率之和。',
      en: 'The sum of the power that each slot reported last.',
    },
    formula: 'Σ slot.powerW',
    unit: { zh: 'W，显示为 kW 或 MW', en: 'W, shown as kW or MW' },
    source: 'GET /v1/network',
  },
  'network.onRoad': {
    title: { zh: '在途电池', en: 'Packs on the road' },
    words: {
      zh: '账面保管方为车辆的电池包数量。',
      en: 'Packs whose custodian by the ledger is a vehicle.',
    },
    formula: '|{ pack : custody = vehicle }|',
    unit: { zh: '个', en: 'packs' },
    source: 'GET /v1/network',
  },
} as const satisfies Facts;

import type { Facts } from '../fact.ts';

export const people = {
  'driver.balance': {
    title: { zh: '余额', en: 'Balance' },
    words: {
      zh: '司机账户上已入账的贷方减去借方。',
      en: 'Credits less debits on the driver’s account, as far as posted.',
    },
    formula: 'Σ posted credits − Σ posted debits',
    unit: { zh: '分，显示为元', en: 'fen, shown as yuan' },
    source: 'GET /v1/drivers',
  },
  'driver.available': {
    title: { zh: '可用余额', en: 'Available' },
    words: {
      zh: '余额减去为进行中的换电预留的金额。',
      en: 'The balance without what is set aside for swaps under way.',
    },
    formula: 'balance − Σ pending debits',
    unit: { zh: '分，显示为元', en: 'fen, shown as yuan' },
    source: 'GET /v1/drivers',
  },
} as const satisfies Facts;

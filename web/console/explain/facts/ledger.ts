import type { Facts } from '../fact.ts';

const account = 'GET /v1/ledger/accounts/:id';
const unit = {
  zh: '分、瓦时、个、百万分之一或克二氧化碳当量，按账户类别',
  en: 'fen, Wh, packs, millionths or g CO2e, by the unit of the account',
};

/** What the books add up. */
export const ledger = {
  'ledger.balance': {
    title: { zh: '余额', en: 'Balance' },
    words: {
      zh: '已入账的贷方减去借方。承诺在入账之前不计入。',
      en: 'Credits less debits, as far as posted. A promise does not count before it is posted.',
    },
    formula: 'Σ posted credits − Σ posted debits',
    unit,
    source: account,
  },
  'ledger.available': {
    title: { zh: '可用', en: 'Available' },
    words: {
      zh: '余额减去已承诺转出的部分。',
      en: 'The balance less what is promised to others.',
    },
    formula: 'balance − promised',
    unit,
    source: account,
  },
  'ledger.promised': {
    title: { zh: '已承诺转出', en: 'Promised to others' },
    words: {
      zh: '尚未入账、撤回或到期的转出承诺之和。',
      en: 'The pending transfers away from it that are neither posted, given back nor expired, added up.',
    },
    formula: 'Σ open pending debits',
    unit,
    source: account,
  },
  'ledger.expected': {
    title: { zh: '待转入', en: 'Promised by others' },
    words: {
      zh: '尚未了结的转入承诺之和。',
      en: 'The pending transfers to it that are still open, added up.',
    },
    formula: 'Σ open pending credits',
    unit,
    source: account,
  },
  'ledger.after': {
    title: { zh: '变动后余额', en: 'Balance after' },
    words: {
      zh: '该账户在这笔记账之后的余额：从 0 起逐笔累加已入账的变动。承诺及其撤回、到期不改变余额。',
      en: 'The posted balance after this booking: all changes from 0 on, in the order in which they were made. A promise, its return and its expiry change nothing.',
    },
    formula: 'Σ change up to this transfer',
    unit,
    source: 'GET /v1/ledger/accounts/:id/transfers',
  },
  'ledger.amount': {
    title: { zh: '金额/数量', en: 'Amount' },
    words: {
      zh: '从一个账户转到另一个账户的整数数量；资金以分计，显示为元。',
      en: 'The whole number that went from one account to the other; money is kept in fen and shown as yuan.',
    },
    formula: 'transfer.amount',
    unit,
    source: 'GET /v1/ledger/transfers/:id',
  },
  'audit.violations': {
    title: { zh: '违例', en: 'Violations' },
    words: {
      zh: '每条不变量是一个 SQL 查询，返回违反它的行。没有行即成立。每条最多保留 20 行。',
      en: 'Each invariant is an SQL query for the rows that break it. No rows: it holds. At most 20 rows of each are kept.',
    },
    formula: '|rows of the query|',
    unit: { zh: '行', en: 'rows' },
    source: 'GET /v1/audit',
  },
} as const satisfies Facts;

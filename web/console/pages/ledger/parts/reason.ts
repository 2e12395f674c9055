// Why something was booked. The books keep an English sentence; those that we write ourselves are said in Chinese, too.
const chinese: Readonly<Record<string, string>> = {
  'pack registered': '电池包登记',
  'pack of unknown origin turned up': '出现来源不明的电池包',
  'pack returned': '换下电池包',
  'pack returned, told before it went out': '换下电池包（先于换上上报）',
  'pack handed out': '换上电池包',
  'promised for a swap': '为换电预留',
  'promised pack handed out': '换上预留的电池包',
  'held for a swap': '为换电预留资金',
  'swap paid': '支付换电费',
  'swap to be collected': '换电费待收',
  'share of a swap': '换电收入分成',
  'nothing to pay': '无需付款',
  'charging in the slot': '仓内充电',
  'custody corrected': '更正保管方',
  're-coded for second use': '梯次利用重新编码',
  'paid in (simulated)': '充值（模拟）',
  'time is over': '已到期',
  'it left': '已离网',
};

/** In the reader's language where we know it; `lang` is what it is then. */
export function reasonInWords(reason: string, language: string): { text: string; lang: 'zh-CN' | 'en' } {
  if (language === 'en') return { text: reason, lang: 'en' };
  const topUp = /^top-up by (.+)$/.exec(reason);
  const text = topUp ? `充值（${topUp[1]}）` : chinese[reason];
  return text === undefined ? { text: reason, lang: 'en' } : { text, lang: 'zh-CN' };
}

// What a browser gets at the address of a QR code: the public part of a passport as one plain page, without scripts.
import type { shown } from './shown.ts';

type Shown = Awaited<ReturnType<typeof shown>>;
type Language = 'en' | 'zh';

const WORDS = {
  en: {
    title: 'Battery passport',
    missing: 'not supplied yet',
    simulated: 'simulated',
    category: {
      ev: 'electric vehicle',
      lmt: 'light means of transport',
      industrial: 'industrial',
      stationary: 'stationary',
    },
    note: 'The public part. What only those with a legitimate interest or authorities may read is not on this page.',
    frozen: 'This passport ended. The battery has a new one:',
    original: 'Issued anew for a second use; the passport before:',
    health: 'How good it is now: grade, state of health, recall',
    none: 'There is no passport at this address',
    mistyped: 'The code may be damaged or mistyped, or the battery belongs to another network.',
    type: 'Type the code of a battery',
    machine: 'For programs: ask with Accept: application/json.',
  },
  zh: {
    title: '电池护照',
    missing: '尚未提供',
    simulated: '模拟',
    category: { ev: '电动汽车', lmt: '轻型交通工具', industrial: '工业', stationary: '固定式储能' },
    note: '此处为公开部分。仅合法权益人或主管机关可查阅的内容不在本页。',
    frozen: '此护照已终止，该电池的新护照：',
    original: '为梯次利用重新签发；此前的护照：',
    health: '现在的健康状况：分级、健康度、召回',
    none: '此地址没有电池护照',
    mistyped: '编码可能破损或输错，或者电池属于其他网络。',
    type: '输入电池编码',
    machine: '程序访问：请求头 Accept: application/json。',
  },
} as const;

export function publicPage(it: Shown, language: Language): string {
  const words = WORDS[language];
  const rows = it.values.flatMap(({ no, key, en, zh, unit, is }) => {
    if (is.state !== 'known' && is.state !== 'missing') return [];
    const said =
      is.state === 'missing'
        ? `<i>${words.missing}</i>`
        : `${key === 'category' ? words.category[it.category] : inWords(is.value)}${unit ? ` ${escaped(unit)}` : ''}${is.simulated ? ` <small>${words.simulated}</small>` : ''}`;
    return [`<tr><th scope="row">${no}. ${language === 'zh' ? zh : en}</th><td>${said}</td></tr>`];
  });
  const link = (code: string) => `<a href="/p/${encodeURIComponent(code)}">${escaped(code)}</a>`;
  return `${headOf(`${words.title} ${escaped(it.code)}`, language)}
<main><h1>${words.title}</h1><p><strong>${escaped(it.code)}</strong><br>${escaped(it.model)} · ${words.category[it.category]}</p>
${it.frozenAt && it.successor ? `<p>${words.frozen} ${link(it.successor)}</p>` : ''}
${it.original ? `<p>${words.original} ${link(it.original)}</p>` : ''}
<p><a href="/battery/#${encodeURIComponent(it.code)}">${words.health}</a></p>
<p>${words.note}</p><table><tbody>${rows.join('\n')}</tbody></table><p><small>${words.machine}</small></p></main></html>`;
}

/** For whoever scanned something else, or a code that can hardly be read any more. */
export function noPage(language: Language): string {
  const words = WORDS[language];
  return `${headOf(words.none, language)}
<main><h1>${words.none}</h1><p>${words.mistyped}</p><p><a href="/battery/">${words.type}</a></p></main></html>`;
}

const headOf = (title: string, language: Language): string =>
  `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:16px/1.6 system-ui;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c2430;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid #d8dde4}
th{font-weight:500;width:45%}small,i{color:#5a6472}</style>`;

/** A value for people; what is nested, field by field. */
function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).join('<br>');
  if (typeof value === 'object' && value !== null) return Object.values(value).map(inWords).join(', ');
  const text = escaped(String(value));
  return /^https:\/\//.test(String(value)) ? `<a rel="nofollow noreferrer" href="${text}">${text}</a>` : text;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (it) => ENTITIES[it]!);

// The page: asks, shows the answer, its curve and how to verify it. What was asked stands in the address behind #, which no server sees.
import { enquiryApi, enquiryByHand } from '#enquiry/api';
import { CallFailed, callRoute } from '../shared/client.ts';
import { type Answer, filled, rowsOf } from './card.ts';
import { curvesIn, type Fade } from './curves.ts';
import { append, make } from './element.ts';
import './page.css';
import { en, type Words, zh } from './words.ts';

type Shown =
  | { readonly is: 'nothing' }
  | { readonly is: 'asking' }
  | { readonly is: 'answer'; readonly answer: Answer; readonly fade: Fade | undefined }
  | { readonly is: 'failure'; readonly code: string };

let words: Words = navigator.language.startsWith('zh') ? zh : en;
let shown: Shown = { is: 'nothing' };
const the = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const asked = the<HTMLInputElement>('asked');
const by = (): string => document.querySelector<HTMLInputElement>('input[name=by]:checked')!.value;

let turn = 0;
async function ask(): Promise<void> {
  const mine = ++turn;
  show({ is: 'asking' });
  const next = await answered(asked.value.trim(), by());
  if (mine === turn) show(next);
}

async function answered(text: string, how: string): Promise<Shown> {
  try {
    const answer: Answer =
      how === 'code'
        ? await callRoute(enquiryApi.byCode, { query: { code: text } })
        : await callRoute(enquiryByHand.byPlate, { body: { plate: text } });
    const { model } = answer.told;
    // Without its curve an answer is still an answer.
    const fade =
      model === null ? undefined : await callRoute(enquiryApi.fade, { query: { model } }).catch(() => undefined);
    return { is: 'answer', answer, fade };
  } catch (error) {
    return { is: 'failure', code: error instanceof CallFailed ? error.problem.code : '' };
  }
}

function show(next: Shown): void {
  shown = next;
  document.documentElement.lang = words === zh ? 'zh-CN' : 'en';
  document.title = words.title;
  the('language').textContent = words.other;
  the('language').lang = words === zh ? 'en' : 'zh-CN';
  for (const it of document.querySelectorAll<HTMLElement>('[data-word]'))
    it.textContent = String(words[it.dataset.word as keyof Words]);
  the('name').textContent = by() === 'code' ? words.code : words.plate;
  the('hint').textContent = by() === 'code' ? words.codeHint : words.plateHint;
  the('why').replaceChildren(...words.why.map((it) => make('li', it)));
  const place = the('answer');
  place.dataset.is = shown.is;
  place.replaceChildren(...parts(shown));
  const curves = the('curves');
  curves.hidden = shown.is !== 'answer' || shown.answer.told.status === 'retired' || shown.answer.told.model === null;
  if (!curves.hidden && shown.is === 'answer') curves.replaceChildren(...curvesIn(shown.answer, shown.fade, words));
}

function parts(it: Shown): HTMLElement[] {
  if (it.is === 'nothing') return [];
  if (it.is === 'asking') return [make('p', words.asking)];
  if (it.is === 'failure') {
    const known = words.problems as Readonly<Record<string, string>>;
    return [make('p', Object.hasOwn(known, it.code) ? known[it.code]! : words.problems.other)];
  }
  const { answer } = it;
  const { about, told, edition } = answer;
  const head = append(make('div', '', 'head'), [
    make('p', about.code ?? words.byPlate, 'about'),
    make(
      'h2',
      told.recalled
        ? words.recalled
        : told.status === 'retired'
          ? words.status.retired
          : words.grades[told.grade ?? 'none'],
    ),
  ]);
  head.dataset.mood =
    told.recalled || told.grade === 'quarantine'
      ? 'bad'
      : told.grade === 'vehicle'
        ? 'ready'
        : told.grade
          ? 'low'
          : 'none';
  const rows = make('dl');
  for (const [label, value] of rowsOf(answer, words)) append(rows, [make('dt', label), make('dd', value)]);
  const when = new Intl.DateTimeFormat(words.locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Asia/Shanghai',
  }).format(new Date(edition));
  const about24 = about.code && link(`../p/${encodeURIComponent(about.code)}`, words.passport);
  return [
    append(make('section', '', 'card'), [
      head,
      rows,
      ...(answer.simulated ? [make('p', words.simulated, 'badge')] : []),
      make('p', filled(words.edition, { when: `${when} (UTC+8)` }), 'quiet'),
      ...(about24 ? [about24] : []),
    ]),
    verifying(answer),
  ];
}

function verifying({ note, about }: Answer): HTMLElement {
  const file = `packloop-answer-${about.code ?? about.id}.txt`;
  const saved = link(URL.createObjectURL(new Blob([note], { type: 'text/plain' })), words.save);
  saved.download = file;
  const files = append(make('ul'), [
    append(make('li'), [saved]),
    append(make('li'), [link('../log/policy', words.policy)]),
    append(make('li'), [link('../log/producers', words.producers)]),
  ]);
  const command = make('code', `packloop verify answer ${file} --policy policy --producers producers`);
  return append(make('details'), [
    make('summary', words.verify),
    make('p', words.howto),
    files,
    append(make('p'), [command]),
    make('p', words.proves, 'quiet'),
  ]);
}

function link(href: string, text: string): HTMLAnchorElement {
  const it = document.createElement('a');
  it.href = href;
  it.textContent = text;
  return it;
}

/** What stands behind # is asked at once: the passport's page links here so. A plate never stands there. */
function fromAddress(): void {
  const code = decodeURIComponent(location.hash.slice(1));
  if (code === '') return;
  document.querySelector<HTMLInputElement>('input[value=code]')!.checked = true;
  asked.value = code;
  void ask();
}

the('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  if (by() === 'code') history.replaceState(null, '', `#${encodeURIComponent(asked.value.trim())}`);
  else history.replaceState(null, '', location.pathname);
  void ask();
});
the('ask').addEventListener('change', () => show(shown));
the('language').addEventListener('click', () => {
  words = words === zh ? en : zh;
  show(shown);
});
addEventListener('hashchange', fromAddress);
show(shown);
fromAddress();

// The page: takes files and text, shows the verdict. Keeps nothing, sends nothing.
import './page.css';
import { type Verdict, verdictOn } from './verdict.ts';
import { en, type Words, zh } from './words.ts';

let words: Words = navigator.language.startsWith('zh') ? zh : en;
let verdict: Verdict = { state: 'waiting' };

const the = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const fields = {
  claim: the<HTMLTextAreaElement>('claim'),
  policy: the<HTMLTextAreaElement>('policy'),
  producers: the<HTMLTextAreaElement>('producers'),
};

/** Which field a file belongs into: each of the formats says so itself. */
function fieldFor(text: string): keyof typeof fields {
  if (/^quorum[ \t]/m.test(text)) return 'policy';
  const isClaim = /^(c2sp\.org\/tlog-proof|\s*\{)/.test(text) || text.includes('\n\n— ');
  return isClaim ? 'claim' : 'producers';
}

async function take(files: Iterable<File>): Promise<void> {
  for (const file of files) {
    const text = await file.text();
    fields[fieldFor(text)].value = text;
  }
  await judge();
}

let turn = 0;
async function judge(): Promise<void> {
  const mine = ++turn;
  const { claim, policy, producers } = fields;
  const found = await verdictOn({ claim: claim.value, policy: policy.value, producers: producers.value });
  if (mine !== turn) return; // something else was given meanwhile
  verdict = found;
  show();
}

function show(): void {
  document.documentElement.lang = words === zh ? 'zh-CN' : 'en';
  document.title = words.title;
  the('language').textContent = words.other;
  for (const it of document.querySelectorAll<HTMLElement>('[data-word]'))
    it.textContent = textOf(it.dataset.word!) ?? '';
  const place = the('verdict');
  place.dataset.state = verdict.state;
  const head = document.createElement('h2');
  head.textContent = words[verdict.state];
  place.replaceChildren(head, ...detailsOf(verdict));
}

function detailsOf(it: Verdict): HTMLElement[] {
  if (it.state === 'waiting') return [];
  if (it.state === 'broken') return [line(it.sentence)];
  if (it.state === 'fails') return [line(words.reasons[it.reason]), line(it.sentence, 'detail')];
  const list = document.createElement('dl');
  for (const [label, value] of it.rows) {
    const [term, told] = [document.createElement('dt'), document.createElement('dd')];
    term.textContent = textOf(label) ?? label;
    told.textContent = (label === 'sealed' || value === 'nobody' ? textOf(value) : undefined) ?? value;
    list.append(term, told);
  }
  return [list];
}

function line(text: string, name = ''): HTMLElement {
  const it = document.createElement('p');
  it.textContent = text;
  it.className = name;
  return it;
}

function textOf(word: string): string | undefined {
  const found = Object.hasOwn(words, word) ? words[word as keyof Words] : undefined;
  return typeof found === 'string' ? found : undefined;
}

for (const it of Object.values(fields)) it.addEventListener('input', judge);
the<HTMLInputElement>('files').addEventListener('change', (event) =>
  take((event.target as HTMLInputElement).files ?? []),
);
the('language').addEventListener('click', () => {
  words = words === zh ? en : zh;
  show();
});
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  take(event.dataTransfer?.files ?? []);
});
show();

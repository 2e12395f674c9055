// The page: takes files, folders and text, shows the verdict. Keeps nothing, sends nothing.
import './page.css';
import { chosenIn, droppedIn, type Found, type Mirror, mirrorIn } from './folder.ts';
import { readFile } from './given.ts';
import { judged, unread, type Verdict, verdictOn } from './verdict.ts';
import { wholeHolds } from './whole.ts';
import { en, type Words, zh } from './words.ts';
import { Over, Wrong } from './wrong.ts';

let words: Words = navigator.language.startsWith('zh') ? zh : en;
let verdict: Verdict = { state: 'waiting' };
/** Given in place of a claim. */
let mirror: Mirror | undefined;
let progress = { read: 0, size: 0 };

const the = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const fields = {
  claim: the<HTMLTextAreaElement>('claim'),
  policy: the<HTMLTextAreaElement>('policy'),
  producers: the<HTMLTextAreaElement>('producers'),
};
const pack = the<HTMLInputElement>('pack');

/** All that can be read goes to its place; the first that cannot is named, and then nothing is checked. */
async function take(reading: () => Promise<{ files: readonly File[]; folders: readonly (readonly Found[])[] }>) {
  const mine = ++turn; // what is being checked is asked for no more
  let wrong: Wrong | undefined;
  const trying = async (act: () => Promise<void>) => {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      wrong ??= error;
    }
  };
  await trying(async () => {
    const { files, folders } = await reading();
    for (const file of files)
      await trying(async () => {
        const { field, text } = await readFile(file);
        if (field === 'claim') mirror = undefined;
        fields[field].value = text;
      });
    if (folders.length > 0) {
      mirror = undefined;
      fields.claim.value = '';
      mirror = mirrorIn(folders.flat());
    }
  });
  if (mine !== turn) return;
  if (wrong === undefined) return await judge();
  verdict = unread(wrong);
  show();
}

let turn = 0;
async function judge(): Promise<void> {
  const mine = ++turn;
  const [claim, policy, producers] = [fields.claim.value, fields.policy.value, fields.producers.value];
  const found = mirror
    ? await wholeVerdict(mirror, { policy, producers, isOver: () => mine !== turn })
    : await verdictOn({ claim, policy, producers });
  if (mine !== turn || found === undefined) return; // something else was given meanwhile
  verdict = found;
  show();
}

/** @returns undefined when something else was given meanwhile */
async function wholeVerdict(
  it: Mirror,
  given: { policy: string; producers: string; isOver: () => boolean },
): Promise<Verdict | undefined> {
  if (given.policy.trim() === '') return { state: 'waiting', lacks: 'noPolicy' };
  verdict = { state: 'checking' };
  progress = { read: 0, size: 0 };
  show();
  const told = (read: number, size: number) => {
    progress = { read, size };
    showProgress();
  };
  try {
    return await judged(() => wholeHolds({ ...given, mirror: it, pack: pack.value, progress: told }));
  } catch (error) {
    if (error instanceof Over) return undefined;
    throw error;
  }
}

function show(): void {
  document.documentElement.lang = words === zh ? 'zh-CN' : 'en';
  document.title = words.title;
  the('language').textContent = words.other;
  for (const it of document.querySelectorAll<HTMLElement>('[data-word]'))
    it.textContent = textOf(it.dataset.word!) ?? '';
  the('whole').hidden = mirror === undefined;
  the('mirror').textContent = mirror?.name ?? '';
  const place = the('verdict');
  place.dataset.state = verdict.state;
  const head = document.createElement('h2');
  head.textContent = words[verdict.state];
  place.replaceChildren(head, ...detailsOf(verdict));
  showProgress();
}

/** Apart from the verdict, which is read aloud when it changes. */
function showProgress(): void {
  const { read, size } = progress;
  the('progress').hidden = verdict.state !== 'checking';
  const bar = the<HTMLProgressElement>('bar');
  bar.max = size || 1;
  bar.value = read;
  the('count').textContent =
    size === 0 ? '' : `${read.toLocaleString('en')} ${words.read} ${size.toLocaleString('en')}`;
}

function detailsOf(it: Verdict): HTMLElement[] {
  if (it.state === 'checking') return [];
  if (it.state === 'waiting') return it.lacks ? [line(words[it.lacks])] : [];
  if (it.state === 'broken') return [line(it.sentence)];
  if (it.state === 'fails') return [line(words.reasons[it.reason]), line(it.sentence, 'detail')];
  if (it.state === 'unread')
    return [line(fieldName(it.what), 'what'), line(words.wrong[it.why]), line(it.sentence, 'detail')];
  const list = document.createElement('dl');
  for (const [label, value] of it.rows) {
    const [term, told] = [document.createElement('dt'), document.createElement('dd')];
    term.textContent = textOf(label) ?? label;
    told.textContent = (saidInWords.has(label) ? textOf(value) : undefined) ?? value;
    list.append(term, told);
  }
  return [list];
}

/** Whose value may be a word of the reader's language. */
const saidInWords: ReadonlySet<string> = new Set(['sealed', 'witnesses', 'complete', 'figures']);

const fieldName = (what: string): string => (Object.hasOwn(fields, what) ? (textOf(what) ?? what) : what);

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

for (const it of Object.values(fields))
  it.addEventListener('input', () => {
    if (it === fields.claim) mirror = undefined;
    judge();
  });
pack.addEventListener('change', judge);
for (const id of ['files', 'folder'] as const) {
  const input = the<HTMLInputElement>(id);
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    input.value = ''; // so that the same, mended meanwhile, can be chosen again
    take(async () => (id === 'files' ? { files, folders: [] } : { files: [], folders: [chosenIn(files)] }));
  });
}
the('forget').addEventListener('click', () => {
  mirror = undefined;
  judge();
});
the('language').addEventListener('click', () => {
  words = words === zh ? en : zh;
  show();
});
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  const dropped = droppedIn(event.dataTransfer!);
  take(() => dropped);
});
show();

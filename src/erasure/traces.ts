// What leads to a person in text that others wrote, and the text without it. Pure.

/** `id`: what stands for him in our books; `contact`: email, plate; `name`: only in sentences, for a name can be any word. */
export interface Lead {
  readonly kind: 'id' | 'contact' | 'name';
  readonly text: string;
  /** What stands there afterwards: random, and nowhere kept beside the text. */
  readonly instead: string;
}

/** The value as it is written, with its lead replaced; the same value when nothing leads to the person. */
export function without(leads: readonly Lead[], value: unknown, key = ''): unknown {
  if (typeof value === 'string') return textWithout(leads, value, key);
  if (Array.isArray(value)) return kept(value, (it) => without(leads, it, key));
  if (typeof value !== 'object' || value === null) return value;
  const before = Object.entries(value).flat();
  const after = kept(before, (it, n) =>
    n % 2 ? without(leads, it, String(before[n - 1])) : textWithout(leads, it, ''),
  );
  return after === before ? value : Object.fromEntries(after.flatMap((it, n) => (n % 2 ? [] : [[it, after[n + 1]]])));
}

/** The same list when nothing changed: whoever asks whether it did compares. */
function kept(list: unknown[], change: (it: never, n: number) => unknown): unknown[] {
  const after = list.map((it, n) => change(it as never, n));
  return after.every((it, n) => it === list[n]) ? list : after;
}

/** Text that is a document itself (a frame, a reply) is read as one. */
function textWithout(leads: readonly Lead[], text: string, key: string): string {
  if (/^\s*[[{]/.test(text)) {
    const document = readJson(text);
    if (document !== undefined) {
      const after = without(leads, document);
      return after === document ? text : JSON.stringify(after);
    }
  }
  const isSentence = /\s|[^\x20-\x7e]/.test(text) || key === 'name';
  return leads
    .filter((it) => it.kind !== 'name' || isSentence)
    .reduce((before, it) => before.replaceAll(patternOf(it), () => it.instead), text);
}

function readJson(text: string): object | undefined {
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

const patterns = new WeakMap<Lead, RegExp>();

/** Whole words, in either case; an id of few letters only where it is all there is, or follows what kind of id it is. */
function patternOf(lead: Lead): RegExp {
  const known = patterns.get(lead);
  if (known) return known;
  const word = RegExp.escape(lead.text);
  const ends = lead.kind === 'id' ? '[\\p{L}\\p{N}_-]' : '[\\p{L}\\p{N}]';
  // Chinese has no spaces between words.
  const source = /\p{Script=Han}/u.test(lead.text)
    ? word
    : lead.kind === 'id' && lead.text.length < 4
      ? `(?<=^|[:/])${word}$`
      : `(?<!${ends})${word}(?!${ends})`;
  const pattern = new RegExp(source, 'giu');
  patterns.set(lead, pattern);
  return pattern;
}

/** `ilike any` of these finds whatever may lead to the person, as text and as JSON. */
export const likeAny = (leads: readonly Lead[]): string[] => [
  ...new Set(
    leads
      .flatMap((it) => [it.text, JSON.stringify(it.text).slice(1, -1)])
      .map((it) => `%${it.replaceAll(/[\\%_]/g, '\\$&')}%`),
  ),
];

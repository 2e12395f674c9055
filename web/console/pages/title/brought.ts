// What becomes of notes that somebody brings: the good ones are taken in, and of each other one is said what is wrong with it.
import { CallFailed } from '../../../shared/client.ts';
import { preparedFrom } from './draft.ts';
import type { Act } from './kinds.ts';
import { actIn, idOf, looked, type NoNote, noteIn, type Prepared, statementIn, withLines } from './notes.ts';
import type { Acts, Drafted, Statement, Title } from './words.ts';

export interface Given {
  /** Of the file; pasted when absent. */
  readonly name?: string;
  readonly text: string;
}

/** Why a note was not taken in. */
export type Fault =
  | { readonly is: NoNote | 'wrong-signature' }
  /** Everybody has signed, and somebody has delivered it. */
  | { readonly is: 'done'; readonly act: Acts[number] }
  /** Its time is over, or others were quicker; and as it stands it would be refused now. */
  | { readonly is: 'late' | 'overtaken'; readonly statement: Statement; readonly error: CallFailed }
  | { readonly is: 'refused'; readonly error: CallFailed };

export interface Brought {
  readonly taken: readonly Given[];
  readonly faults: readonly { readonly given: Given; readonly fault: Fault }[];
  /** What is on the bench then. */
  readonly prepared: Prepared | undefined;
}

interface Network {
  readonly code: Title['code'];
  /** All acts of this pack, as they are now. */
  readonly acts: Acts;
  readonly now: number;
  /** @throws CallFailed */
  readonly draft: (act: Act) => Promise<Drafted>;
}

/**
 * @param prepared what is on the bench already; without it the first note that can still be delivered brings its own text,
 * and only where none can, one that has to be prepared anew
 */
export async function bring(network: Network, prepared: Prepared | undefined, all: readonly Given[]): Promise<Brought> {
  const inStep = ({ text }: Given): boolean => statementIn(noteIn(text)?.text ?? '')?.after === network.acts.length;
  const inOrder = prepared ? all : [...all.filter(inStep), ...all.filter((it) => !inStep(it))];
  const taken: Given[] = [];
  const faults: { given: Given; fault: Fault }[] = [];
  let now = prepared;
  for (const given of inOrder) {
    const next = await withNote(network, now, given.text);
    if ('text' in next) {
      now = next;
      taken.push(given);
    } else faults.push({ given, fault: next });
  }
  // Told in the order in which they were brought.
  return {
    taken: all.filter((it) => taken.includes(it)),
    faults: faults.toSorted((a, b) => all.indexOf(a.given) - all.indexOf(b.given)),
    prepared: now,
  };
}

/** The signatures of one note added to those that are there. What the network needs for it is asked when it is the first. */
async function withNote(network: Network, now: Prepared | undefined, given: string): Promise<Prepared | Fault> {
  const note = noteIn(given);
  if (!note) return { is: 'not-a-note' };
  const statement = statementIn(note.text);
  if (!statement) return { is: 'not-title' };
  if (statement.pack !== network.code) return { is: 'other-pack' };
  const id = await idOf(note.text);
  const act = network.acts.find((it) => it.id === id);
  if (act) return { is: 'done', act };
  if (now && now.text !== note.text) return { is: 'other-text' };
  try {
    const base = now ?? { ...preparedFrom(await network.draft(actIn(statement))), text: note.text };
    const isWrong = (await looked({ ...base, lines: note.lines })).some((it) => it.is === 'wrong');
    return isWrong ? { is: 'wrong-signature' } : withLines(base, note.lines);
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    if (statement.after < network.acts.length) return { is: 'overtaken', statement, error };
    if (Date.parse(statement.until) < network.now) return { is: 'late', statement, error };
    return { is: 'refused', error };
  }
}

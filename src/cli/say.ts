// How the command line speaks: a sentence for people, or one JSON object a line for programs.
import { SingleBar } from 'cli-progress';

/** A command that could not do what it was asked; the sentence says why. Code 1: what was asked did not hold. 2: asked wrongly. */
export class Failed extends Error {
  override readonly name = 'Failed';
  readonly code: number;
  readonly facts: object;

  constructor(sentence: string, { code = 1, ...facts }: { code?: number; [fact: string]: unknown } = {}) {
    super(sentence);
    this.code = code;
    this.facts = facts;
  }
}

/** A text, or lines of which none can pose as two, whatever a stranger wrote into it. */
export type Words = string | readonly string[];

/** The result of a command: `facts` for programs, `words` for people. */
export function say(isJson: boolean, facts: object, words: Words | (() => Words)): void {
  const text = () => plain(typeof words === 'function' ? words() : words);
  process.stdout.write(`${isJson ? JSON.stringify(facts) : text()}\n`);
}

/** Files and servers of strangers are quoted in what is said: what they hold must not command the terminal. */
function plain(words: Words): string {
  if (typeof words === 'string') return words.replaceAll(/[^\P{Cc}\n\t]/gu, '\u{fffd}');
  return words.map((it) => it.replaceAll(/\p{Cc}/gu, '\u{fffd}')).join('\n');
}

/** What goes on meanwhile, for people only; never on the output that programs read. */
export function note(isJson: boolean, text: string): void {
  if (!isJson) process.stderr.write(`${text}\n`);
}

export interface Bar {
  at(done: number, all: number): void;
  end(): void;
}

/** A bar on a terminal; silence elsewhere. */
export function progressBar(what: string, isJson: boolean): Bar {
  if (isJson || !process.stderr.isTTY) return { at: () => {}, end: () => {} };
  const bar = new SingleBar({
    format: `${what} [{bar}] {percentage}% | {value}/{total} | {eta_formatted}`,
    hideCursor: true,
  });
  let isShown = false;
  return {
    at(done, all) {
      if (!isShown) bar.start(all, 0);
      isShown = true;
      bar.setTotal(all);
      bar.update(done);
    },
    end: () => bar.stop(),
  };
}

/** What people do not have to look up. */
const plainly: Readonly<Record<string, (error: { port?: number; path?: string; dest?: string }) => string>> = {
  EADDRINUSE: ({ port }) => `port ${port} is taken: give --port`,
  ENOENT: ({ path = 'a file' }) => `${path} cannot be found, or the folder it should lie in`,
  EISDIR: ({ path = 'this', dest }) => `a file is needed, and ${dest ?? path} is a folder`,
  ENOTDIR: ({ path = 'a file' }) => `${path} cannot be: something above it is a file and no folder`,
  EEXIST: ({ path = 'this' }) => `${path} is there already, and not as what is needed`,
  ELOOP: ({ path = 'a link' }) => `${path} is a link that leads back to itself`,
  EACCES: ({ path = 'a file' }) => `${path} may not be read or written by you`,
  ECONNREFUSED: () => 'the database does not answer: is DATABASE_URL right?',
  ENOTFOUND: () => 'the database cannot be found: is DATABASE_URL right?',
  '28P01': () => 'the database refuses the password in DATABASE_URL',
  '55006': () => 'the network is running: stop it first',
};

const ours = ['Failed', 'Refused', 'ConfigWrong', 'Taken'];
/** Whoever asked can ask otherwise. */
const askedWrongly = ['ConfigWrong', 'Taken', 'EADDRINUSE', '55006'];

/** Says what went wrong in one sentence, without our insides. @returns the exit code */
export function sayFailure(isJson: boolean, error: unknown): number {
  const { name, message, code, facts } = error as Error & { code?: string | number; facts?: object };
  const isOurs = ours.includes(name);
  const known = plainly[String(code)];
  const sentence = plain(
    isOurs ? message : (known?.(error as object) ?? `something broke: ${message || String(error)}`),
  );
  const said = { error: sentence, ...(typeof code === 'string' && { code }), ...facts };
  if (isJson) process.stdout.write(`${JSON.stringify(said)}\n`);
  else process.stderr.write(`packloop: ${sentence}\n`);
  if (!isOurs && process.env.PACKLOOP_TRACE) process.stderr.write(`${(error as Error).stack}\n`);
  if (name === 'Failed' && typeof code === 'number') return code;
  return askedWrongly.includes(name) || askedWrongly.includes(String(code)) ? 2 : 1;
}

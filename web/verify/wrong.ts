// What the page was given and cannot read: nothing is said of the log by it, neither good nor bad.
import type { Words } from './words.ts';

/** `what` is the name of a file, or the field of the page. */
export class Wrong extends Error {
  override readonly name = 'Wrong';
  readonly what: string;
  readonly why: keyof Words['wrong'];

  constructor(what: string, why: keyof Words['wrong'], sentence = '') {
    super(sentence);
    this.what = what;
    this.why = why;
  }
}

/** Nobody waits for the verdict any more: something else was given. */
export class Over extends Error {
  override readonly name = 'Over';
}

/** Why a plate's text is not a code: which part is wrong, what is wrong, and what would be right. */
export interface Refusal<Field extends string> {
  readonly ok: false;
  readonly field: Field;
  readonly problem: string;
  readonly hint: string;
}

export const refusal = <Field extends string>(field: Field, problem: string, hint: string): Refusal<Field> => ({
  ok: false,
  field,
  problem,
  hint,
});

/**
 * What a scanner or a person read, as one line of capitals: plates print long codes in two lines, keyboards for Chinese
 * write full-width letters, and people copy in lower case. Nothing is guessed: a wrong character stays wrong.
 */
export const normalise = (text: string): string => text.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();

/** Capitals that are read for digits, most often on worn plates. */
const LOOKS_LIKE: Readonly<Record<string, string>> = { O: '0', Q: '0', I: '1', Z: '2', U: 'V' };

/** "Was it the digit 0?", or nothing when the character looks like none that is allowed. */
export const wasItMeant = (character: string, allowed: (it: string) => boolean): string => {
  const other = LOOKS_LIKE[character] ?? Object.keys(LOOKS_LIKE).find((it) => LOOKS_LIKE[it] === character);
  return other !== undefined && allowed(other) ? `; was it ${other}?` : '';
};

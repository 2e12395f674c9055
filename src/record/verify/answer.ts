// An answer of the public health query: what a network says of a pack, signed, with the checkpoint of its log at that moment.
import { textOf, utf8 } from './bytes.ts';
import { canonical, type Json } from './json.ts';
import { readNote, signedBy, type VerifierKey } from './note.ts';
import { type Accepted, accepted, type Policy } from './policy.ts';
import { Unproven } from './unproven.ts';

/** Keeps it apart from everything else that the same key signs. */
export const FIRST_LINE = 'packloop health answer v1';

/** What is signed. */
export const answerText = (said: Json): string => `${FIRST_LINE}\n${canonical(said)}\n`;

export interface Answer {
  readonly about: { readonly code?: string; readonly id?: string };
  readonly told: { readonly [name: string]: Json };
  /** The fixed hour that it is of. */
  readonly edition: string;
  readonly simulated: boolean;
  readonly log: string;
}

/** Somebody's answer that holds. */
export interface AnswerProven {
  readonly answer: Answer;
  readonly signer: string;
  /** The log was there with so many entries, cosigned as the policy demands; undefined where the log had no checkpoint yet. */
  readonly rests?: Accepted;
}

/**
 * The note of an answer, as it is or in the JSON that `GET /v1/public/health` hands out. What that says beside the note is not signed:
 * it must be what the note says, or somebody reads one thing and checks another.
 * @throws Unproven `malformed-note`, `bad-signature`
 */
function noteIn(bytes: Uint8Array): { readonly note: Uint8Array; readonly beside: { readonly [name: string]: Json } } {
  // `jq -r .note` ends it by a line too many; a note has exactly one.
  if (!isJson(bytes))
    return { note: bytes.at(-1) === 10 && bytes.at(-2) === 10 ? bytes.subarray(0, -1) : bytes, beside: {} };
  let it: unknown;
  try {
    it = JSON.parse(textOf(bytes)!);
  } catch {
    it = undefined;
  }
  const { note, ...beside } = (it ?? {}) as { readonly [name: string]: Json };
  if (typeof note !== 'string')
    throw new Unproven('malformed-note', 'This is no answer about a pack: JSON with a "note", or the note, is needed');
  return { note: utf8(note), beside };
}

const isJson = (bytes: Uint8Array): boolean => /^\s*\{/.test(textOf(bytes) ?? '');

/**
 * Checks an answer against what the one who asks trusts. That the figures follow from the log is not proven: they are bands of
 * what is not public. What is: who said it, of which day, and that the same network then had a log that others cosigned.
 * @throws Unproven `malformed-note`, `not-canonical`, `unknown-producer`, `bad-signature`, `wrong-log`, and all of a checkpoint
 */
export async function verifyAnswer(
  bytes: Uint8Array,
  { policy, producers }: { readonly policy: Policy; readonly producers: readonly VerifierKey[] },
): Promise<AnswerProven> {
  const { note: signedText, beside } = noteIn(bytes);
  const note = readNote(signedText);
  const [first, body = '', ...rest] = note.text.split('\n');
  if (first !== FIRST_LINE || rest.length !== 1) throw new Unproven('malformed-note', 'This is no answer about a pack');
  const said = parsed(body);
  if (canonical(said as unknown as Json) !== body)
    throw new Unproven('not-canonical', 'The answer is spelt in another way');
  const keys = producers.filter((it) => it.kind === 'note');
  const [signed] = await signedBy(note, keys);
  if (!signed) throw new Unproven('unknown-producer', 'Nobody you named has signed this answer');
  const { checkpoint, ...answer } = said;
  for (const [name, value] of Object.entries(beside))
    if (!Object.hasOwn(answer, name) || canonical(value) !== canonical((answer as unknown as typeof beside)[name]!))
      throw new Unproven('bad-signature', `"${name}" beside the note is not what was signed`);
  if (checkpoint === null) return { answer, signer: signed.key.name };
  const rests = await accepted(utf8(checkpoint), policy);
  if (rests.checkpoint.origin !== answer.log)
    throw new Unproven('wrong-log', `It is of ${answer.log} and rests on ${rests.checkpoint.origin}`);
  return { answer, signer: signed.key.name, rests };
}

function parsed(body: string): Answer & { readonly checkpoint: string | null } {
  const no = () => new Unproven('malformed-note', 'The answer is not as answers are');
  let it: Record<string, unknown>;
  try {
    it = JSON.parse(body);
  } catch {
    throw no();
  }
  const isObject = (one: unknown) => typeof one === 'object' && one !== null && !Array.isArray(one);
  if (!isObject(it) || !isObject(it.about) || !isObject(it.told)) throw no();
  const isTold = typeof it.edition === 'string' && typeof it.log === 'string' && typeof it.simulated === 'boolean';
  if (!isTold || (it.checkpoint !== null && typeof it.checkpoint !== 'string')) throw no();
  return it as never;
}

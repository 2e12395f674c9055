// C2SP tlog-witness, add-checkpoint: what a witness answers, in the order in which the specification asks.
import {
  type Bytes,
  type Checkpoint,
  decimal,
  hashFrom,
  type Note,
  readCheckpoint,
  readNote,
  rootOf,
  signedBy,
  textOf,
  Unproven,
  utf8,
  type VerifierKey,
  verifyConsistency,
} from '#record/verify';
import type { State } from './state.ts';

/** By origin the keys by which a log may sign. */
export type Logs = ReadonlyMap<string, readonly VerifierKey[]>;

export type Decision =
  | { readonly status: 200; readonly checkpoint: Checkpoint; readonly note: Note }
  | {
      readonly status: 400 | 403 | 404 | 409 | 422;
      readonly type: 'text/plain; charset=utf-8' | 'text/x.tlog.size';
      readonly body: string;
      /** Signed by the log and not reconciled with what it signed before: to be kept. */
      readonly evidence?: Evidence;
    };

/**
 * A fork speaks for itself: two roots of one size. That a proof fails may be the fault of whoever asked, for anybody can send
 * a checkpoint that is public, with any proof: it is kept apart, lest strangers fill the room for what proves something.
 */
export interface Evidence {
  readonly kind: 'fork' | 'unproven';
  readonly checkpoint: Checkpoint;
}

/** Pure: whoever signs must first make `checkpoint` the state. */
export async function decide(body: Bytes, logs: Logs, state: State): Promise<Decision> {
  const request = requestIn(body);
  if (request === undefined) return no(400, 'An old size, at most 63 hashes, a blank line and a checkpoint are needed');
  const { old, path, note, checkpoint } = request;
  const keys = logs.get(checkpoint.origin);
  if (keys === undefined) return no(404, `This witness does not know the log ${checkpoint.origin}`);
  const isSigned = await signedBy(note, keys).then(
    (signed) => signed.length > 0,
    (error) => unless(error, false),
  );
  if (!isSigned) return no(403, `The log ${checkpoint.origin} has not signed this`);
  if (old > checkpoint.size) return no(400, `The old size ${old} is above the new size ${checkpoint.size}`);
  const seen = state.get(checkpoint.origin) ?? { size: 0, root: await rootOf([]) };
  if (old !== seen.size) return { status: 409, type: 'text/x.tlog.size', body: `${seen.size}\n` };
  const conflict = await verifyConsistency({ old: seen, now: checkpoint, path }).then(
    () => undefined,
    (error) => unless(error, (error as Error).message),
  );
  if (conflict === undefined) return { status: 200, checkpoint, note };
  const isOtherRoot = old === checkpoint.size && checkpoint.root.toHex() !== seen.root.toHex();
  return isOtherRoot
    ? { ...no(409, conflict), evidence: { kind: 'fork', checkpoint } }
    : { ...no(422, conflict), evidence: { kind: 'unproven', checkpoint } };
}

const no = (status: 400 | 403 | 404 | 409 | 422, body: string): Exclude<Decision, { status: 200 }> => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${body}\n`,
});

/** A claim that does not hold is an answer; anything else is a fault of ours. */
function unless<T>(error: unknown, answer: T): T {
  if (error instanceof Unproven) return answer;
  throw error;
}

/** @returns undefined for anything but the body of an add-checkpoint request */
function requestIn(body: Bytes) {
  const text = textOf(body);
  const blank = text?.indexOf('\n\n') ?? -1;
  if (text === undefined || blank < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, blank).split('\n');
  const old = first.startsWith('old ') ? decimal(first.slice('old '.length)) : undefined;
  const path = lines.map(hashFrom);
  if (old === undefined || path.length > 63 || !path.every((it) => it !== undefined)) return undefined;
  try {
    const note = readNote(utf8(text.slice(blank + 2)));
    return { old, path, note, checkpoint: readCheckpoint(note.text) };
  } catch (error) {
    return unless(error, undefined);
  }
}

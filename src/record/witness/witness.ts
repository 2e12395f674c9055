// A witness: one at a time it decides, remembers, and only then signs.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cosignatureLine, privateKeyLine, readPrivateKey, type SigningKey } from '#record/log';
import { type Bytes, base64, joined, type Note } from '#record/verify';
import { decide, type Evidence, type Logs } from './decide.ts';
import { load, type State, save } from './state.ts';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface Witness {
  readonly key: SigningKey;
  /** Answers the body of an add-checkpoint request. */
  add(body: Bytes): Promise<Answer>;
  end(): void;
}

/** More of a kind is not needed. The first forks stay; of what is only unproven, which costs nothing to send, the newest do. */
const MOST_EVIDENCE = 100;

export interface Home {
  /** Key, state and evidence lie here. */
  readonly dir: string;
  /** For the key of a witness that is new. */
  readonly name: string;
  readonly seed: () => Bytes;
}

/**
 * Opens the witness that lives in `dir`, or makes it. One process at a time.
 * @param now POSIX seconds
 * @throws Error when its state is gone or damaged, or another process has it
 */
export async function openWitness({ dir, name, seed }: Home, logs: Logs, now: () => number): Promise<Witness> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const [keyFile, stateFile] = [join(dir, 'witness.key'), join(dir, 'state.json')];
  const unlock = locked(join(dir, 'lock'));
  try {
    if (!existsSync(keyFile)) {
      // The state first: a key without a state is a witness that has forgotten.
      if (!existsSync(stateFile)) save(stateFile, new Map());
      writeFileSync(keyFile, `${await privateKeyLine(name, seed())}\n`, { mode: 0o600, flag: 'wx', flush: true });
    }
    const key = await readPrivateKey(readFileSync(keyFile, 'utf8').trim());
    if (key.algorithm !== 'ed25519') throw new Error(`${keyFile}: a witness signs by Ed25519, and this key is for SM2`);
    let state: State = load(stateFile);
    let turn: Promise<unknown> = Promise.resolve();
    const add = async (body: Bytes): Promise<Answer> => {
      const decision = await decide(body, logs, state);
      if (decision.status !== 200) {
        if (decision.evidence)
          keep(join(dir, 'evidence'), decision.evidence, {
            body,
            before: state.get(decision.evidence.checkpoint.origin)?.note,
          });
        return decision;
      }
      const { checkpoint, note } = decision;
      const time = Math.max(now(), state.get(checkpoint.origin)?.time ?? 1);
      const { origin, size, root } = checkpoint;
      const next = new Map(state).set(origin, { size, root, time, note: written(note) });
      save(stateFile, next);
      state = next;
      // Somebody sent it with a proof that failed; it has only grown all the same.
      rmSync(join(dir, 'evidence', fileOf({ kind: 'unproven', checkpoint })), { force: true });
      return { status: 200, type: 'text/plain; charset=utf-8', body: await cosignatureLine(key, note.text, time) };
    };
    return {
      key,
      add(body) {
        // Compare and remember are one step only when no other request comes between.
        const answer = turn.then(() => add(body));
        turn = answer.catch(() => {});
        return answer;
      },
      end: unlock,
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A note as it came. */
const written = ({ text, signatures }: Note): string =>
  `${text}\n${signatures.map(({ name, id, bytes }) => `— ${name} ${base64(joined(Uint8Array.fromHex(id), bytes))}\n`).join('')}`;

interface Shown {
  /** As it was sent. */
  readonly body: Bytes;
  /** What the log had signed before: without it a fork is this witness's word alone. */
  readonly before: string | undefined;
}

/** What a log signed and cannot take back, for whoever asks one day: each checkpoint once, whatever proof came with it. */
function keep(folder: string, evidence: Evidence, { body, before }: Shown): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = fileOf(evidence);
  const alike = readdirSync(folder).filter((it) => it.startsWith(`${evidence.kind}-`));
  if (alike.includes(file)) return;
  if (alike.length >= MOST_EVIDENCE) {
    if (evidence.kind === 'fork') return;
    const age = (it: string) => statSync(join(folder, it)).mtimeMs;
    rmSync(join(folder, alike.toSorted((one, other) => age(one) - age(other))[0]!));
  }
  writeFileSync(join(folder, file), body, { flush: true });
  if (evidence.kind === 'fork' && before !== undefined)
    writeFileSync(join(folder, `beside-${file}`), before, { flush: true });
}

const fileOf = ({ kind, checkpoint: { origin, size, root } }: Evidence): string =>
  `${kind}-${encodeURIComponent(origin).slice(0, 80)}-${size}-${root.toHex().slice(0, 16)}.txt`;

/** Two processes with one key could sign two roots of one size. A lock left by a process that was killed does not count. */
function locked(file: string): () => void {
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (holder > 0 && holder !== process.pid && isAlive(holder))
    throw new Error(`process ${holder} is this witness already (${file})`);
  rmSync(file, { force: true });
  writeFileSync(file, String(process.pid), { flag: 'wx' });
  return () => rmSync(file, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

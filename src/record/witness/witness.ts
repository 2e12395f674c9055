// A witness: one at a time it decides, remembers, and only then signs.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cosignatureLine, privateKeyLine, readPrivateKey, type SigningKey } from '#record/log';
import type { Bytes } from '#record/verify';
import { decide, type Logs } from './decide.ts';
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

/** More is not needed to prove that a log lied. */
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
        if (decision.isEvidence) keep(join(dir, 'evidence'), body);
        return decision;
      }
      const { checkpoint, note } = decision;
      const time = Math.max(now(), state.get(checkpoint.origin)?.time ?? 1);
      const next = new Map(state).set(checkpoint.origin, { size: checkpoint.size, root: checkpoint.root, time });
      save(stateFile, next);
      state = next;
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

/** What a log signed and cannot take back, for whoever asks one day. */
function keep(folder: string, body: Bytes): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const many = readdirSync(folder).length;
  if (many < MOST_EVIDENCE)
    writeFileSync(join(folder, `${String(many + 1).padStart(3, '0')}.txt`), body, { flush: true });
}

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

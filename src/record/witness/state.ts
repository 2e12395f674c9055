// What a witness must never forget: of each log the newest tree it signed. On disk before any signature leaves the house.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Bytes, base64, hashFrom } from '#record/verify';

export interface Seen {
  readonly size: number;
  readonly root: Bytes;
  /** Of the last signature, POSIX seconds: no later one is dated before it, whatever the clock does. */
  readonly time: number;
  /** The note of that tree: beside another of its size it proves a fork. Absent where an earlier version kept none. */
  readonly note?: string;
}

export type State = ReadonlyMap<string, Seen>;

/**
 * Replaces the file in one step that survives a power cut: the new text is on disk before it gets the name, and the name before
 * this returns. Killed anywhere, the file is the old one or the new one.
 * @param step told before each step on the disk, for tests that die there
 */
export function save(file: string, state: State, step: (name: string) => void = () => {}): void {
  const logs = Object.fromEntries([...state].map(([origin, it]) => [origin, { ...it, root: base64(it.root) }]));
  const beside = `${file}.new`;
  step('write');
  const handle = openSync(beside, 'w', 0o600);
  try {
    writeFileSync(handle, `${JSON.stringify({ v: 1, logs }, null, 1)}\n`);
    step('sync');
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  step('rename');
  renameSync(beside, file);
  step('sync folder');
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
  step('saved');
}

/** @throws Error when the file is not there or not whole: a witness that forgot what it signed must not sign again */
export function load(file: string): State {
  if (!existsSync(file))
    throw new Error(`${file} is missing: a witness that lost its memory is retired, not restarted`);
  const { v, logs } = JSON.parse(readFileSync(file, 'utf8')) as {
    v: number;
    logs: Record<string, { size: number; root: string; time: number; note?: string }>;
  };
  if (v !== 1) throw new Error(`${file} is of another version`);
  return new Map(
    Object.entries(logs).map(([origin, { size, root: text, time, note }]) => {
      const root = hashFrom(text);
      if (root === undefined || !Number.isSafeInteger(size) || !Number.isSafeInteger(time))
        throw new Error(`${file} is damaged at ${origin}`);
      return [origin, { size, root, time, ...(note !== undefined && { note }) }];
    }),
  );
}

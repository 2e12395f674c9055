import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it. Not by `recursive`, which tries for ever where the system has no folders to give,
 * as under /proc. @throws Error that says which folder cannot be made
 */
export function makeFolder(path: string, mode = 0o777): void {
  const now = statSync(path, { throwIfNoEntry: false });
  if (now?.isDirectory()) return;
  if (now) throw new Error(`${path} is no folder`);
  makeFolder(dirname(path));
  mkdirSync(path, { mode });
}

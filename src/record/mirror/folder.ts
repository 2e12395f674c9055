// The files of a log in a folder, as any web server can serve them.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Bytes, type Files, Unproven } from '#record/verify';

export const folderFiles =
  (dir: string): Files =>
  async (path) => {
    const file = join(dir, path);
    if (!existsSync(file)) return undefined;
    // Node does not say where when it reads a folder.
    if (statSync(file).isDirectory()) throw new Unproven('file-missing', `${path} is a folder in place of a file`);
    return new Uint8Array(readFileSync(file));
  };

/** Whole or not at all, also when the power fails. */
export function keepFile(dir: string, path: string, bytes: Bytes): void {
  const file = join(dir, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, bytes, { flush: true });
  renameSync(`${file}.new`, file);
}

/** With its folder of partial tiles, when it was the last. */
export function forgetFile(dir: string, path: string): void {
  const file = join(dir, path);
  rmSync(file, { force: true });
  const folder = dirname(file);
  if (folder.endsWith('.p') && existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

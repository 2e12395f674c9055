// Files that somebody names on the command line.
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Bytes, Unproven } from '#record/verify';
import { Failed } from './say.ts';

/** @throws Failed when there is none, or a folder */
export function bytesIn(file: string): Bytes {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new Failed(`There is no file ${file}`, { code: 2 });
  if (found.isDirectory()) throw new Failed(`${file} is a folder: a file is needed`, { code: 2 });
  return new Uint8Array(readFileSync(file));
}

export const textIn = (file: string): string => new TextDecoder().decode(bytesIn(file));

/** Before something is done whose result is to lie there. @throws Failed, or what the system says */
export function demandWritable(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw new Failed(`${file} is a folder: a file is needed`, { code: 2 });
  const folder = dirname(resolve(file));
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Failed(`There is no folder ${folder} in which ${file} could lie`, { code: 2 });
  accessSync(found ? file : folder, constants.W_OK);
}

/** What the verifier calls malformed is a wrong question here: there is no proof to judge. */
export async function asked<T>(act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof Unproven ? new Failed(error.message, { code: 2 }) : error;
  }
}

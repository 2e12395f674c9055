// A JSON file that an administrator wrote and a setting names.
import { readFileSync, statSync } from 'node:fs';
import type { z } from 'zod';
import { ConfigWrong } from './config.ts';

/** @param setting or option that names it @throws ConfigWrong when it cannot be read */
export function textOfSetting(setting: string, file: string): string {
  const no = (why: string) => new ConfigWrong(`${setting}: ${file} ${why}`);
  try {
    if (statSync(file).isDirectory()) throw no('is a folder: a file is needed');
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof ConfigWrong) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw no(code === 'ENOENT' ? 'is not there' : `cannot be read: ${message}`);
  }
}

/** @throws ConfigWrong with a line for each field that is wrong */
export function jsonOfSetting<T>(setting: string, file: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(textOfSetting(setting, file));
  } catch (error) {
    if (error instanceof ConfigWrong) throw error;
    throw new ConfigWrong(`${setting}: ${file} is no JSON: ${(error as Error).message}`);
  }
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const lines = read.error.issues.map((it) => `  ${it.path.join('.') || '(whole)'}: ${it.message}`);
  throw new ConfigWrong(`${setting}: ${file} is wrong:\n${lines.join('\n')}`);
}

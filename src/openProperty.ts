// How packs enter this network: a file that an administrator wrote. What has entered already stays as it is.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Structure, structure } from '#pack';
import { ConfigWrong } from './config.ts';

/** None where no file is named. @param asked the setting or option that names it @throws ConfigWrong */
export function structureIn(file: string | undefined, asked = 'PROPERTY_FILE'): Structure | undefined {
  if (file === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigWrong(`${asked}: ${file} cannot be read: ${(error as Error).message}`);
  }
  const read = structure.safeParse(json);
  if (read.success) return read.data;
  throw new ConfigWrong(`${asked}: ${file} is wrong:\n${z.prettifyError(read.error)}`);
}

// The public platforms that this network reports to: a file that an administrator wrote.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Platform, profileOf } from '#exchange';
import { readKey } from '#record/verify';
import { ConfigWrong } from './config.ts';

const File = z.array(
  z.strictObject({
    id: z.string().refine((it) => profileOf(it) !== undefined, 'there is no such profile: GET /v1/regulator/profiles'),
    url: z.url({ protocol: /^https?$/, error: 'must be a URL such as https://platform.example/' }),
    /** By which its receipts are known: name+id+key. */
    key: z.string(),
  }),
);

/** None where no file is named. @throws ConfigWrong */
export async function platformsIn(file: string | undefined): Promise<readonly Platform[]> {
  if (file === undefined) return [];
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigWrong(`REGULATOR_FILE: ${file} cannot be read: ${(error as Error).message}`);
  }
  const read = File.safeParse(json);
  const lines = read.error?.issues.map((it) => `  ${it.path.join('.')}: ${it.message}`) ?? [];
  const again = read.data?.find(({ id }, n, all) => all.findIndex((it) => it.id === id) !== n);
  if (again) lines.push(`  ${again.id} is named twice`);
  if (!read.success || again) throw new ConfigWrong(`REGULATOR_FILE: ${file} is wrong:\n${lines.join('\n')}`);
  return await Promise.all(
    read.data.map(async ({ id, url, key }) => ({
      ...{ id, url },
      key: await readKey(key).catch((error: Error) => {
        throw new ConfigWrong(`REGULATOR_FILE: ${id}: ${error.message}`);
      }),
    })),
  );
}

// The public platforms that this network reports to: a file that an administrator wrote, and the key that signs what is sent.
import { z } from 'zod';
import { type Platform, profileOf, upload } from '#exchange';
import type { DoWork } from '#kernel';
import type { Keeper } from '#record';
import { signingKey, verifierKey } from '#record/log';
import { readKey } from '#record/verify';
import type { Chance } from '#units';
import { ConfigWrong } from './config.ts';
import { jsonOfSetting } from './settingsFile.ts';

const File = z.array(
  z.strictObject({
    id: z.string().refine((it) => profileOf(it) !== undefined, 'there is no such profile: GET /v1/regulator/profiles'),
    url: z.url({ protocol: /^https?$/, error: 'must be a URL such as https://platform.example/' }),
    /** By which its receipts are known: name+id+key. */
    key: z.string(),
  }),
);

interface Place {
  readonly file: string | undefined;
  /** Who signs; undefined until the log is open. */
  readonly house: () => Keeper['house'] | undefined;
  readonly doWork: DoWork;
  readonly dice: Chance;
}

export type Platforms = Awaited<ReturnType<typeof openPlatforms>>;

/** None where no file is named. @throws ConfigWrong */
export async function openPlatforms({ file, house, doWork, dice }: Place) {
  const all = await platformsIn(file);
  const key = () => {
    const it = house();
    return it && signingKey(`${it.origin}/regulator`, it.secret.derived(`regulator\n${it.origin}`));
  };
  return {
    all,
    ids: all.map((it) => it.id),
    /** The verifier key of our reports, once the log is open. */
    async signedBy(): Promise<string | undefined> {
      const it = key();
      return it && (await verifierKey(it, 'note'));
    },
    /**
     * Sends what waits for them. Apart from `tick`, for whom it asks may take its time. One process of a network does at a
     * time: reports are leased. @returns how many receipts came
     */
    async upload(timeoutMs?: number): Promise<number> {
      const signing = key();
      if (all.length === 0 || signing === undefined) return 0;
      return await upload({
        doWork,
        platforms: all,
        key: signing,
        dice,
        ...(timeoutMs !== undefined && { timeoutMs }),
      });
    },
  };
}

async function platformsIn(file: string | undefined): Promise<readonly Platform[]> {
  if (file === undefined) return [];
  const named = jsonOfSetting('REGULATOR_FILE', file, File);
  const again = named.find(({ id }, n) => named.findIndex((it) => it.id === id) !== n);
  if (again) throw new ConfigWrong(`REGULATOR_FILE: ${file} is wrong:\n  ${again.id} is named twice`);
  return await Promise.all(
    named.map(async ({ id, url, key }) => ({
      ...{ id, url },
      key: await readKey(key).catch((error: Error) => {
        throw new ConfigWrong(`REGULATOR_FILE: ${id}: ${error.message}`);
      }),
    })),
  );
}

// Built files as they travel: each has a smaller one beside it, made once at the build instead of with each request.
import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Smaller than this, a file gains less than its two more headers cost. */
const SMALL_B = 1024;

/** Writes `NAME.gz` beside each text file of a folder, for a server that sends it to who takes it. */
export async function compress(folder: string): Promise<void> {
  const files = globSync('**/*.{css,html,js,json,svg,txt}', { cwd: folder });
  await Promise.all(
    files.map(async (it) => {
      const whole = await readFile(join(folder, it));
      if (whole.length >= SMALL_B)
        await writeFile(join(folder, `${it}.gz`), await promisify(gzip)(whole, { level: 9 }));
    }),
  );
}

// packloop verify page: the offline verifier, to be kept and passed on.
import { copyFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildWeb } from '../../web/build.ts';
import { verifyDist } from '../../web/paths.ts';
import type { Common } from './open.ts';
import { say } from './say.ts';

export async function writePage({ json, out }: Common & { readonly out: string }): Promise<void> {
  await buildWeb(['verify']);
  const file = resolve(out);
  copyFileSync(join(verifyDist, 'index.html'), file);
  say(
    json === true,
    { file, bytes: statSync(file).size },
    `The verifier is in ${file}: open it in any browser, with or without a network.`,
  );
}

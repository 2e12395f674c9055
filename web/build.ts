// Builds the pages when their sources changed: `node web/build.ts`, and whoever starts a server that shows them.
import { hash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { consoleDist, root } from './paths.ts';

export { consoleDist } from './paths.ts';

const stamp = join(consoleDist, 'sources.hash');

/** Everything that can change the page: its sources, the contracts it calls, the versions of what it is built with. */
function sourcesHash(): string {
  const files = globSync(['web/{console,shared}/**/*', 'web/*.ts', 'src/*/api.ts', 'package-lock.json'], {
    cwd: root,
    withFileTypes: true,
  })
    .filter((it) => it.isFile() && !it.name.endsWith('.test.ts'))
    .map((it) => join(it.parentPath, it.name))
    .toSorted();
  return hash('sha256', files.map((it) => `${it}\n${hash('sha256', readFileSync(it))}`).join('\n'));
}

/**
 * Makes dist/console what the sources say; does nothing, and loads no build tool, when it is so already.
 * @throws Error with the build tool's words when the sources do not build
 */
export async function buildWeb(): Promise<void> {
  const wanted = sourcesHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const [{ build }, { consoleConfig }] = await Promise.all([import('vite'), import('./config.ts')]);
  await build({ ...consoleConfig, logLevel: 'warn' });
  writeFileSync(stamp, wanted);
}

if (import.meta.main) await buildWeb();

// Builds the pages when their sources changed: `node web/build.ts`, and whoever starts a server that shows them.
import { hash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InlineConfig } from 'vite';
import { compress } from './compressed.ts';
import { consoleDist, liveDist, root } from './paths.ts';

type Page = 'live' | 'console';
const outOf = { live: liveDist, console: consoleDist } as const;

/** Everything that can change a page: its sources, the contracts it calls, the versions of what it is built with. */
function sourcesHash(page: Page): string {
  const files = globSync([`web/{${page},shared}/**/*`, 'web/*.ts', 'src/*/api.ts', 'package-lock.json'], {
    cwd: root,
    withFileTypes: true,
  })
    .filter((it) => it.isFile() && !it.name.endsWith('.test.ts'))
    .map((it) => join(it.parentPath, it.name))
    .toSorted();
  return hash('sha256', files.map((it) => `${it}\n${hash('sha256', readFileSync(it))}`).join('\n'));
}

/**
 * Makes dist/live and dist/console what the sources say; does nothing, and loads no build tool, when they are so already.
 * @throws Error with the build tool's words when the sources do not build
 */
export async function buildWeb(): Promise<void> {
  for (const page of ['live', 'console'] as const) {
    const stamp = join(outOf[page], 'sources.hash');
    const wanted = sourcesHash(page);
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) continue;
    const [{ build }, { liveConfig, consoleConfig }] = await Promise.all([import('vite'), import('./config.ts')]);
    const config: InlineConfig = page === 'live' ? liveConfig : consoleConfig;
    await build({ ...config, logLevel: 'warn' });
    await compress(outOf[page]);
    writeFileSync(stamp, wanted);
  }
}

if (import.meta.main) await buildWeb();

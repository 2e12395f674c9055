// Builds the pages when their sources changed: `node web/build.ts`, and whoever starts a server that shows them.
import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InlineConfig } from 'vite';
import { compress } from './compressed.ts';
import { batteryDist, consoleDist, liveDist, root, verifyDist } from './paths.ts';

const outOf = { live: liveDist, console: consoleDist, verify: verifyDist, battery: batteryDist } as const;
type Page = keyof typeof outOf;
const all = Object.keys(outOf) as Page[];
/** What a page carries of the rooms beside their contracts. */
const alsoOf: Readonly<Partial<Record<Page, string>>> = { verify: 'src/record/verify/*.ts' };

/** Everything that can change a page: its sources, the contracts it calls, the versions of what it is built with. */
function sourcesHash(page: Page): string {
  const own = [`web/{${page},shared}/**/*`, 'web/*.ts', 'src/*/api.ts', 'package-lock.json', alsoOf[page] ?? []].flat();
  const files = globSync(own, { cwd: root, withFileTypes: true })
    .filter((it) => it.isFile() && !it.name.endsWith('.test.ts'))
    .map((it) => join(it.parentPath, it.name))
    .toSorted();
  return hash('sha256', files.map((it) => `${it}\n${hash('sha256', readFileSync(it))}`).join('\n'));
}

const stampOf = (page: Page): string => join(outOf[page], 'sources.hash');

/** Pages that are not what the sources say. */
const stale = (pages: readonly Page[]): { page: Page; sources: string }[] =>
  pages
    .map((page) => ({ page, sources: sourcesHash(page) }))
    .filter(({ page, sources }) => !existsSync(stampOf(page)) || readFileSync(stampOf(page), 'utf8') !== sources);

/**
 * Makes dist/live, dist/console, dist/battery and dist/verify, or those of them that are asked for, what the sources say; does nothing when they are so already. The build tool keeps half a
 * gigabyte for good, so it works in a process of its own, and the one that serves the pages stays small.
 * @throws Error with the build tool's words when the sources do not build
 */
export async function buildWeb(pages: readonly Page[] = all): Promise<void> {
  if (stale(pages).length === 0) return;
  const build = spawn(process.execPath, [import.meta.filename, ...pages], { stdio: ['ignore', 'inherit', 'pipe'] });
  const said: Buffer[] = [];
  build.stderr.on('data', (it: Buffer) => said.push(it));
  const [code] = (await once(build, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the pages could not be built: ${Buffer.concat(said)}`);
}

async function buildHere(pages: readonly Page[]): Promise<void> {
  for (const { page, sources } of stale(pages)) {
    const [{ build }, configs] = await Promise.all([import('vite'), import('./config.ts')]);
    const config: InlineConfig = configs[`${page}Config`];
    await build({ ...config, logLevel: 'warn' });
    await compress(outOf[page]);
    writeFileSync(stampOf(page), sources);
  }
}

if (import.meta.main) {
  const asked = all.filter((it) => process.argv.includes(it));
  await buildHere(asked.length > 0 ? asked : all);
}

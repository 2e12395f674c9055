// What a browser has to load: read from the manifest that the build of the console leaves.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { consoleDist } from './paths.ts';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

/** By the source of each chunk, such as `pages/home/Home.tsx`. */
export type Manifest = Readonly<Record<string, Chunk>>;

/** @throws Error when the console has not been built */
export const manifestOf = (): Manifest => JSON.parse(readFileSync(join(consoleDist, 'manifest.json'), 'utf8'));

/** What is loaded together with these modules, themselves included. */
export function loadedWith(manifest: Manifest, keys: readonly string[]): Set<string> {
  const found = new Set<string>();
  const take = (key: string) => {
    if (found.has(key)) return;
    found.add(key);
    for (const it of manifest[key]?.imports ?? []) take(it);
  };
  for (const it of keys) take(it);
  return found;
}

/** The page itself, the overview, and the larger of the two languages. */
export const firstRoute = (manifest: Manifest): Set<string> =>
  loadedWith(manifest, ['index.html', 'pages/home/Home.tsx', 'words/zh/index.ts']);

/** Bytes of JavaScript as they travel. */
export const gzipOf = (manifest: Manifest, keys: Iterable<string>): number =>
  [...new Set([...keys].map((it) => manifest[it]!.file))].reduce((sum, file) => sum + gzipOfFile(file), 0);

/** Bytes of one file of the console as it travels. */
export function gzipOfFile(file: string): number {
  const whole = join(consoleDist, file);
  return (statSync(`${whole}.gz`, { throwIfNoEntry: false }) ?? statSync(whole)).size;
}

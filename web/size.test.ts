// How much a browser has to load before the console shows anything.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { consoleDist } from './paths.ts';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;

const KB = 1000;
let manifest: Manifest;

/** What is loaded together with a module, itself included. */
function closure(key: string, found = new Set<string>()): Set<string> {
  if (found.has(key)) return found;
  found.add(key);
  for (const it of manifest[key]?.imports ?? []) closure(it, found);
  return found;
}

const gzipOf = (keys: Iterable<string>): number =>
  [...new Set([...keys].map((it) => manifest[it]!.file))].reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(consoleDist, file))).length,
    0,
  );

suite('what the console weighs', { timeout: 180_000 }, () => {
  before(async () => {
    await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'build.ts')]);
    manifest = JSON.parse(readFileSync(join(consoleDist, 'manifest.json'), 'utf8')) as Manifest;
  });

  /** The page itself, the overview, and the larger of the two languages. */
  const firstRoute = (): Set<string> =>
    ['index.html', 'pages/home/Home.tsx', 'words/zh/index.ts'].reduce((all, it) => closure(it, all), new Set<string>());

  test('the first route is at most 400 KB of gzipped JavaScript', (context) => {
    const bytes = gzipOf(firstRoute());
    context.diagnostic(`first route: ${(bytes / KB).toFixed(1)} KB gzip`);
    assert.ok(bytes <= 400 * KB, `${bytes} bytes`);
  });

  test('the map comes only to those who open it', () => {
    const first = [...firstRoute()];
    const mapChunks = Object.keys(manifest).filter((it) => /maplibre/i.test(it + manifest[it]!.file));
    assert.deepEqual(
      first.filter((it) => /maplibre|basemap|pages\/map/i.test(it + manifest[it]!.file)),
      [],
    );
    for (const it of mapChunks) assert.ok(!first.includes(it));
  });

  test('no page is loaded before it is opened', () => {
    const first = firstRoute();
    const pages = Object.keys(manifest).filter((it) => /^pages\/.*\.tsx$/.test(it) && !it.startsWith('pages/home/'));
    assert.ok(pages.length >= 5, 'pages are chunks of their own');
    assert.deepEqual(
      pages.filter((it) => first.has(it)),
      [],
    );
  });
});

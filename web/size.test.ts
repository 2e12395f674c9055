// How much a browser has to load before the console shows anything.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { promisify } from 'node:util';
import { firstRoute, gzipOf, type Manifest, manifestOf } from './weight.ts';

const KB = 1000;
let manifest: Manifest;

suite('what the console weighs', { timeout: 180_000 }, () => {
  before(async () => {
    await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'build.ts')]);
    manifest = manifestOf();
  });

  test('the first route is at most 400 KB of gzipped JavaScript', (context) => {
    const bytes = gzipOf(manifest, firstRoute(manifest));
    context.diagnostic(`first route: ${(bytes / KB).toFixed(1)} KB gzip`);
    assert.ok(bytes <= 400 * KB, `${bytes} bytes`);
  });

  test('the map comes only to those who open it', () => {
    const first = [...firstRoute(manifest)];
    const mapChunks = Object.keys(manifest).filter((it) => /maplibre/i.test(it + manifest[it]!.file));
    assert.deepEqual(
      first.filter((it) => /maplibre|basemap|pages\/map/i.test(it + manifest[it]!.file)),
      [],
    );
    for (const it of mapChunks) assert.ok(!first.includes(it));
  });

  test('no page is loaded before it is opened', () => {
    const first = firstRoute(manifest);
    const pages = Object.keys(manifest).filter((it) => /^pages\/.*\.tsx$/.test(it) && !it.startsWith('pages/home/'));
    assert.ok(pages.length >= 5, 'pages are chunks of their own');
    assert.deepEqual(
      pages.filter((it) => first.has(it)),
      [],
    );
  });
});

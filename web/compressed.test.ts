import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { compress } from './compressed.ts';

test('what is text and not tiny travels compressed to who takes it, and whole to who does not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'packloop-web-'));
  const http = Fastify();
  try {
    const long = 'export const pack = 1;\n'.repeat(200);
    for (const [name, text] of Object.entries({ 'long.js': long, 'short.js': 'x', 'picture.png': long }))
      writeFileSync(join(folder, name), text);
    await compress(folder);
    assert.deepEqual(
      ['long.js.gz', 'short.js.gz', 'picture.png.gz'].map((it) => existsSync(join(folder, it))),
      [true, false, false],
    );
    assert.equal(gunzipSync(readFileSync(join(folder, 'long.js.gz'))).toString(), long);

    await http.register(import('@fastify/static'), { root: folder, preCompressed: true });
    const ask = (url: string, encoding: string) => http.inject({ url, headers: { 'accept-encoding': encoding } });
    const packed = await ask('/long.js', 'br, gzip');
    assert.equal(packed.headers['content-encoding'], 'gzip');
    assert.equal(gunzipSync(packed.rawPayload).toString(), long);
    assert.equal((await ask('/long.js', 'identity')).payload, long);
    assert.equal((await ask('/short.js', 'gzip')).payload, 'x');
  } finally {
    await http.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

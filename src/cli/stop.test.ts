// Ctrl+C while a demo is still starting: what it had started is ended with it, and the next one begins.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hasData, isServing } from '../postgres.ts';

const program = fileURLToPath(new URL('../../bin/packloop', import.meta.url));

for (const when of ['Building the page', 'Starting PostgreSQL'])
  test(`a demo that is told to stop at "${when}" leaves nothing running`, async () => {
    const home = mkdtempSync(join(tmpdir(), 'packloop-stop-'));
    const dir = join(home, 'data', 'postgres');
    try {
      const env: NodeJS.ProcessEnv = { ...process.env, DATA_DIR: join(home, 'data') };
      delete env.DATABASE_URL; // the embedded one is what could be left
      const child = spawn(program, ['demo', '--port', '0'], { env, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
      let words = '';
      child.stderr.setEncoding('utf8').on('data', (it) => {
        if (!words.includes(when) && (words + it).includes(when)) child.kill('SIGINT');
        words += it;
      });
      const [code] = await once(child, 'exit');
      assert.equal(code, 130, words);
      assert.match(words, /Stopped while it was starting/);
      if (when.startsWith('Starting')) assert.ok(hasData(dir), 'there was something to end');
      assert.equal(isServing(dir), false);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test from 'node:test';
import { promisify } from 'node:util';
import { rosterStation } from './testing.ts';

const main = join(import.meta.dirname, 'main.ts');

function rosterFile(t: { after(act: () => void): void }, roster: object): string {
  const dir = mkdtempSync(join(tmpdir(), 'packloop-simulator-'));
  t.after(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, 'roster.json'), JSON.stringify(roster));
  return join(dir, 'roster.json');
}

const roster = {
  ocppUrl: 'ws://127.0.0.1:9/ocpp', // nobody listens there
  httpUrl: 'http://127.0.0.1:9',
  apiKey: 'key',
  clock: { speed: 50, simulatedStart: '2026-11-02T00:00:00Z', realStartMs: Date.now() },
  seed: 1,
  stations: [rosterStation(), rosterStation({ id: 'T-2' })],
  vehicles: [],
};

test('without a server the program goes on, tells so as JSON, and ends when it is asked to', async (t) => {
  const program = spawn(process.execPath, [
    main,
    rosterFile(t, roster),
    '--json',
    '--every',
    '0.2',
    '--stations',
    'T-2',
  ]);
  const [line] = await once(createInterface(program.stdout), 'line');
  const { stations, connected, swapped } = JSON.parse(line);
  assert.deepEqual({ stations, connected, swapped }, { stations: 1, connected: 0, swapped: 0 });
  program.kill('SIGTERM');
  assert.deepEqual(await once(program, 'exit'), [0, null]);
});

test('a roster that is none, or a fault that nobody knows, is refused in words without a stack trace', async (t) => {
  const run = promisify(execFile);
  const fails = async (args: string[], words: RegExp) =>
    assert.rejects(run(process.execPath, [main, ...args]), ({ stderr, code }: { stderr: string; code: number }) => {
      assert.match(stderr, words);
      assert.doesNotMatch(stderr, /at .*\.ts:/);
      return code === 1;
    });
  await fails(['/nowhere/roster.json'], /\/nowhere\/roster.json cannot be read/);
  await fails([rosterFile(t, { ...roster, seed: 'x' })], /is no roster:\n {2}seed: /);
  await fails([rosterFile(t, roster), '--fault', 'flood'], /no fault is called "flood"; known are cut/);
});

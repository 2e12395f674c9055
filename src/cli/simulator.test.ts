import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { rosterStation } from '../../simulator/testing.ts';
import { keepRunning } from './simulator.ts';

const roster = {
  ocppUrl: 'ws://127.0.0.1:9/ocpp', // nobody listens there
  httpUrl: 'http://127.0.0.1:9',
  apiKey: 'key',
  clock: { speed: 1, simulatedStart: '2026-11-02T00:00:00Z', realStartMs: Date.now() },
  seed: 1,
  stations: [rosterStation()],
  vehicles: [],
};

test('a simulator that dies starts again when it has been told how the network stands, however often that fails', async () => {
  const happened: string[] = [];
  const children: ChildProcess[] = [];
  const again = Promise.withResolvers<void>();
  let fails = 2;
  const end = keepRunning({
    start: () => {
      happened.push('start');
      const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
      children.push(child);
      if (children.length === 2) again.resolve();
      return child;
    },
    catchUp: async () => {
      happened.push(children.at(-1)!.signalCode ?? 'it still runs');
      if (fails-- > 0) throw new Error('the database is away');
    },
    tell: (line) => happened.push(line.replace(/ in .*/, '')),
    restartMs: 5,
  });
  children[0]!.kill('SIGKILL');
  await again.promise;
  await end();
  const cannot = 'The simulator cannot start yet: the database is away';
  assert.deepEqual(happened, [
    'start',
    'The simulator was killed by SIGKILL; it starts again',
    ...['SIGKILL', cannot, 'SIGKILL', cannot, 'SIGKILL'],
    'start',
  ]);
  assert.ok(children.every((it) => it.signalCode !== null));
});

/** Does what `packloop demo` does, and tells the simulator's number. */
const parentOf = (file: string) => `
  import { startSimulator } from ${JSON.stringify(new URL('./simulator.ts', import.meta.url).href)};
  process.stdout.write(startSimulator(${JSON.stringify(file)}, {}).pid + '\\n');
`;

test('a simulator whose parent is killed by SIGKILL does not stay behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'packloop-orphan-'));
  const file = join(folder, 'roster.json');
  writeFileSync(file, JSON.stringify(roster));
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', parentOf(file)]);
  const within = { signal: AbortSignal.timeout(60_000) };
  let pid = 0;
  try {
    const isRunning = once(createInterface(parent.stderr), 'line', within); // it cannot connect, and says so
    pid = Number((await once(createInterface(parent.stdout), 'line', within))[0]);
    assert.match((await isRunning)[0], /cannot connect/);
    parent.kill('SIGKILL');
    await once(parent, 'close', within); // when nobody holds its output any more, the simulator included
    pid = 0;
  } finally {
    if (pid > 0) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

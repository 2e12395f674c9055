// The platform as a process of its own: a network reports to it over a real socket, and either of them is killed.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { sql } from 'kysely';
import { withServer } from '../../test/app.ts';
import { smallNetwork } from '../../test/seed.ts';
import { freePort } from '../../test/server.ts';

const program = join(import.meta.dirname, 'packloop.ts');

async function started(args: readonly string[]): Promise<{ child: ChildProcess; url: string; key: string }> {
  const child = spawn(process.execPath, [program, 'platform', '--json', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => void child.kill('SIGKILL'));
  for await (const line of createInterface(child.stdout!)) return { child, ...JSON.parse(line) };
  throw new Error('the platform ended at once');
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
}

test('a platform that is killed after it stored reports, and before it said so, has each of them once', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packloop-platform-'));
  const port = String(await freePort());
  const file = join(dir, 'platforms.json');
  const options = ['--dir', join(dir, 'platform'), '--port', port];
  // A first start tells the platform's key; which operator it trusts is known when the network's log is open.
  const first = await started(options);
  await killed(first.child);
  writeFileSync(file, JSON.stringify([{ id: 'national', url: first.url, key: first.key }]));
  let child: ChildProcess | undefined;
  try {
    await withServer(
      async ({ app, later }) => {
        await app.openLog();
        const trusted = [...options, '--operator', (await app.platforms.signedBy())!];
        await app.doWork((work) => smallNetwork(work));
        await app.tick();
        ({ child } = await started([...trusted, '--fault', 'stored-error=1']));
        assert.equal(await app.platforms.upload(), 0);
        await killed(child);
        later({ hours: 1 });
        assert.equal(await app.platforms.upload(), 0, 'nobody is there');
        ({ child } = await started(trusted));
        for (let round = 0; round < 3; round++) {
          later({ hours: 1 });
          await app.platforms.upload();
        }
        const { rows } = await app.doWork((work) =>
          sql<{
            state: string;
            many: number;
          }>`select state, count(*)::integer as many from exchange.report group by 1`.execute(work.db),
        );
        assert.deepEqual(rows, [{ state: 'received', many: 5 }]);
        assert.equal(((await (await fetch(first.url)).json()) as { reports: number }).reports, 5);
      },
      { REGULATOR_FILE: file, DATA_DIR: dir },
    )();
  } finally {
    if (child) await killed(child);
    rmSync(dir, { recursive: true, force: true });
  }
});

test('a fault that no platform has is refused, with those there are', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packloop-platform-'));
  const child = spawn(process.execPath, [program, 'platform', '--json', '--dir', dir, '--fault', 'rain=1']);
  let said = '';
  child.stdout.on('data', (it) => {
    said += it;
  });
  const [code] = await once(child, 'exit');
  rmSync(dir, { recursive: true });
  assert.equal(code, 2);
  assert.match(said, /there is no fault \\"rain\\": outage, busy/);
});

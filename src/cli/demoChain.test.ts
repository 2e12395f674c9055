// `packloop demo --chain` as a process: what it starts, it ends, and what stood on its chain is there again.
import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ownDatabase } from '../../test/database.ts';
import { noAnvil } from '../record/chain/testing.ts';

const program = fileURLToPath(new URL('../../bin/packloop', import.meta.url));

interface Started {
  readonly http: string;
  readonly adminKeyFile: string;
  readonly chain: { readonly rpc: string; readonly pid: number; readonly is: string; readonly contracts: string };
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function until(what: string, is: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await is()) return;
    await pause(200);
  }
  assert.fail(what);
}

test(
  'the chain of the demo anchors its log and mirrors its title, ends with it however suddenly, and is found again',
  { skip: noAnvil },
  ownDatabase(async ({ url }) => {
    const home = mkdtempSync(join(tmpdir(), 'packloop-demo-'));
    const env = { ...process.env, DATABASE_URL: url, DATA_DIR: join(home, 'data') };
    const children: ChildProcess[] = [];
    const start = async (): Promise<{ child: ChildProcess; facts: Started }> => {
      // One simulated second a second: what is looked at is the chain, not the traffic.
      const args = ['demo', '--chain', '--port', '0', '--speed', '1', '--json'];
      const child = spawn(program, args, { env, cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
      children.push(child);
      let words = '';
      child.stderr!.on('data', (it) => {
        words += it;
      });
      const line = once(createInterface(child.stdout!), 'line').then(([it]) => it as string);
      const ended = once(child, 'exit').then(([code]) => assert.fail(`the demo ended with ${code}: ${words}`));
      ended.catch(() => {});
      return { child, facts: JSON.parse(await Promise.race([line, ended])) };
    };
    const standing = async ({ http, adminKeyFile }: Started) => {
      const authorization = `Bearer ${readFileSync(join(home, adminKeyFile.replace(`${home}/`, '')), 'utf8').trim()}`;
      return (await (await fetch(`${http}/v1/chain`, { headers: { authorization } })).json()).chain;
    };
    try {
      const first = await start();
      assert.equal(first.facts.chain.is, 'new');
      await until('title stands there', async () => (await standing(first.facts)).title.packs > 1_000);
      await until('the log is anchored', async () => (await standing(first.facts)).anchored?.size > 0);
      const { rpc, contracts } = first.facts.chain;
      const audited = await new Promise<{ code: number; out: string }>((done) =>
        execFile(
          program,
          ['audit', '--demo', '--rpc', rpc, '--contracts', contracts],
          { env, cwd: home },
          (error, out) => done({ code: error ? Number(error.code) : 0, out }),
        ),
      );
      assert.deepEqual([audited.code, /packs, \d+ anchors/.test(audited.out)], [0, true], audited.out);

      first.child.kill('SIGKILL');
      await until('the chain ends with a demo that was killed', () => !isAlive(first.facts.chain.pid));

      const second = await start();
      assert.equal(second.facts.chain.is, 'found');
      await until('title is still there', async () => (await standing(second.facts)).title.at !== null);
      const it = await standing(second.facts);
      assert.deepEqual([it.alarm, it.title.differences], [null, []]);
      assert.ok(it.anchored.size > 0);
      const ended = once(second.child, 'exit');
      second.child.kill('SIGTERM');
      assert.deepEqual((await ended)[0], 0);
      assert.equal(isAlive(second.facts.chain.pid), false, 'nothing is left running');

      // What anvil wrote is gone: that is said, not passed over.
      rmSync(join(home, 'data', 'demo', 'chain', 'anvil.json'));
      const third = await start();
      assert.equal(third.facts.chain.is, 'begun-anew');
      // So early that nobody listens for it yet.
      third.child.kill('SIGINT');
      await until('the chain ends with a demo that was interrupted', () => !isAlive(third.facts.chain.pid));
    } finally {
      for (const it of children) it.kill('SIGKILL');
      await until('all are gone', () => children.every((it) => it.exitCode !== null || it.signalCode !== null));
      rmSync(home, { recursive: true, force: true });
    }
  }),
);

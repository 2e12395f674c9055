// A chain from the command line, as a party that runs a notary or checks one would use it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { folderFiles, follow } from '#record/mirror';
import { readPolicy, utf8 } from '#record/verify';
import { ownDatabase } from '../../test/database.ts';
import { smallNetwork } from '../../test/seed.ts';
import { freePort } from '../../test/server.ts';
import { startAnvil } from '../record/chain/anvil.ts';
import { noAnvil } from '../record/chain/testing.ts';
import { draft, MemoryLog } from '../record/log/testing.ts';

const program = fileURLToPath(new URL('../../bin/packloop', import.meta.url));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

interface Scene {
  readonly home: string;
  readonly rpc: string;
  packloop(...args: string[]): Promise<Ended>;
}

async function onChain(body: (it: Scene) => Promise<void>, databaseUrl?: string): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'packloop-cli-chain-'));
  const anvil = await startAnvil(await freePort());
  const env = {
    ...process.env,
    DATA_DIR: join(home, 'data'),
    CHAIN_RPC: anvil.rpc,
    NODE_COMPILE_CACHE: join(tmpdir(), 'packloop-compiled'),
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
  };
  const packloop = (...args: string[]) =>
    new Promise<Ended>((done) =>
      execFile(program, args, { env, cwd: home }, (error, out, errors) =>
        done({ code: error ? Number(error.code) : 0, out, errors }),
      ),
    );
  try {
    await body({ home, rpc: anvil.rpc, packloop });
  } finally {
    await anvil.kill();
    rmSync(home, { recursive: true, force: true });
  }
}

/** A log as its files lie in a folder. */
async function written(log: MemoryLog, dir: string): Promise<void> {
  for (const [path, bytes] of log.kept) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), bytes);
  }
}

test(
  'whoever has a checkpoint in a file learns from the chain since when it was known, and nobody else is asked',
  {
    skip: noAnvil,
  },
  () =>
    onChain(async ({ home, packloop }) => {
      const log = new MemoryLog();
      const { origin } = log.standing;
      const policy = join(home, 'policy');
      writeFileSync(policy, await log.policyText());
      const at = join(home, 'log');
      const checkpoint = async (name: string) => {
        await log.append([draft('pack:P1')]);
        await written(log, at);
        writeFileSync(join(home, name), log.kept.get('checkpoint')!);
        return join(home, name);
      };
      const json = (it: Ended) => JSON.parse(it.out) as Record<string, unknown>;

      const before = await packloop('chain', 'status');
      assert.deepEqual([before.code, /packloop chain deploy writes it/.test(before.errors)], [2, true]);
      const deployed = await packloop('chain', 'deploy', '--log', origin, '--json');
      assert.equal(deployed.code, 0, deployed.out + deployed.errors);
      const keyFile = join(home, 'data', 'chain.key');
      assert.equal(statSync(keyFile).mode & 0o777, 0o600);
      const secret = readFileSync(keyFile, 'utf8').trim().slice(2);
      assert.equal((deployed.out + deployed.errors).includes(secret), false, 'a key is never shown');
      assert.equal((await packloop('chain', 'deploy')).code, 2, 'what was deployed is not written over');

      const between = await checkpoint('between');
      const first = await checkpoint('first');
      const anchored = await packloop('chain', 'anchor', at, '--policy', policy, '--json');
      assert.equal(anchored.code, 0, anchored.out);
      const { size } = json(anchored);
      assert.equal(size, log.tree.range.size);
      const verify = (file: string, ...more: string[]) =>
        packloop('verify', 'anchor', file, '--policy', policy, '--json', ...more);
      assert.equal(json(await verify(first)).known, 'anchored');
      const unproven = await verify(between);
      assert.deepEqual([unproven.code, json(unproven).known], [1, 'unknown']);
      assert.equal(json(await verify(between, '--mirror', at)).known, 'contained');

      const later = await checkpoint('later');
      assert.equal(json(await verify(later, '--mirror', at)).known, 'unknown', 'it came after the last anchor');
      const copy = join(home, 'copy');
      await follow({ from: folderFiles(at), dir: copy, policy: await readPolicy(utf8(readFileSync(policy, 'utf8'))) });
      assert.equal(json(await verify(between, '--mirror', copy)).known, 'contained', 'a copy that has gone on');
      const status = json(await packloop('chain', 'status', '--log', origin, '--log', 'other', '--json'));
      assert.deepEqual(
        (status.logs as { size: number }[]).map((it) => it.size),
        [size, 0],
      );

      // The same log with another second entry: signed by its key, and yet not what stands on the chain.
      const fork = new MemoryLog();
      await fork.append([draft('pack:P1')]);
      await fork.append([draft('pack:P2')]);
      writeFileSync(join(home, 'fork'), fork.kept.get('checkpoint')!);
      const caught = await verify(join(home, 'fork'));
      assert.deepEqual([caught.code, json(caught).known], [1, 'contradicted']);
      const again = await packloop('chain', 'anchor', join(home, 'fork'), '--policy', policy, '--json');
      assert.equal(again.code, 1);
      assert.match(again.out, /"reason":"other-root"/);

      chmodSync(keyFile, 0o644);
      const open = await packloop('chain', 'anchor', at, '--policy', policy);
      assert.deepEqual([open.code, /may be read by others/.test(open.errors)], [2, true]);
      assert.equal(open.errors.includes(secret), false);
      const dead = await packloop('chain', 'status', '--rpc', 'http://user:pass@127.0.0.1:9');
      assert.deepEqual([dead.code, dead.errors.includes('pass')], [1, false], 'nor is what stands in the address');
    }),
);

test('the register of a network is mirrored on the chain, and a share that differs is told', { skip: noAnvil }, () =>
  ownDatabase(async (own) => {
    await own.doWork(smallNetwork);
    await onChain(async ({ home, packloop }) => {
      assert.equal((await packloop('chain', 'deploy')).code, 0);
      const behind = await packloop('chain', 'title', '--check', '--json');
      assert.equal(behind.code, 1, behind.out);
      const brought = await packloop('chain', 'title', '--json');
      assert.equal(brought.code, 0, brought.out + brought.errors);
      const { packs, entered } = JSON.parse(brought.out);
      assert.ok(packs > 0 && entered === packs);
      assert.equal((await packloop('chain', 'title', '--check')).code, 0);

      // The same chain in an audit: read when it can be, said when it cannot, and never passed in silence.
      const audited = await packloop('audit');
      assert.deepEqual(
        [audited.code, /read as of block \d+: \d+ packs, 0 anchors/.test(audited.out)],
        [0, true],
        audited.out,
      );
      const dead = await packloop('audit', '--rpc', 'http://user:pass@127.0.0.1:9');
      assert.deepEqual([dead.code, /not judged \(unreachable\)/.test(dead.out)], [3, true], dead.out + dead.errors);
      assert.equal((dead.out + dead.errors).includes('pass@'), false);
      const unwritten = await packloop('audit', '--contracts', 'nowhere.json');
      assert.deepEqual([unwritten.code, /chain deploy writes it/.test(unwritten.errors)], [2, true]);
      rmSync(join(home, 'data', 'chain.json'));
      const unasked = await packloop('audit');
      assert.deepEqual([unasked.code, /No chain is configured/.test(unasked.out)], [0, true]);
      assert.equal(statSync(join(home, 'data', 'chain.addresses.key')).mode & 0o777, 0o600);
    }, own.url);
  })(),
);

// A notary beside a log that never waits for it, on a chain that is killed, slow, or changes its mind.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../../test/server.ts';
import { draft, MemoryLog } from '../log/testing.ts';
import { readCheckpoint } from '../verify/index.ts';
import { type AnchorContract, anchorsOf, latestAnchored } from './anchor.ts';
import { askAnvil, startAnvil } from './anvil.ts';
import { openChain } from './chain.ts';
import type { Evidence, Next } from './decide.ts';
import { type Notary, openNotary } from './notary.ts';
import { type Source, startsWith } from './source.ts';
import { accountOf, anchorAndWait, noAnvil, onAnvil, type Scene } from './testing.ts';

const sourceOf = (log: MemoryLog): Source => ({
  origin: log.standing.origin,
  newest: async () => (log.text === '' ? undefined : readCheckpoint(log.text)),
  startsWith: startsWith(log.files),
});
const grow = (log: MemoryLog) => log.append([draft(`pack:P${log.standing.events % 5}`)]);

/** A clock that is turned by hand, and all alarms. */
function notaryOf(log: MemoryLog, contract: AnchorContract, options: { lookMs?: number; everyMs?: number } = {}) {
  const alarms: Evidence[] = [];
  const seen: string[] = [];
  const clock = { ms: 0 };
  const notary = openNotary(sourceOf(log), contract, {
    ...options,
    now: () => clock.ms,
    alarm: (it) => alarms.push(it),
    seen: (it) => seen.push(it.do === 'wait' ? it.because : it.do),
  });
  return { notary, alarms, seen, clock };
}

const contractOf = ({ anvil, deployment }: Scene, timeoutMs = 10_000): AnchorContract => ({
  chain: openChain({ rpc: anvil.rpc, sender: accountOf(1), timeoutMs }),
  address: deployment.anchor,
});

/** Looks again until it is decided so; a chain needs its moments. */
async function until(notary: Notary, what: (it: Next) => boolean): Promise<Next> {
  for (let tries = 0; tries < 200; tries++) {
    const it = await notary.look();
    if (what(it)) return it;
    await pause(50);
  }
  throw new Error('it was never decided so');
}
const isAnchored = (it: Next) => it.do === 'wait' && it.because === 'anchored';

test('the newest checkpoint is anchored once a minute, whatever came between', { skip: noAnvil }, async () => {
  const log = new MemoryLog();
  await onAnvil([log.standing.origin], async (scene) => {
    const contract = contractOf(scene);
    const { notary, clock, alarms } = notaryOf(log, contract);
    assert.deepEqual(await notary.look(), { do: 'wait', because: 'empty' });
    await grow(log);
    assert.equal((await notary.look()).do, 'anchor');
    await until(notary, isAnchored);
    const first = log.tree.range.size;
    for (let n = 0; n < 20; n++) {
      await grow(log);
      clock.ms += 2_000;
      assert.deepEqual(await notary.look(), { do: 'wait', because: 'too-early' });
    }
    clock.ms += 20_000;
    assert.equal((await notary.look()).do, 'anchor');
    await until(notary, isAnchored);
    const sizes = (await anchorsOf(contract, log.standing.origin)).map((it) => it.size);
    assert.deepEqual(sizes, [first, log.tree.range.size]);
    assert.equal(notary.anchored?.size, log.tree.range.size);
    assert.deepEqual(alarms, []);
  });
});

test('a chain that is killed and comes back finds the log where it went on meanwhile', { skip: noAnvil }, async () => {
  const log = new MemoryLog();
  const state = (dir: string) => ['--state', join(dir, 'state.json')];
  await onAnvil(
    [log.standing.origin],
    async (scene) => {
      const { notary, seen } = notaryOf(log, contractOf(scene), { lookMs: 20, everyMs: 0 });
      notary.run();
      const seenSoon = async (what: () => boolean) => {
        for (let tries = 0; tries < 400 && !what(); tries++) await pause(25);
        assert.ok(what(), seen.slice(-10).join());
      };
      await grow(log);
      await seenSoon(() => notary.anchored?.size === log.tree.range.size);
      await scene.anvil.stop();
      await seenSoon(() => notary.problem !== undefined);
      assert.match(notary.problem!, /does not answer/);
      for (let n = 0; n < 50; n++) await grow(log); // not one of them waits
      const again = await startAnvil(scene.port, state(scene.dir));
      try {
        await seenSoon(() => notary.anchored?.size === log.tree.range.size && notary.problem === undefined);
        const anchors = await anchorsOf(contractOf(scene), log.standing.origin);
        assert.equal(anchors.length, 2, 'of fifty checkpoints only the newest');
      } finally {
        await notary.end();
        await again.kill();
      }
    },
    state,
  );
});

test('a chain that was begun anew is told apart from one that is only slow', { skip: noAnvil }, async () => {
  const log = new MemoryLog();
  await grow(log);
  await onAnvil([log.standing.origin], async (scene) => {
    const { notary } = notaryOf(log, contractOf(scene));
    await scene.anvil.kill();
    const other = await startAnvil(scene.port);
    try {
      await assert.rejects(notary.look(), { name: 'ChainTrouble', reason: 'no-contract' });
    } finally {
      await other.kill();
    }
  });
});

/** Between the notary and the chain: lets requests wait. */
async function slowDoor(rpc: string): Promise<{ url: string; delay: { ms: number }; server: Server }> {
  const delay = { ms: 0 };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const it of request) parts.push(it as Buffer);
    await pause(delay.ms, undefined, { ref: false });
    const body = Buffer.concat(parts);
    if (response.destroyed) return; // nobody waits any more
    const reply = await fetch(rpc, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    response.writeHead(reply.status, { 'content-type': 'application/json' }).end(await reply.text());
  });
  const port = await freePort();
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${port}`, delay, server };
}

test('a chain that does not answer in time is left alone for a while, and the log does not notice', {
  skip: noAnvil,
}, async () => {
  const log = new MemoryLog();
  await onAnvil([log.standing.origin], async (scene) => {
    const { url, delay, server } = await slowDoor(scene.anvil.rpc);
    try {
      const chain = openChain({ rpc: url, sender: accountOf(1), timeoutMs: 300 });
      const { notary, clock } = notaryOf(log, { chain, address: scene.deployment.anchor });
      await grow(log);
      delay.ms = 5_000;
      await assert.rejects(notary.look(), { name: 'ChainTrouble', reason: 'too-slow' });
      await grow(log);
      delay.ms = 0;
      clock.ms += 60_000;
      await until(notary, isAnchored);
      assert.equal(notary.anchored?.size, log.tree.range.size);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

test('a transaction that no block takes is replaced by the newest, at a higher price', { skip: noAnvil }, async () => {
  const log = new MemoryLog();
  await grow(log);
  await onAnvil([log.standing.origin], async (scene) => {
    const contract = contractOf(scene);
    const { notary, clock } = notaryOf(log, contract);
    await askAnvil(scene.anvil.rpc, 'evm_setAutomine', false);
    assert.equal((await notary.look()).do, 'anchor');
    await grow(log);
    clock.ms += 89_000;
    assert.deepEqual(await notary.look(), { do: 'wait', because: 'on-its-way' });
    clock.ms += 1_000;
    assert.deepEqual(await notary.look(), { do: 'anchor', again: true, replaces: true });
    // A notary that was started anew knows nothing of what hangs, and takes its place all the same.
    await grow(log);
    assert.equal((await notaryOf(log, contract).notary.look()).do, 'anchor');
    await askAnvil(scene.anvil.rpc, 'evm_mine');
    const anchors = await anchorsOf(contract, log.standing.origin);
    assert.deepEqual(
      anchors.map((it) => it.size),
      [log.tree.range.size],
      'one transaction came through, the last',
    );
  });
});

test('a transaction that the chain forgot, and an anchor that a reorganisation undid, are sent again', {
  skip: noAnvil,
}, async () => {
  const log = new MemoryLog();
  await grow(log);
  await onAnvil([log.standing.origin], async (scene) => {
    const contract = contractOf(scene);
    const { notary, alarms } = notaryOf(log, contract);
    const { rpc } = scene.anvil;
    await askAnvil(rpc, 'evm_setAutomine', false);
    assert.equal((await notary.look()).do, 'anchor');
    await askAnvil(rpc, 'anvil_dropAllTransactions');
    assert.deepEqual(await notary.look(), { do: 'anchor', again: true, replaces: false });
    await askAnvil(rpc, 'evm_mine');
    await until(notary, isAnchored);
    await askAnvil(rpc, 'evm_setAutomine', true);

    await askAnvil(rpc, 'anvil_rollback', 1);
    assert.equal(await latestAnchored(contract, log.standing.origin), undefined, 'it is as if it never stood');
    assert.deepEqual(await notary.look(), { do: 'anchor', again: true, replaces: false });
    await until(notary, isAnchored);
    assert.equal((await anchorsOf(contract, log.standing.origin)).length, 1);
    assert.deepEqual(alarms, []);
  });
});

test('a log whose database was rolled back, or that was forked, meets the chain that remembers', {
  skip: noAnvil,
}, async () => {
  const [log, fork] = [new MemoryLog(), new MemoryLog()];
  for (let n = 0; n < 3; n++) await grow(log);
  await onAnvil([log.standing.origin], async (scene) => {
    const contract = contractOf(scene);
    await until(notaryOf(log, contract).notary, isAnchored);
    const size = log.tree.range.size;

    await grow(fork); // the same log as it was two batches ago
    const rolledBack = notaryOf(fork, contract);
    await rolledBack.notary.look();
    assert.equal(rolledBack.alarms.length, 0, 'once may be our own slowness');
    await rolledBack.notary.look();
    await rolledBack.notary.look();
    assert.deepEqual(
      rolledBack.alarms.map((it) => [it.kind, it.ours.size, it.chain.size]),
      [['chain-ahead', fork.tree.range.size, size]],
      'told once',
    );

    for (let n = 0; n < 2; n++) await fork.append([draft('pack:OTHER')]);
    const forked = notaryOf(fork, contract);
    assert.equal((await forked.notary.look()).do, 'alarm');
    assert.equal(forked.alarms[0]?.kind, 'other-root');
    await grow(fork); // larger than what stands there: the contract would take it
    forked.clock.ms += 60_000;
    assert.equal((await forked.notary.look()).do, 'alarm', 'it is not our tree that stands there');
    assert.equal((await latestAnchored(contract, log.standing.origin))?.size, size);

    // Somebody with the key anchors a tree of his own: the true log sees it.
    const thief = { origin: log.standing.origin, size: size + 3, root: new Uint8Array(32).fill(1) };
    await anchorAndWait(contract, thief);
    for (let n = 0; n < 2; n++) await grow(log);
    const honest = notaryOf(log, contract);
    await until(honest.notary, (it) => it.do === 'alarm');
    assert.equal(honest.alarms[0]?.kind, 'other-root');
    assert.deepEqual(honest.notary.evidence, honest.alarms[0]);
  });
});

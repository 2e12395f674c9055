// An audit beside a real chain: register = chain = replay, and whatever somebody does there behind the network's back.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { encodeFunctionData } from 'viem';
import { addParties } from '#party';
import { ownDatabase } from '../test/database.ts';
import { packCode, smallNetwork } from '../test/seed.ts';
import { idsFrom, silent, testStart } from '../test/work.ts';
import { type App, createApp } from './app.ts';
import { addressesIn } from './chainAddresses.ts';
import { readConfig } from './config.ts';
import { registerOf } from './mirrorTitle.ts';
import { giveKeys, say, transfer } from './pack/title/testing.ts';
import { packSharesAbi } from './record/chain/abi.ts';
import { startAnvil } from './record/chain/anvil.ts';
import { sendAndWait } from './record/chain/chain.ts';
import { deploy } from './record/chain/deploy.ts';
import { bringIntoStep, idOf } from './record/chain/shares.ts';
import { anchorAndWait, fund, noAnvil, type Scene as OnChain, onAnvil } from './record/chain/testing.ts';

const RECORD_SECRET = 'for tests alone, and as long as it has to be';
const LOG_ORIGIN = 'log.example/audit';

interface Scene extends OnChain {
  readonly app: App;
  /** As the mirror does. */
  mirror(): Promise<void>;
  /** As the registrar's key could, without the network. */
  sends(call: { functionName: string; args: readonly unknown[] }): Promise<void>;
  anchors(size: number, root: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Invariants that an audit finds broken, with the rows. */
  broken(): Promise<Record<string, readonly Record<string, unknown>[]>>;
  chainSaid(): Promise<Record<string, unknown>>;
}

const auditedNetwork = (body: (it: Scene) => Promise<void>) =>
  ownDatabase(({ url }) =>
    onAnvil([LOG_ORIGIN], async (it) => {
      const file = join(it.dir, 'chain.json');
      writeFileSync(file, JSON.stringify(it.deployment));
      const env = { RECORD_SECRET, LOG_ORIGIN, DATA_DIR: it.dir, CHAIN_RPC: it.anvil.rpc, CHAIN_DEPLOYMENT: file };
      const config = { ...readConfig({ DATABASE_URL: url, ...env }), DATABASE_URL: url };
      const app = await createApp(config, { clock: () => testStart, newId: idsFrom(5), log: silent });
      const { chain, deployment } = it;
      const addressOf = await addressesIn(join(it.dir, 'chain.addresses.key'), {});
      const broken = async () =>
        Object.fromEntries(
          (await app.audit()).findings.flatMap((of) => (of.violations.length > 0 ? [[of.id, of.violations]] : [])),
        );
      try {
        await app.doWork(async (work) => {
          await smallNetwork(work);
          await addParties(work, [{ id: 'fund' as never, name: 'Fund', kind: 'owner' }]);
          await giveKeys(work, 'bank', 'maker', 'fund', 'op');
        });
        await (await app.openLog()).writer.once();
        await body({
          ...it,
          app,
          broken,
          mirror: async () => {
            const register = await app.doWork(registerOf);
            await bringIntoStep({ chain, address: deployment.packShares }, register, addressOf);
          },
          sends: async (call) => {
            const data = encodeFunctionData({ abi: packSharesAbi, ...call } as never);
            await sendAndWait(chain, { to: deployment.packShares, data });
          },
          anchors: async (size, root) => {
            await anchorAndWait({ chain, address: deployment.anchor }, { origin: LOG_ORIGIN, size, root });
          },
          chainSaid: async () => (await app.audit()).chain as never,
        });
      } finally {
        await app.close();
      }
    }),
  );

test(
  'an audit reads the chain: what it has yet to follow is named as pending, what it shows of an earlier act is no error',
  { skip: noAnvil },
  auditedNetwork(async ({ app, mirror, anchors, broken, chainSaid }) => {
    const fresh = await chainSaid();
    assert.deepEqual([fresh.state, fresh.packs, fresh.pendingMany], ['seen', 0, 5]);
    await mirror();
    const { newest } = await app.openLog().then((it) => ({ newest: () => it.newest() }));
    const tree = (await newest())!;
    await anchors(tree.size, tree.root);
    const whole = await app.audit();
    assert.ok(whole.clean, JSON.stringify(whole.findings.filter((it) => it.violations.length > 0)));
    assert.deepEqual(
      whole.findings.flatMap((it) => (it.id.startsWith('chain.') ? [it.id] : [])),
      ['chain.same', 'chain.register', 'chain.replay', 'chain.anchors', 'chain.lists'],
    );
    const said = await chainSaid();
    assert.deepEqual([said.packs, said.anchors, said.pendingMany, said.strayedMany], [5, 1, 0, 0]);

    await app.doWork((work) => say(work, packCode(1), transfer('bank', 'fund', 200_000), ['bank', 'fund']));
    await app.doWork((work) => say(work, packCode(1), transfer('bank', 'fund', 100_000), ['bank', 'fund']));
    assert.deepEqual(await broken(), {});
    const [pending] = (await chainSaid()).pending as { pack: string; behind: number }[];
    assert.deepEqual([pending!.pack, pending!.behind], [packCode(1), 2]);
    await mirror();
    assert.equal((await chainSaid()).pendingMany, 0);
  }),
);

test(
  'a share that the registrar moves behind the network’s back is found with pack, owner and both figures, also back to an earlier owner',
  { skip: noAnvil },
  auditedNetwork(async ({ app, dir, mirror, sends, broken, chainSaid }) => {
    await mirror();
    const addressOf = await addressesIn(join(dir, 'chain.addresses.key'), {});
    const [pack, id] = [packCode(1), idOf(packCode(1))];
    const move = (step: bigint, from: string, to: string, millionths: bigint) =>
      sends({
        functionName: 'settle',
        args: [[{ id, step, moves: [{ from: addressOf(from), to: addressOf(to), millionths }] }]],
      });
    await move(1n, 'bank', 'maker', 50_000n);
    const found = await broken();
    assert.deepEqual(Object.keys(found), ['chain.register']);
    assert.deepEqual(found['chain.register']!.map((it) => [it.pack, it.holder, it.register, it.chain]).toSorted(), [
      [pack, 'bank', '700000', '650000'],
      [pack, 'maker', '300000', '350000'],
    ]);
    await mirror();
    assert.deepEqual(await broken(), {});
    assert.deepEqual((await chainSaid()).strayed, [{ pack, changes: 1 }], 'what was put right is not forgotten');

    await app.doWork((work) => say(work, pack, transfer('bank', 'fund', 200_000), ['bank', 'fund']));
    await mirror();
    await move(4n, 'fund', 'bank', 200_000n);
    assert.equal((await broken())['chain.register']!.length, 2, 'an earlier state is not a late one');
  }),
);

test(
  'what the register knows nothing of is found on the lists of the chain: a freeze, a stranger, an owner who was struck off',
  { skip: noAnvil },
  auditedNetwork(async ({ dir, mirror, sends, broken }) => {
    await mirror();
    const addressOf = await addressesIn(join(dir, 'chain.addresses.key'), {});
    const stranger = '0x00000000000000000000000000000000000000AA';
    await sends({ functionName: 'freezePack', args: [idOf(packCode(2)), true, 'a court'] });
    await sends({ functionName: 'setAllowed', args: [[stranger], true] });
    await sends({ functionName: 'setAllowed', args: [[addressOf('bank')], false] });
    const found = await broken();
    assert.deepEqual(
      found['chain.lists']!.map((it) => [it.pack, it.address, it.why]),
      [
        [packCode(2), null, 'frozen: a court'],
        [null, stranger, 'allowed, and never owned a share'],
        [null, addressOf('bank'), 'owns shares, and is not allowed to'],
      ],
    );
  }),
);

test(
  'an anchor of a root the log never had is found, and one of a size it has not reached',
  { skip: noAnvil },
  auditedNetwork(async ({ app, anchors, broken }) => {
    const size = (await (await app.openLog()).newest())!.size;
    await anchors(size - 1, new Uint8Array(32).fill(7));
    await anchors(size, new Uint8Array(32).fill(8));
    await anchors(size + 1, new Uint8Array(32).fill(9));
    const found = await broken();
    assert.deepEqual(Object.keys(found), ['chain.anchors']);
    assert.deepEqual(
      found['chain.anchors']!.map((it) => [it.size, String(it.why).split(';')[0]]),
      [
        [String(size - 1), 'our tiles have another root'],
        [String(size), 'our checkpoint has another root'],
        [String(size + 1), `the log has ${size} entries`],
      ],
    );
  }),
);

test(
  'a chain that is dead is not judged, and the rest of the audit goes on; one begun anew is found, even with the same contracts at the same addresses',
  { skip: noAnvil },
  auditedNetwork(async ({ app, anvil, port, chain, deployment, mirror, broken, chainSaid }) => {
    await mirror();
    await anvil.kill();
    const dead = await app.audit();
    assert.ok(dead.clean);
    assert.deepEqual(
      [dead.chain?.state, dead.findings.some((it) => it.id.startsWith('chain.'))],
      ['unreachable', false],
    );

    const again = await startAnvil(port);
    try {
      assert.match(String((await broken())['chain.same']![0]!.why), /no such contract/);
      await fund(again.rpc, chain.sender!);
      const second = await deploy(chain, [LOG_ORIGIN]);
      assert.deepEqual([second.anchor, second.packShares], [deployment.anchor, deployment.packShares]);
      assert.match(String((await broken())['chain.same']![0]!.why), /begun anew/);
      assert.equal((await chainSaid()).state, 'other');
    } finally {
      await again.kill();
    }
  }),
);

// A running network beside a real chain that dies, comes back and lies: the log and the register go on, and what is known is told.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { encodeFunctionData } from 'viem';
import { makeKey } from '#party';
import { append } from '#record';
import { ownDatabase } from '../test/database.ts';
import { packCode, smallNetwork } from '../test/seed.ts';
import { withKey } from '../test/tenants.ts';
import { idsFrom, silent, testStart } from '../test/work.ts';
import { createApp } from './app.ts';
import { addressesIn } from './chainAddresses.ts';
import { ConfigWrong, readConfig } from './config.ts';
import { packSharesAbi } from './record/chain/abi.ts';
import { startAnvil } from './record/chain/anvil.ts';
import { sendAndWait } from './record/chain/chain.ts';
import { makeKeyFile } from './record/chain/key.ts';
import { idOf } from './record/chain/shares.ts';
import { noAnvil, onAnvil } from './record/chain/testing.ts';

const RECORD_SECRET = 'for tests alone, and as long as it has to be';
const LOG_ORIGIN = 'log.example/chain';
const pace = { anchorMs: 0, lookMs: 100, titleMs: 200 };

/** Waits until it is so, at most twenty seconds. */
async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await is()) return;
    await pause(100);
  }
  assert.fail(what);
}

test(
  'a server anchors its log and keeps title in step; a dead chain is told of and delays nothing, a lying one is an anomaly',
  { skip: noAnvil },
  ownDatabase(({ url, db }) =>
    onAnvil(
      [LOG_ORIGIN],
      async ({ anvil, port, dir, deployment }) => {
        const file = join(dir, 'chain.json');
        writeFileSync(file, JSON.stringify(deployment));
        makeKeyFile(join(dir, 'chain.key'), Uint8Array.fromHex('1'.padStart(64, '7')));
        const env = { RECORD_SECRET, LOG_ORIGIN, DATA_DIR: dir, CHAIN_RPC: anvil.rpc, CHAIN_DEPLOYMENT: file };
        const config = { ...readConfig({ DATABASE_URL: url, ...env }), DATABASE_URL: url };
        const app = await createApp(config, { clock: () => testStart, newId: idsFrom(5), log: silent });
        let again: Awaited<ReturnType<typeof startAnvil>> | undefined;
        try {
          await app.doWork((work) => smallNetwork(work));
          const { writer } = await app.openLog();
          await writer.once();
          const key = await app.doWork((work) =>
            makeKey(work, { name: 'x', scopes: ['read'], random: randomBytes(32) }),
          );
          const standing = async () => (await withKey(app, key).get('/v1/chain')).body.chain;
          assert.equal(await standing(), null, 'nothing is asked before it is opened');
          await app.openChain(pace);
          const logSize = async () =>
            (await sql<{ size: number }>`select size from record.sequencer`.execute(db)).rows[0]!.size;
          await until('the log is anchored', async () => (await standing()).anchored?.size === (await logSize()));
          await until('title stands there', async () => (await standing()).title.at !== null);
          const first = await standing();
          assert.deepEqual([first.title.packs, first.title.differences, first.alarm], [5, [], null]);

          // It dies: what is known is not checkable now, and nothing here waits.
          await anvil.stop();
          const more = { subject: `pack:${packCode(1)}`, type: 'pack.graded', body: { grade: 'vehicle' } } as const;
          await app.doWork((work) => append(work, [more]));
          await writer.once();
          await until('it is told', async () => (await standing()).problem !== null);
          await until('of title, too', async () => (await standing()).title.problem !== null);
          assert.deepEqual([(await standing()).alarm, (await standing()).title.differences], [null, []]);

          again = await startAnvil(port, ['--state', join(dir, 'anvil.json')]);
          await until(
            'what came meanwhile is anchored',
            async () => (await standing()).anchored.size === (await logSize()),
          );

          // Our database goes back to an older day: the chain remembers more than we have.
          await sql`alter table record.checkpoint disable trigger user`.execute(db);
          await sql`delete from record.checkpoint where size = ${await logSize()}`.execute(db);
          await until('the alarm', async () => (await standing()).alarm !== null);
          const { rows } = await sql<{
            kind: string;
          }>`select kind from station.anomaly where kind = 'chain-differs'`.execute(db);
          assert.equal(rows.length, 1);
        } finally {
          await app.close();
          await again?.kill();
        }
      },
      (dir) => ['--state', join(dir, 'anvil.json')],
    ),
  ),
);

test(
  'a share that somebody moves on the chain behind a running network is told as an anomaly, put right, and found in its audit afterwards',
  { skip: noAnvil },
  ownDatabase(({ url, db }) =>
    onAnvil([LOG_ORIGIN], async ({ anvil, dir, chain, deployment }) => {
      const file = join(dir, 'chain.json');
      writeFileSync(file, JSON.stringify(deployment));
      makeKeyFile(join(dir, 'chain.key'), Uint8Array.fromHex('1'.padStart(64, '7')));
      const env = { RECORD_SECRET, LOG_ORIGIN, DATA_DIR: dir, CHAIN_RPC: anvil.rpc, CHAIN_DEPLOYMENT: file };
      const config = { ...readConfig({ DATABASE_URL: url, ...env }), DATABASE_URL: url };
      const app = await createApp(config, { clock: () => testStart, newId: idsFrom(5), log: silent });
      const told = async () =>
        (
          await sql<{ sentence: string }>`select sentence from station.anomaly where kind = 'chain-differs'`.execute(db)
        ).rows.map((it) => it.sentence);
      const seen = async () => {
        const { chain, clean } = await app.audit();
        assert.ok(clean || chain?.state === 'seen');
        return chain?.state === 'seen' ? chain : undefined;
      };
      try {
        await app.doWork((work) => smallNetwork(work));
        await (await app.openLog()).writer.once();
        await app.openChain({ ...pace, titleMs: 1_000 });
        await until('title stands there', async () => (await seen())?.pendingMany === 0);
        assert.deepEqual(await told(), []);
        const addressOf = await addressesIn(join(dir, 'chain.addresses.key'), {});
        const move = { from: addressOf('bank'), to: addressOf('maker'), millionths: 50_000n };
        const args = [[{ id: idOf(packCode(1)), step: 1n, moves: [move] }]] as const;
        const data = encodeFunctionData({ abi: packSharesAbi, functionName: 'settle', args });
        await sendAndWait(chain, { to: deployment.packShares, data });
        await until('it is put right', async () => (await seen())?.strayedMany === 1);
        assert.deepEqual(
          [(await seen())?.strayed[0], (await app.audit()).clean],
          [{ pack: packCode(1), changes: 1 }, true],
        );
        const [sentence, ...more] = await told();
        assert.match(sentence!, new RegExp(`not as it must be: ${packCode(1)} 0x[0-9a-fA-F]+: \\d+ instead of \\d+`));
        assert.deepEqual(more, [], 'told once');
      } finally {
        await app.close();
      }
    }),
  ),
);

test(
  'a server does not start with a chain that is configured wrongly, and says what is wrong',
  ownDatabase(async ({ url }) => {
    assert.throws(() => readConfig({ CHAIN_DEPLOYMENT: 'chain.json' }), /CHAIN_DEPLOYMENT: needs CHAIN_RPC/);
    const env = { CHAIN_RPC: 'http://127.0.0.1:9', CHAIN_DEPLOYMENT: '/nowhere/chain.json', DATABASE_URL: url };
    const app = await createApp({ ...readConfig({ RECORD_SECRET, ...env }), DATABASE_URL: url }, { log: silent });
    try {
      await assert.rejects(
        app.openChain(),
        (error) => error instanceof ConfigWrong && /CHAIN_DEPLOYMENT/.test(error.message),
      );
    } finally {
      await app.close();
    }
  }),
);

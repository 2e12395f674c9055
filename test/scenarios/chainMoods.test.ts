// A running network whose chain is slow, dead, broken, or lies: swaps, shares and the log go on as if there were none, what is the
// matter is told, and when the chain is well again it has everything.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { authorise, get, reported } from '#swap';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { giveKeys, say, transfer } from '../../src/pack/title/testing.ts';
import { makeKeyFile } from '../../src/record/chain/key.ts';
import { noAnvil, onAnvil } from '../../src/record/chain/testing.ts';
import { ownDatabase } from '../database.ts';
import { type Mood, rpcProxy } from '../rpcProxy.ts';
import { cardOf, packCode, reading, smallNetwork, st1 } from '../seed.ts';
import { idsFrom, silent, testStart } from '../work.ts';

const RECORD_SECRET = 'for tests alone, and as long as it has to be';
const LOG_ORIGIN = 'log.example/moods';

async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await is()) return;
    await pause(100);
  }
  assert.fail(what);
}

/** What an audit says of the chain in this mood, if it can tell anything. */
const said: Readonly<Record<Exclude<Mood, 'well'>, readonly string[]>> = {
  slow: ['unreachable'],
  drops: ['unreachable'],
  broken: ['unreachable'],
  babbles: ['unreachable'],
  elsewhere: ['other'],
  behind: ['seen'],
  refuses: ['seen'],
};

test(
  'whatever the chain does, the log grows, swaps are settled and shares change hands; it is told, and heals by itself',
  { skip: noAnvil },
  ownDatabase(({ url, db }) =>
    onAnvil([LOG_ORIGIN], async ({ anvil, dir, chain, deployment }) => {
      let known = 0;
      const proxy = await rpcProxy(anvil.rpc, () => known);
      const file = join(dir, 'chain.json');
      writeFileSync(file, JSON.stringify(deployment));
      makeKeyFile(join(dir, 'chain.key'), Uint8Array.fromHex('1'.padStart(64, '7')));
      const env = { RECORD_SECRET, LOG_ORIGIN, DATA_DIR: dir, CHAIN_RPC: proxy.rpc, CHAIN_DEPLOYMENT: file };
      const config = { ...readConfig({ DATABASE_URL: url, ...env }), DATABASE_URL: url };
      const app = await createApp(config, { clock: () => testStart, newId: idsFrom(5), log: silent });
      const told = async () =>
        (await sql<{ sentence: string }>`select sentence from station.anomaly where kind = 'chain-differs'`.execute(db))
          .rows;
      const seen = async () => {
        const audit = await app.audit();
        return audit.chain?.state === 'seen' ? audit.chain : undefined;
      };
      const { writer } = await app.openLog();
      const logSize = async () =>
        (await sql<{ size: number }>`select size from record.sequencer`.execute(db)).rows[0]!.size;
      /** A driver comes, a share is sold: everything that ends in the log. */
      const life = async (n: number): Promise<void> => {
        const before = await logSize();
        const swap = await app.doWork(async (work) => {
          const { swapId, promised } = (await authorise(work, [{ stationId: st1, idToken: cardOf(n) }]))[0]!;
          const about = { stationId: st1, requestId: n, idToken: cardOf(n), at: work.at } as const;
          await reported(work, [{ ...about, kind: 'in', packs: [reading(10 + n, 100 + n, 10)] }]);
          const { slotNo } = promised![0]!;
          await reported(work, [{ ...about, kind: 'out', packs: [reading(slotNo, slotNo, 90)] }]);
          return await get(work, swapId!);
        });
        assert.equal(swap.state, 'released');
        await app.doWork((work) => say(work, packCode(1), transfer('bank', 'maker', 1_000), ['bank', 'maker']));
        await writer.once();
        assert.ok((await logSize()) > before, 'the log grows');
      };
      const healed = async (after: string) => {
        await until(`anchored again after ${after}`, async () => {
          const it = await seen();
          const [anchored] = it && it.anchors > 0 ? [await logSize()] : [];
          return anchored !== undefined && (await anchoredSize()) === anchored && it!.pendingMany === 0;
        });
        const audit = await app.audit();
        assert.ok(audit.clean, JSON.stringify(audit.findings.filter((it) => it.violations.length > 0)));
      };
      const anchoredSize = async () => {
        const { latestAnchored } = await import('#record/chain');
        return (await latestAnchored({ chain, address: deployment.anchor }, LOG_ORIGIN))?.size;
      };
      try {
        await app.doWork(async (work) => {
          await smallNetwork(work, { standing: 8, drivers: 8 });
          await giveKeys(work, 'bank', 'maker', 'op');
        });
        await writer.once();
        await app.openChain({ anchorMs: 0, lookMs: 200, titleMs: 300, timeoutMs: 1_000 });
        await healed('the start');
        let n = 0;
        for (const mood of Object.keys(said) as Exclude<Mood, 'well'>[]) {
          known = Number(await chain.client.getBlockNumber());
          // Whoever is behind must have something to be behind of.
          if (mood === 'behind') {
            await life(++n);
            await healed('one more swap');
          }
          proxy.mood = mood;
          await until(`it asks while the chain ${mood}`, async () => (proxy.asked.get(mood) ?? 0) > 1);
          await life(++n);
          await until(`told while the chain ${mood}`, async () =>
            said[mood].includes((await app.audit()).chain!.state),
          );
          if (mood === 'behind' || mood === 'refuses')
            await until(
              `pending while the chain ${mood}`,
              async () => (await seen())?.pending[0]?.pack === packCode(1),
            );
          const audit = await app.audit();
          const broken = audit.findings.flatMap((it) => (it.violations.length > 0 ? [it.id] : []));
          assert.deepEqual(broken, mood === 'elsewhere' ? ['chain.same'] : [], `while the chain ${mood}`);
          proxy.mood = 'well';
          await healed(mood);
        }
        const sentences = (await told()).map((it) => it.sentence);
        assert.equal(sentences.length, 1, sentences.join('\n'));
        assert.match(sentences[0]!, /this is chain 1/);
      } finally {
        await app.close();
        await proxy.close();
      }
    }),
  ),
);

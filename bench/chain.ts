// What a notary costs: gas of an anchor and of both contracts, anchors a second on a chain of this machine, and the mirror of title.
import assert from 'node:assert/strict';
import { encodeFunctionData, parseEther } from 'viem';
import { anchorAbi } from '../src/record/chain/abi.ts';
import { addressBook } from '../src/record/chain/addresses.ts';
import { latestAnchored, logId, sendAnchor } from '../src/record/chain/anchor.ts';
import { sendAndWait } from '../src/record/chain/chain.ts';
import { WHOLE } from '../src/record/chain/register.ts';
import { bringIntoStep, compare } from '../src/record/chain/shares.ts';
import { accountOf, noAnvil, onAnvil, type Scene } from '../src/record/chain/testing.ts';
import { type Bench, type Figure, interleaved, measure, median } from './harness.ts';

const GOAL_GAS = 40_000;
const origin = 'log.example/delta';
/** What any transaction costs, however little it does. */
const BARE_GAS = 21_000;

export const bench: Bench = async ({ quick }) => {
  if (noAnvil) {
    console.error(`bench chain: skipped, ${noAnvil}`);
    return [];
  }
  const figures: Figure[] = [];
  await onAnvil([origin], async (scene) => {
    figures.push(...(await gasOf(scene)), ...(await speedOf(scene, quick)), ...(await mirrorOf(scene, quick)));
  });
  return figures;
};

const rootOf = (n: number): Uint8Array<ArrayBuffer> => new Uint8Array(32).fill(1 + (n % 255));

async function gasOf({ chain, deployment }: Scene): Promise<Figure[]> {
  const contract = { chain, address: deployment.anchor };
  const gas: number[] = [];
  // Sizes of one byte up to six: a larger number is a few bytes more of calldata.
  for (const size of [3, 300, 70_000, 20_000_000, 5_000_000_000, 1_000_000_000_000]) {
    const { hash } = await sendAnchor(contract, { origin, size, root: rootOf(size) });
    const receipt = await chain.client.waitForTransactionReceipt({ hash, pollingInterval: 10 });
    gas.push(Number(receipt.gasUsed));
  }
  const [first, ...later] = gas as [number, ...number[]];
  const baseline = { name: 'an empty transaction', value: BARE_GAS };
  return [
    {
      metric: 'a later anchor, the dearest',
      value: Math.max(...later),
      unit: 'gas',
      baseline,
      goal: { atMost: GOAL_GAS },
    },
    { metric: 'the first anchor of a log', value: first, unit: 'gas', baseline },
    { metric: 'deploy Anchor', value: deployment.gas.anchor, unit: 'gas' },
    { metric: 'deploy PackShares', value: deployment.gas.packShares, unit: 'gas' },
  ];
}

/** One after the other, each waited for, as a notary does; beside it plain transfers sent the same way. */
async function speedOf({ chain, deployment, anvil }: Scene, quick: boolean): Promise<Figure[]> {
  const contract = { chain, address: deployment.anchor };
  const trees = [process.pid, anvil.pid];
  const each = quick ? 30 : 100;
  let size = Number((await latestAnchored(contract, origin))!.size);
  const speed = await interleaved(quick ? 2 : 5, {
    anchors: () =>
      measure(trees, async () => {
        for (let n = 0; n < each; n++) {
          size += 1;
          const args = [logId(origin), BigInt(size), `0x${'11'.repeat(32)}`] as const;
          const data = encodeFunctionData({ abi: anchorAbi, functionName: 'anchor', args });
          await sendAndWait(chain, { to: contract.address, data });
        }
        return each;
      }),
    transfers: () =>
      measure(trees, async () => {
        for (let n = 0; n < each; n++) await sendAndWait(chain, { to: accountOf(2).address, data: '0x' });
        return each;
      }),
  });
  assert.equal((await latestAnchored(contract, origin))?.size, size);
  assert.ok((await chain.client.getBalance({ address: accountOf(1).address })) > parseEther('1'));
  return [
    {
      metric: 'anchors, each waited for; one a minute is needed',
      value: speed.anchors.perSecond,
      unit: 'anchors/s',
      baseline: { name: 'empty transactions', value: speed.transfers.perSecond },
    },
  ];
}

/** A register of packs with two owners each brought onto the chain, then compared. */
async function mirrorOf({ chain, deployment, anvil }: Scene, quick: boolean): Promise<Figure[]> {
  const contract = { chain, address: deployment.packShares };
  const packs = quick ? 200 : 1000;
  const addressOf = addressBook(new Uint8Array(32).fill(3));
  const register = new Map(
    Array.from({ length: packs }, (_, n) => [
      `04QCB76836300JBC4${String(n).padStart(7, '0')}`,
      [
        { holder: `bank-${n % 7}`, millionths: 600_000 },
        { holder: `maker-${n % 3}`, millionths: WHOLE - 600_000 },
      ],
    ]),
  );
  let gas = 0;
  const entered = await measure([process.pid, anvil.pid], async () => {
    const brought = await bringIntoStep(contract, register, addressOf);
    assert.equal(brought.entered, packs);
    assert.deepEqual(brought.differences, []);
    gas = Number(brought.gas);
    return packs;
  });
  const compared: number[] = [];
  for (let n = 0; n < 3; n++) {
    const started = performance.now();
    assert.deepEqual(await compare(contract, register, addressOf), []);
    compared.push(performance.now() - started);
  }
  return [
    { metric: `a pack of two owners entered, of ${packs}`, value: gas / packs, unit: 'gas' },
    { metric: `packs entered, of ${packs}`, value: entered.done / entered.wallS, unit: 'packs/s' },
    { metric: 'packs compared with the register', value: packs / (median(compared) / 1000), unit: 'packs/s' },
  ];
}

// What the contracts allow and what they refuse, on a real chain.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Abi, type AbiFunction, type AbiParameter, encodeFunctionData, type Hex, toFunctionSignature } from 'viem';
import { anchorAbi, packSharesAbi } from './abi.ts';
import { type AnchorContract, latestAnchored, logId, sendAnchor } from './anchor.ts';
import { openChain, sendAndWait } from './chain.ts';
import { compile } from './compile.ts';
import { setMember } from './deploy.ts';
import { ChainTrouble } from './problem.ts';
import { accountOf, anchorAndWait, fund, noAnvil, onAnvil } from './testing.ts';

const root = (n: number): Uint8Array<ArrayBuffer> => new Uint8Array(32).fill(n);
const origin = 'log.example/delta';
const refusedBy = (name: string) => (error: unknown) => error instanceof ChainTrouble && error.refusal === name;

test('the doors written down here are those the compiler finds in the contracts', async () => {
  const spelling = (abi: Abi) =>
    new Set(
      abi.flatMap((it) =>
        it.type === 'function'
          ? [`${toFunctionSignature(it as AbiFunction)} ${it.stateMutability} ${JSON.stringify(it.outputs.map(plain))}`]
          : it.type === 'event' || it.type === 'error'
            ? [`${it.type} ${it.name} ${JSON.stringify(it.inputs.map(plain))}`]
            : [],
      ),
    );
  const plain = (it: AbiParameter & { indexed?: boolean | undefined }): unknown => ({
    type: it.type,
    indexed: it.indexed === true,
    components: 'components' in it ? it.components.map(plain) : undefined,
  });
  for (const [name, ours] of [
    ['Anchor', anchorAbi],
    ['PackShares', packSharesAbi],
  ] as const) {
    const real = spelling((await compile(name)).abi);
    assert.deepEqual(
      [...spelling(ours as Abi)].filter((it) => !real.has(it)),
      [],
      name,
    );
  }
});

test('a log only grows on the chain, by its members, for at most 40,000 gas each time', { skip: noAnvil }, () =>
  onAnvil([origin], async ({ anvil, chain, deployment }) => {
    const contract: AnchorContract = { chain, address: deployment.anchor };
    const anchored = (size: number) => anchorAndWait(contract, { origin, size, root: root(size) });
    assert.equal(await latestAnchored(contract, origin), undefined);
    const first = Number((await anchored(3)).gasUsed);
    const gas: number[] = [];
    for (const size of [4, 200, 65_536, 4_000_000_000]) gas.push(Number((await anchored(size)).gasUsed));
    assert.ok(Math.max(...gas) <= 40_000, `${gas} gas`);
    assert.ok(first <= 80_000, `${first} gas at first`);
    assert.deepEqual((await latestAnchored(contract, origin))?.size, 4_000_000_000);

    const now = { origin, size: 4_000_000_000, root: root(9) };
    await assert.rejects(sendAnchor(contract, now), refusedBy('NotGrown'), 'another root of the same size');
    await assert.rejects(sendAnchor(contract, { ...now, size: 5 }), refusedBy('NotGrown'), 'a smaller size');
    await assert.rejects(sendAnchor(contract, { ...now, origin: 'other', size: 9 }), refusedBy('NotMember'));

    const stranger = accountOf(2);
    await fund(anvil.rpc, stranger);
    const theirs = { chain: openChain({ rpc: anvil.rpc, sender: stranger }), address: deployment.anchor };
    const more = { origin, size: 5_000_000_000, root: root(1) };
    await assert.rejects(sendAnchor(theirs, more), refusedBy('NotMember'));
    const itself = encodeFunctionData({
      abi: anchorAbi,
      functionName: 'setMember',
      args: [origin, stranger.address, true],
    });
    await assert.rejects(sendAndWait(theirs.chain, { to: deployment.anchor, data: itself }), ChainTrouble);
    await setMember(chain, deployment.anchor, origin, stranger.address, true);
    await anchorAndWait(theirs, more);
    await setMember(chain, deployment.anchor, origin, stranger.address, false);
    await assert.rejects(sendAnchor(theirs, { ...more, size: 6_000_000_000 }), refusedBy('NotMember'));
    assert.equal(logId(origin).length, 66);
  }),
);

test(
  'shares move by the registrar alone, whole packs at a time, and nothing frozen moves but by order',
  { skip: noAnvil },
  () =>
    onAnvil([], async ({ anvil, chain, deployment }) => {
      const address = deployment.packShares;
      const [bank, maker, stranger] = [accountOf(3), accountOf(4), accountOf(5)];
      await fund(anvil.rpc, bank);
      const as = (sender: typeof bank) => openChain({ rpc: anvil.rpc, sender });
      const call = async (functionName: string, args: readonly unknown[], by = chain) => {
        const data = encodeFunctionData({ abi: packSharesAbi as Abi, functionName, args });
        try {
          await by.client.simulateContract({
            address,
            abi: packSharesAbi as Abi,
            functionName,
            args: [...args],
            account: by.sender!.address,
          });
        } catch (error) {
          throw new Error(/Error: (\w+)\(/.exec((error as Error).message)?.[1] ?? (error as Error).message);
        }
        return await sendAndWait(by, { to: address, data });
      };
      const refused = (name: string) => ({ message: name });
      const code = '04QCB76836300JBC40000903';
      const id = await chain.client.readContract({ address, abi: packSharesAbi, functionName: 'idOf', args: [code] });
      const entry = (step: bigint, ...shares: [{ address: Hex }, bigint][]) => [
        [{ code, step, shares: shares.map(([{ address: holder }, millionths]) => ({ holder, millionths })) }],
      ];
      const moved = (step: bigint, from: { address: Hex }, to: { address: Hex }, millionths: bigint) => ({
        id,
        step,
        moves: [{ from: from.address, to: to.address, millionths }],
      });
      const balance = ({ address: holder }: { address: Hex }) =>
        chain.client.readContract({ address, abi: packSharesAbi, functionName: 'balanceOf', args: [holder, id] });

      await assert.rejects(call('enter', entry(0n, [bank, 1_000_000n])), refused('NotAllowed'));
      await call('setAllowed', [[bank.address, maker.address], true]);
      await assert.rejects(call('enter', entry(0n, [bank, 999_999n])), refused('NotWhole'));
      await assert.rejects(call('enter', entry(0n, [bank, 500_000n], [maker, 500_001n])), refused('NotWhole'));
      await call('enter', entry(0n, [bank, 600_000n], [maker, 400_000n]));
      await assert.rejects(call('enter', entry(1n, [bank, 1_000_000n])), refused('AlreadyEntered'));

      const tenth = (step: bigint) => [[moved(step, bank, maker, 100_000n)]];
      await assert.rejects(call('settle', tenth(1n), as(bank)), refused('AccessControlUnauthorizedAccount'));
      for (const [name, args] of [
        ['safeTransferFrom', [bank.address, maker.address, id, 1n, '0x']],
        ['setApprovalForAll', [maker.address, true]],
      ] as const)
        await assert.rejects(call(name, args, as(bank)), refused('OnlyByRegistrar'), name);
      await assert.rejects(call('settle', [[moved(1n, bank, stranger, 1n)]]), refused('NotAllowed'));
      await assert.rejects(call('settle', [[moved(1n, maker, bank, 400_001n)]]), refused('ERC1155InsufficientBalance'));
      await call('settle', tenth(1n));
      await assert.rejects(call('settle', tenth(1n)), refused('OutOfStep'), 'the same again');
      assert.deepEqual([await balance(bank), await balance(maker)], [500_000n, 500_000n]);

      await assert.rejects(call('freezePack', [id, true, '']), refused('ReasonMissing'));
      await call('freezePack', [id, true, 'court order 12/2026']);
      await assert.rejects(call('settle', tenth(2n)), refused('FrozenPack'));
      await assert.rejects(call('retire', [id, 2n, 'recycled']), refused('FrozenPack'));
      await assert.rejects(call('force', [moved(2n, bank, maker, 1n), '']), refused('ReasonMissing'));
      await assert.rejects(call('force', [moved(2n, bank, stranger, 1n), 'court']), refused('NotAllowed'));
      await call('force', [moved(2n, bank, maker, 200_000n), 'court order 12/2026']);
      await call('freezePack', [id, false, 'order lifted']);
      await call('freezeHolder', [bank.address, true, 'insolvency']);
      await assert.rejects(call('settle', tenth(3n)), refused('FrozenHolder'));
      await assert.rejects(call('settle', [[moved(3n, maker, bank, 1n)]]), refused('FrozenHolder'));
      await call('freezeHolder', [bank.address, false, 'proceedings ended']);
      await call('retire', [id, 3n, 'recycled']);
      const supply = await chain.client.readContract({
        address,
        abi: packSharesAbi,
        functionName: 'totalSupply',
        args: [id],
      });
      assert.equal(supply, 0n);
      await call('enter', entry(4n, [maker, 1_000_000n]));
      assert.equal(await balance(maker), 1_000_000n);
    }),
);

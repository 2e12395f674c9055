// The mirror of title: whatever the register says, the chain can be brought to say the same, and every difference is seen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Address, encodeFunctionData } from 'viem';
import { packSharesAbi } from './abi.ts';
import { addressBook } from './addresses.ts';
import { openChain, sendAndWait } from './chain.ts';
import { differences, movesBetween, type Register, type Standing, stepsTo, WHOLE } from './register.ts';
import { bringIntoStep, compare, idOf, standings } from './shares.ts';
import { accountOf, noAnvil, onAnvil } from './testing.ts';

const secret = new Uint8Array(32).fill(5);
const addressOf = addressBook(secret);

/** Shares of some of six parties that add up to the whole. */
const anyShares = fc
  .uniqueArray(fc.constantFrom('bank', 'maker', 'fund', 'city', 'fleet', 'insurer'), { minLength: 1 })
  .chain((holders) =>
    fc
      .uniqueArray(fc.integer({ min: 1, max: WHOLE - 1 }), {
        minLength: holders.length - 1,
        maxLength: holders.length - 1,
      })
      .map((cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), WHOLE];
        return holders.map((holder, n) => ({ holder, millionths: at[n + 1]! - at[n]! }));
      }),
  );
const anyRegister: fc.Arbitrary<Register> = fc
  .dictionary(fc.constantFrom('P1', 'P2', 'P3', 'P4'), fc.oneof({ weight: 4, arbitrary: anyShares }, fc.constant([])))
  .map((it) => new Map(Object.entries(it)));

/** What the contract would make of the steps. */
function after(chain: readonly Standing[], steps: ReturnType<typeof stepsTo>): Standing[] {
  const now = new Map(chain.map((it) => [it.code, it]));
  for (const it of steps) {
    assert.equal(it.step, now.get(it.code)?.step ?? 0n);
    const shares = new Map(it.do === 'enter' ? it.shares : it.do === 'settle' ? now.get(it.code)!.shares : []);
    for (const { from, to, millionths } of it.do === 'settle' ? it.moves : []) {
      assert.ok((shares.get(from) ?? 0) >= millionths && millionths > 0, 'nobody gives what he has not');
      shares.set(from, shares.get(from)! - millionths);
      if (shares.get(from) === 0) shares.delete(from);
      shares.set(to, (shares.get(to) ?? 0) + millionths);
    }
    now.set(it.code, { code: it.code, step: it.step + 1n, shares });
  }
  return [...now.values()];
}

test('from any register to any other the chain follows, and then there is nothing left to do', () => {
  fc.assert(
    fc.property(anyRegister, anyRegister, (old, now) => {
      const first = after([], stepsTo(old, [], addressOf));
      assert.deepEqual(differences(old, first, addressOf), []);
      const then = after(first, stepsTo(now, first, addressOf));
      assert.deepEqual(differences(now, then, addressOf), []);
      assert.deepEqual(stepsTo(now, then, addressOf), []);
    }),
  );
});

test('no more moves than there are holders, less one', () => {
  const shares = anyShares.map((it) => new Map(it.map(({ holder, millionths }) => [addressOf(holder), millionths])));
  fc.assert(
    fc.property(shares, shares, (have, want) => {
      const holders = new Set([...have.keys(), ...want.keys()]);
      assert.ok(movesBetween(have, want).length < holders.size);
    }),
  );
});

test('every single share that differs is named, with both figures', () => {
  const register: Register = new Map([['P1', [{ holder: 'bank', millionths: WHOLE }]]]);
  const bank = addressOf('bank');
  const stranger: Address = '0x00000000000000000000000000000000000000AA';
  const standing = (code: string, shares: [Address, number][]) => ({ code, step: 1n, shares: new Map(shares) });
  assert.deepEqual(differences(register, [], addressOf), [
    { pack: 'P1', holder: 'bank', address: bank, register: WHOLE, chain: 0 },
  ]);
  const chain = [
    standing('P1', [
      [bank, WHOLE - 1],
      [stranger, 1],
    ]),
    standing('P2', [[bank, WHOLE]]),
  ];
  assert.deepEqual(differences(register, chain, addressOf), [
    { pack: 'P1', holder: 'bank', address: bank, register: WHOLE, chain: WHOLE - 1 },
    { pack: 'P1', address: stranger, register: 0, chain: 1 },
    { pack: 'P2', address: bank, register: 0, chain: WHOLE },
  ]);
});

test('nobody who does not know the secret can tell whose an address is', () => {
  assert.notEqual(addressBook(new Uint8Array(32))('bank'), addressOf('bank'));
  assert.equal(addressBook(secret)('bank'), addressOf('bank'));
  const own = accountOf(9).address;
  assert.equal(addressBook(secret, { bank: own.toLowerCase() })('bank'), own);
  assert.throws(() => addressBook(secret, { bank: '0x12' }), { reason: 'wrong-file' });
});

test(
  'a real chain follows the register, and what is frozen there is told and holds up nothing else',
  { skip: noAnvil },
  () =>
    onAnvil([], async ({ anvil, deployment }) => {
      const chain = openChain({ rpc: anvil.rpc, sender: accountOf(1) });
      const contract = { chain, address: deployment.packShares };
      const half = (a: string, b: string) => [
        { holder: a, millionths: 333_333 },
        { holder: b, millionths: 666_667 },
      ];
      const codes = Array.from({ length: 45 }, (_, n) => `04QCB76836300JBC4000${String(n).padStart(4, '0')}`);
      const register = new Map(codes.map((it) => [it, half('bank', 'maker')]));
      const first = await bringIntoStep(contract, register, addressOf);
      assert.deepEqual([first.entered, first.held, first.differences], [45, [], []]);
      const again = await bringIntoStep(contract, register, addressOf);
      assert.deepEqual([again.entered, again.settled, again.retired, again.gas], [0, 0, 0, 0n]);

      register.set(codes[0]!, half('maker', 'fund'));
      register.set(codes[1]!, half('bank', 'fund'));
      register.delete(codes[2]!);
      const freeze = { functionName: 'freezePack', args: [idOf(codes[1]!), true, 'court order'] } as const;
      await sendAndWait(chain, { to: contract.address, data: encodeFunctionData({ abi: packSharesAbi, ...freeze }) });
      assert.equal((await compare(contract, register, addressOf)).length, 3 + 2 + 2);
      const second = await bringIntoStep(contract, register, addressOf);
      assert.deepEqual([second.settled, second.retired], [1, 1]);
      assert.deepEqual(
        second.held.map((it) => [it.pack, /FrozenPack/.test(it.because)]),
        [[codes[1], true]],
      );
      assert.deepEqual(new Set(second.differences.map((it) => it.pack)), new Set([codes[1]]));

      const stranger = { chain: openChain({ rpc: anvil.rpc, sender: accountOf(2) }), address: contract.address };
      const refused = await bringIntoStep(stranger, register, addressOf);
      assert.match(refused.held[0]!.because, /AccessControlUnauthorizedAccount/, 'only the registrar moves shares');
      const sums = (await standings(contract)).map((it) => [...it.shares.values()].reduce((a, b) => a + b, 0));
      assert.deepEqual(new Set(sums), new Set([0, WHOLE]));
    }),
);

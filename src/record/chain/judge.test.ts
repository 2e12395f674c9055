// What a chain that follows the register may show, and what it never may.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Address, getAddress, zeroAddress } from 'viem';
import { addressBook } from './addresses.ts';
import { followed, judge, type Moment } from './judge.ts';
import { replay, type Told } from './replay.ts';
import { idOf } from './shares.ts';

const addressOf = addressBook(new Uint8Array(32).fill(5));
const holders = ['bank', 'maker', 'fund'] as const;

/** The register of one pack: always another holder than before. */
const anyPast = fc
  .array(fc.constantFrom(...holders), { minLength: 1, maxLength: 8 })
  .map((it) => it.filter((holder, n) => holder !== it[n - 1]));

const momentsOf = (past: readonly string[]): Moment[] =>
  past.map((holder, n) => ({ at: `2026-11-22T08:00:0${n}Z`, shares: [{ holder, millionths: 1_000_000 }] }));

/** What the contract tells when the pack belongs to one after the other. */
function toldOf(code: string, shown: readonly string[]): Told[] {
  const id = idOf(code);
  const allowed = [...new Set(shown)].map((it): Told => ({ name: 'Allowed', holder: addressOf(it), may: true }));
  return [
    ...allowed,
    ...shown.flatMap((holder, n): Told[] => {
      const from = n === 0 ? zeroAddress : addressOf(shown[n - 1]!);
      const step = BigInt(n + 1);
      return [
        { name: 'TransferSingle', id, from, to: addressOf(holder), value: 1_000_000n },
        n === 0 ? { name: 'Entered', id, step, code } : { name: 'Settled', id, step },
      ];
    }),
  ];
}

function judged(past: readonly string[], shown: readonly string[], more: readonly Told[] = []) {
  const told = [...toldOf('P1', shown), ...more];
  const last = shown.at(-1);
  const shares = new Map<Address, number>(last === undefined ? [] : [[addressOf(last), 1_000_000]]);
  const standings = shown.length === 0 ? [] : [{ code: 'P1', step: BigInt(shown.length), shares }];
  return judge(new Map([['P1', momentsOf(past)]]), { standings, replay: replay(told) }, addressOf);
}

test('a chain that shows some of what the register said, in its order, is never called wrong, and is pending until it shows the last', () => {
  const some = anyPast.chain((past) =>
    fc
      .subarray(past.map((_, n) => n))
      .map((kept) => ({ past, shown: kept.map((n) => past[n]!).filter((it, n, all) => it !== all[n - 1]) })),
  );
  fc.assert(
    fc.property(some, ({ past, shown }) => {
      const it = judged(past, shown);
      assert.deepEqual([it.differences, it.unexplained, it.lists, it.strayed], [[], [], [], []]);
      assert.equal(it.pending.length, shown.at(-1) === past.at(-1) ? 0 : 1);
    }),
  );
});

test('whoever never owned a pack by the register, and has it on the chain, is found in any history', () => {
  fc.assert(
    fc.property(anyPast, (past) => {
      const it = judged(past, [...past, 'thief']);
      assert.deepEqual(it.differences.map((off) => [off.pack, off.register, off.chain]).toSorted(), [
        ['P1', 0, 1_000_000],
        ['P1', 1_000_000, 0],
      ]);
      assert.deepEqual(it.pending, []);
      assert.match(it.lists[0]!.why, /never owned/);
    }),
  );
});

test('a chain that goes back to an earlier owner is wrong, not late; put right again, it is remembered', () => {
  const back = judged(['bank', 'fund', 'maker'], ['bank', 'fund', 'bank']);
  assert.equal(back.differences.length, 2);
  assert.deepEqual(back.pending, []);
  const right = judged(['bank', 'fund'], ['bank', 'fund', 'bank', 'fund']);
  assert.deepEqual([right.differences, right.strayed], [[], [{ pack: 'P1', changes: 1 }]]);
});

test('what is late says how far and since when', () => {
  const late = judged(['bank', 'fund', 'maker'], ['bank']);
  assert.deepEqual(late.pending, [{ pack: 'P1', behind: 2, since: '2026-11-22T08:00:01Z' }]);
  assert.deepEqual(judged(['bank'], []).pending, [{ pack: 'P1', behind: 1, since: '2026-11-22T08:00:00Z' }]);
  assert.deepEqual(followed(['', 'a', 'b'], ['b', 'a']), { at: undefined, strays: 1 });
});

test('an event that is kept back, or made up, does not lead to what stands there', () => {
  const told = toldOf('P1', ['bank', 'fund', 'maker']);
  const standings = [{ code: 'P1', step: 3n, shares: new Map([[addressOf('maker'), 1_000_000]]) }];
  const past = new Map([['P1', momentsOf(['bank', 'fund', 'maker'])]]);
  const of = (events: readonly Told[]) => judge(past, { standings, replay: replay(events) }, addressOf).unexplained;
  assert.deepEqual(of(told), []);
  for (let n = 0; n < told.length; n++) {
    if (told[n]!.name === 'Allowed') continue;
    assert.notDeepEqual(of(told.filter((_, at) => at !== n)), [], `without event ${n}`);
  }
});

test('a freeze is told with its reason, until it is lifted', () => {
  const freeze = (frozen: boolean): Told => ({ name: 'PackFrozen', id: idOf('P1'), frozen, reason: 'a court' });
  assert.deepEqual(judged(['bank'], ['bank'], [freeze(true)]).lists, [{ pack: 'P1', why: 'frozen: a court' }]);
  assert.deepEqual(judged(['bank'], ['bank'], [freeze(true), freeze(false)]).lists, []);
  const holder = getAddress(addressOf('bank'));
  const frozen: Told = { name: 'HolderFrozen', holder, frozen: true, reason: 'a court' };
  assert.deepEqual(judged(['bank'], ['bank'], [frozen]).lists, [{ address: holder, why: 'frozen: a court' }]);
});

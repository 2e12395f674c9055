// What the notary does, case by case, and what holds in all of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { next, type Situation } from './decide.ts';

const pace = { everyMs: 60_000, patienceMs: 90_000 };
const root = (n: number): Uint8Array<ArrayBuffer> => new Uint8Array(32).fill(n);
const origin = 'log.example/delta';
const ours = (size: number, n = size) => ({ origin, size, root: root(n) });
const there = (size: number, n = size) => ({ size, root: root(n), blockNumber: 7n });
const calm: Situation = { origin, ours: ours(9), chain: there(5), isOurBeginning: true, stood: 5, sinceMs: 60_000 };

test('a log that grew is anchored once a minute', () => {
  assert.deepEqual(next(calm, pace), { do: 'anchor', again: false, replaces: false });
  assert.deepEqual(next({ ...calm, sinceMs: 59_999 }, pace), { do: 'wait', because: 'too-early' });
  assert.deepEqual(next({ ...calm, ours: ours(5) }, pace), { do: 'wait', because: 'anchored' });
  assert.deepEqual(next({ ...calm, ours: undefined, chain: undefined }, pace), { do: 'wait', because: 'empty' });
});

test('what was sent and is lost, or stood and is gone, is sent again without waiting for the minute', () => {
  const sent = { size: 8, ageMs: 1_000, fate: 'lost' } as const;
  assert.deepEqual(next({ ...calm, sinceMs: 0, sent }, pace), { do: 'anchor', again: true, replaces: false });
  assert.deepEqual(next({ ...calm, sinceMs: 0, stood: 8 }, pace), { do: 'anchor', again: true, replaces: false });
});

test('what hangs is waited for, then replaced', () => {
  const sent = { size: 8, ageMs: 89_999, fate: 'waiting' } as const;
  assert.deepEqual(next({ ...calm, sent }, pace), { do: 'wait', because: 'on-its-way' });
  const hangs = { ...sent, ageMs: 90_000 };
  assert.deepEqual(next({ ...calm, sent: hangs }, pace), { do: 'anchor', again: true, replaces: true });
});

test('a chain with a larger size or another root is an alarm, never an anchor', () => {
  const alarmed = (it: Situation) => {
    const decided = next(it, pace);
    return decided.do === 'alarm' ? decided.evidence.kind : decided.do;
  };
  assert.equal(alarmed({ ...calm, chain: there(10) }), 'chain-ahead');
  assert.equal(alarmed({ ...calm, ours: undefined }), 'chain-ahead');
  assert.equal(alarmed({ ...calm, chain: there(9, 1) }), 'other-root');
  assert.equal(alarmed({ ...calm, isOurBeginning: false }), 'other-root');
});

test('whatever the chain does: anchored is only what is larger than what stands there, and not too often', () => {
  const situation = fc.record({
    origin: fc.constant(origin),
    ours: fc.option(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 1 })), { nil: undefined }),
    chain: fc.option(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 1 })), { nil: undefined }),
    isOurBeginning: fc.option(fc.boolean(), { nil: undefined }),
    sent: fc.option(
      fc.record({
        size: fc.integer({ min: 1, max: 20 }),
        ageMs: fc.integer({ min: 0, max: 200_000 }),
        fate: fc.constantFrom('waiting' as const, 'mined' as const, 'lost' as const),
      }),
      { nil: undefined },
    ),
    stood: fc.integer({ min: 0, max: 20 }),
    sinceMs: fc.integer({ min: 0, max: 200_000 }),
  });
  fc.assert(
    fc.property(situation, (drawn) => {
      const it: Situation = {
        ...drawn,
        ours: drawn.ours && ours(...drawn.ours),
        chain: drawn.chain && there(...drawn.chain),
      };
      const decided = next(it, pace);
      const isFork =
        (it.chain?.size ?? 0) > (it.ours?.size ?? 0) ||
        (it.chain?.size === it.ours?.size && it.chain?.root[0] !== it.ours?.root[0]);
      assert.equal(isFork && decided.do !== 'alarm', false, 'a fork is seen');
      if (decided.do !== 'anchor') return;
      assert.ok(it.ours!.size > (it.chain?.size ?? 0));
      assert.notEqual(it.isOurBeginning === false && it.chain !== undefined, true);
      const isOnItsWay = it.sent?.fate === 'waiting' && it.sent.size > (it.chain?.size ?? 0);
      if (isOnItsWay) assert.ok(it.sent!.ageMs >= pace.patienceMs, 'one at a time');
      if (!decided.again) assert.ok(it.sinceMs >= pace.everyMs, 'once a minute');
    }),
  );
});

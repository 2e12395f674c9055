import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decide, PATIENCE_MS, type Reading } from './gaps.ts';

/** Transactions that draw numbers, and end some looks later by commit or by rollback. */
const lives = fc.array(
  fc.record({
    numbers: fc.integer({ min: 1, max: 4 }),
    /** Begins at this look, and is open for so many. */
    begins: fc.integer({ min: 0, max: 12 }),
    lasts: fc.integer({ min: 0, max: 8 }),
    commits: fc.boolean(),
  }),
  { maxLength: 25 },
);

/** Plays the transactions against looks that are `everyMs` apart; the last looks find all of them ended. */
function played(all: readonly Life[], everyMs: number) {
  const inOrder = all.toSorted((a, b) => a.begins - b.begins);
  let drawn = 0;
  let xid = 100;
  const them: (Life & { readonly xid: number; readonly seqs: readonly number[]; readonly ends: number })[] = [];
  let reading: Reading = { through: 0, holes: [] };
  const placed: number[] = [];
  for (let look = 0; look < 40; look++) {
    const own = xid++; // it has its id before others begin, and sees what they draw
    for (const it of inOrder.filter((one) => one.begins === look)) {
      const seqs = Array.from({ length: it.numbers }, () => ++drawn);
      them.push({ ...it, xid: xid++, seqs, ends: it.begins + it.lasts });
    }
    const begun = them;
    const open = begun.filter((it) => it.ends > look);
    const xmin = Math.min(own, ...open.map((it) => it.xid));
    const there = begun.filter((it) => it.ends <= look && it.commits).flatMap((it) => it.seqs);
    const inHoles = (seq: number) => reading.holes.some((it) => seq >= it.from && seq <= it.to);
    const seqs = there.filter((it) => it > reading.through || inHoles(it)).toSorted((a, b) => a - b);
    const { take, next } = decide(reading, { xmin, own, nowMs: look * everyMs, seqs });
    placed.push(...take);
    reading = next;
  }
  return { them, placed, reading };
}

interface Life {
  readonly numbers: number;
  readonly begins: number;
  readonly lasts: number;
  readonly commits: boolean;
}

test('every committed entry is placed once and no other, whoever overtakes whom, and no gap is kept for ever', () => {
  fc.assert(
    fc.property(lives, fc.constantFrom(1, 50, PATIENCE_MS, 5 * PATIENCE_MS), (all, everyMs) => {
      const { them, placed, reading } = played(all, everyMs);
      const committed = them.filter((it) => it.commits).flatMap((it) => it.seqs);
      assert.deepEqual(
        placed.toSorted((a, b) => a - b),
        committed,
      );
      assert.deepEqual(reading.holes, []);
    }),
    { numRuns: 500 },
  );
});

test('the log has the order of the numbers as long as no transaction is open for longer than the patience', () => {
  fc.assert(
    fc.property(lives, (all) => {
      const { placed } = played(all, PATIENCE_MS / 20);
      assert.deepEqual(
        placed,
        placed.toSorted((a, b) => a - b),
      );
    }),
    { numRuns: 500 },
  );
});

test('a transaction that stays open does not hold up the others for longer than the patience', () => {
  const first = decide({ through: 0, holes: [] }, { xmin: 10, own: 12, nowMs: 0, seqs: [2, 3] });
  assert.deepEqual(first.take, []);
  const later = decide(first.next, { xmin: 10, own: 15, nowMs: PATIENCE_MS, seqs: [2, 3, 4] });
  assert.deepEqual(later.take, [2, 3, 4]);
  assert.deepEqual(later.next, { through: 4, holes: [{ from: 1, to: 1, before: 15, sinceMs: 0 }] });
  const last = decide(later.next, { xmin: 16, own: 16, nowMs: 9e6, seqs: [1, 5] });
  assert.deepEqual(last, { take: [1, 5], next: { through: 5, holes: [] } });
});

test('a number that was rolled back holds up nobody', () => {
  const seen = decide({ through: 0, holes: [] }, { xmin: 11, own: 11, nowMs: 0, seqs: [2] });
  const next = decide(seen.next, { xmin: 12, own: 12, nowMs: 1, seqs: [2] });
  assert.deepEqual(next, { take: [2], next: { through: 2, holes: [] } });
});

test('the youngest open transaction is waited for, though none above it has ended', () => {
  // 101 has drawn 1 and is open, 100 has drawn 2 and ended: a snapshot says xmin 101 and xmax 101.
  const first = decide({ through: 0, holes: [] }, { xmin: 99, own: 99, nowMs: 0, seqs: [2] });
  const second = decide(first.next, { xmin: 101, own: 102, nowMs: PATIENCE_MS, seqs: [2] });
  assert.deepEqual(second.next.holes, [{ from: 1, to: 1, before: 102, sinceMs: 0 }]);
  const third = decide(second.next, { xmin: 103, own: 103, nowMs: 2 * PATIENCE_MS, seqs: [1] });
  assert.deepEqual(third, { take: [1], next: { through: 2, holes: [] } });
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { normal } from '#twin';
import { chance } from '#units';
import { newFade } from './fade.ts';

const START = Temporal.Instant.from('2026-01-01T00:00:00Z');
const worn = { chemistry: 'LFP', ageDays: 800, efc: 800 } as const;

/** One charge a day, losing so many points each, with an error of a tenth of a point. */
function course(many: number, lossAt: (n: number) => number, seed = 1) {
  const dice = chance(seed);
  let soh = 95;
  return Array.from({ length: many }, (_, n) => {
    soh -= lossAt(n);
    return { at: START.add({ hours: 24 * n }), soh: soh + 0.1 * normal(dice) };
  });
}

/** After which of the charges it is said, and what. */
const said = (all: ReturnType<typeof course>) =>
  all.flatMap((_, n) => {
    const fade = newFade(all.slice(0, n + 1), worn);
    return fade ? [{ n, ...fade }] : [];
  });

suite('a pack that fades faster than its kind', () => {
  test('is named once, not with each charge, and with what its kind loses', () => {
    const found = said(course(120, () => 0.05));
    assert.deepEqual([found.length, found[0]?.kind], [1, 'fast']);
    assert.ok(found[0]!.lossPer100 > 3 && found[0]!.usualPer100 < 2, JSON.stringify(found));
  });

  test('that begins to run away is named soon after its knee', () => {
    const found = said(course(120, (n) => (n < 70 ? 0.004 : 0.06)));
    assert.ok(found.length >= 1 && found[0]!.n > 70 && found[0]!.n < 105, JSON.stringify(found));
  });

  test('one that fades as its kind does is left alone, whatever the noise', () => {
    for (let seed = 1; seed <= 20; seed++) assert.deepEqual(said(course(120, () => 0.004, seed)), [], `seed ${seed}`);
  });

  test('few charges say nothing', () => {
    assert.deepEqual(said(course(20, () => 0.5)), []);
  });
});

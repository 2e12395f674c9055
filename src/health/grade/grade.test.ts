import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { vetoKinds } from '../api/grade.ts';
import { BY_TEST, type Evidence } from './evidence.ts';
import { type Decision, grade, isKeptBack, type Standing } from './grade.ts';
import { gradePolicy as policy } from './policy.ts';

const day = (n: number) => Temporal.Instant.from('2026-11-01T00:00:00Z').add({ hours: 24 * n });
const good: Omit<Evidence, 'estimate'> = { vetoes: [], resistanceRatio: 1.2, consistency: 1, historyKnown: true };
const seen = (lower: number, upper: number, { at = 0, basis = 'charge', ...over } = {}): Evidence => ({
  ...good,
  ...over,
  estimate: { soh: (lower + upper) / 2, lower, upper, level: 90, measuredAt: day(at), basis },
});
const codes = ({ reasons }: Decision) => reasons.map((it) => it.code).join(' ');
const graded = (evidence: Evidence, before?: Standing) => grade(policy, evidence, before).grade;

test('the lower bound proves a use; an interval across a limit asks for a test', () => {
  assert.equal(graded(seen(80, 86)), 'vehicle');
  assert.equal(graded(seen(79.9, 86)), 'test-required');
  assert.equal(graded(seen(73, 79.9)), 'storage');
  assert.equal(graded(seen(59.9, 65)), 'test-required');
  assert.equal(graded(seen(50, 59.9)), 'recycle');
  assert.equal(graded({ ...good, estimate: null }), 'test-required');
  const doubted = grade(policy, seen(79, 86));
  assert.deepEqual(doubted.reasons, [
    { code: 'straddles', facts: { use: 'vehicle', lower: 79, upper: 86, limit: 80 } },
  ]);
});

test('after a capacity test nobody asks for another one: the lower bound decides', () => {
  assert.equal(graded(seen(79.5, 80.9, { basis: BY_TEST })), 'storage');
  assert.equal(graded(seen(59.5, 60.9, { basis: BY_TEST })), 'recycle');
  assert.equal(graded(seen(80.1, 81.5, { basis: BY_TEST, at: 1 }), grade(policy, seen(78, 84))), 'vehicle');
});

test('what a test has proved of late is not put in doubt by a wider interval, but by one that lies below', () => {
  const tested = grade(policy, seen(80.5, 82, { basis: BY_TEST }));
  const doubted = grade(policy, seen(77, 83, { at: 100 }), tested);
  assert.deepEqual([doubted.grade, codes(doubted), doubted.testedAt], ['vehicle', 'held-by-test', tested.measuredAt]);
  assert.equal(graded(seen(77, 83, { at: 181 }), doubted), 'test-required');
  assert.equal(graded(seen(74, 78.9, { at: 101 }), doubted), 'storage');
});

test('uneven cells and a high resistance keep a healthy pack out of vehicles, and say so', () => {
  const uneven = grade(policy, { ...seen(90, 94), consistency: 6 });
  assert.deepEqual([uneven.grade, codes(uneven)], ['storage', 'spread-large bound-holds']);
  const resisting = grade(policy, { ...seen(90, 94), resistanceRatio: 1.7 });
  assert.deepEqual([resisting.grade, codes(resisting)], ['storage', 'resistance-high bound-holds']);
  assert.equal(graded({ ...seen(90, 94), consistency: 12 }), 'recycle');
});

test('the same measurement, or an older one, changes nothing', () => {
  const first = grade(policy, seen(85, 90, { at: 5 }));
  for (const at of [5, 4]) {
    const again = grade(policy, seen(40, 45, { at }), first);
    assert.deepEqual([again.outcome, again.grade, codes(again)], ['stale', 'vehicle', 'nothing-new']);
  }
  assert.equal(graded(seen(40, 45, { at: 6 }), first), 'recycle');
  assert.equal(grade(policy, { ...good, estimate: null }, first).outcome, 'stale');
});

test('a pack out of vehicles comes back only by a capacity test', () => {
  const stored = grade(policy, seen(70, 75));
  const better = grade(policy, seen(85, 90, { at: 1 }), stored);
  assert.deepEqual([better.grade, better.outcome], ['storage', 'kept']);
  assert.match(codes(better), /rise-needs-test$/);
  assert.equal(graded(seen(85, 86, { at: 2, basis: BY_TEST }), better), 'vehicle');
  assert.equal(graded(seen(80.5, 81, { at: 2, basis: BY_TEST }), better), 'storage', 'not by less than the margin');
});

test('a pack that only needs a test is still handed out, unless the doubt is about storage', () => {
  assert.equal(isKeptBack(policy, grade(policy, seen(78, 84))), false);
  assert.equal(isKeptBack(policy, grade(policy, { ...good, estimate: null })), false);
  for (const evidence of [seen(58, 64), seen(70, 75), seen(40, 50), { ...seen(90, 95), historyKnown: false }])
    assert.equal(isKeptBack(policy, grade(policy, evidence)), true);
});

const bound = fc.double({ min: 30, max: 105, noNaN: true });
const width = fc.double({ min: 0, max: 12, noNaN: true });
const health = fc.record({
  vetoes: fc.subarray(['thermal-runaway', 'insulation', 'swollen', 'damaged', 'internal-short'] as const),
  resistanceRatio: fc.option(fc.double({ min: 0.8, max: 3, noNaN: true })),
  consistency: fc.option(fc.double({ min: 0, max: 15, noNaN: true })),
  historyKnown: fc.boolean(),
});
const sound = health.map((it) => ({ ...it, vetoes: [], historyKnown: true, resistanceRatio: 1.3 }));
const standing = fc.option(
  fc.constantFrom<Standing>(
    { grade: 'vehicle', straddled: null, measuredAt: null, testedAt: null },
    { grade: 'vehicle', straddled: null, measuredAt: null, testedAt: day(-1).toString() },
    { grade: 'storage', straddled: null, measuredAt: null, testedAt: day(-1).toString() },
    { grade: 'storage', straddled: null, measuredAt: null, testedAt: null },
    { grade: 'recycle', straddled: null, measuredAt: null, testedAt: null },
    { grade: 'quarantine', straddled: null, measuredAt: null, testedAt: null },
    { grade: 'test-required', straddled: 80, measuredAt: null, testedAt: null },
    { grade: 'test-required', straddled: 60, measuredAt: null, testedAt: null },
    { grade: 'test-required', straddled: null, measuredAt: null, testedAt: null },
  ),
  { nil: undefined },
);
const worth = ({ grade, straddled }: Standing): number =>
  ({ recycle: 0, quarantine: 0, storage: 2, vehicle: 4, 'test-required': straddled === 60 ? 1 : 3 })[grade];

test('a higher lower bound never makes a grade worse', () => {
  fc.assert(
    fc.property(
      bound,
      width,
      width,
      sound,
      standing,
      fc.constantFrom('charge', BY_TEST),
      (low, by, rest, it, had, basis) => {
        const upper = low + by + rest;
        const [less, more] = [low, low + by].map((lower) =>
          grade(policy, { ...it, estimate: { ...seen(lower, upper, { basis }).estimate!, soh: upper } }, had),
        );
        assert.ok(worth(more!) >= worth(less!), `${less!.grade} -> ${more!.grade}`);
      },
    ),
    { numRuns: 5000 },
  );
});

test('a veto wins over any bound, any grade before and any age of the measurement', () => {
  fc.assert(
    fc.property(bound, width, health, standing, fc.integer({ min: -5, max: 5 }), (low, by, it, had, at) => {
      const before = had && { ...had, measuredAt: day(0).toString() };
      const decision = grade(policy, { ...seen(low, low + by, { at }), ...it }, before);
      const isVetoed = it.vetoes.length > 0 || !it.historyKnown || (it.resistanceRatio ?? 0) > 2;
      if (isVetoed) {
        assert.ok(['recycle', 'quarantine'].includes(decision.grade));
        assert.ok(isKeptBack(policy, decision) && decision.reasons.every(({ code }) => code === 'veto'));
      } else assert.ok(decision.reasons.every(({ code }) => code !== 'veto'));
    }),
    { numRuns: 5000 },
  );
  assert.equal(policy.vetoes.length, vetoKinds.length);
});

test('noise within the margin never brings a grade back that was left', () => {
  const noise = fc.array(fc.double({ min: -0.99, max: 0.99, noNaN: true }), { minLength: 20, maxLength: 60 });
  fc.assert(
    fc.property(bound, width, noise, (low, by, errors) => {
      const met: string[] = [];
      let before: Decision | undefined;
      for (const [at, error] of errors.entries()) {
        const margin = policy.marginPoints * error;
        before = grade(policy, seen(low + margin, low + by + margin, { at }), before);
        const now = `${before.grade} ${before.straddled}`;
        if (met.at(-1) !== now) met.push(now);
      }
      assert.equal(new Set(met).size, met.length, met.join(', '));
      assert.ok(met.length <= 3, met.join(', '));
    }),
    { numRuns: 2000 },
  );
});

test('deciding twice from the same evidence gives the same', () => {
  fc.assert(
    fc.property(bound, width, health, standing, (low, by, it, before) => {
      const evidence = { ...seen(low, low + by), ...it };
      assert.deepEqual(grade(policy, evidence, before), grade(policy, evidence, before));
    }),
  );
});

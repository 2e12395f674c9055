import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { carPack } from './healthy.ts';
import { leak } from './leak.ts';
import { riskOf } from './risk.ts';
import type { Session } from './session.ts';
import { shipped, wellFor } from './testing.ts';
import { openedTrace } from './trace.ts';
import { cleared, newWatch, type Watch, watched, watchedLive } from './watch.ts';

const { facts } = carPack('NMC');
const sessions = wellFor(12);
const broken = sessions.map((it, n) =>
  n < 30
    ? it
    : {
        ...it,
        points: it.points.map((p) => ({
          ...p,
          cellMv: p.cellMv.map((mv, i) => (i === 5 && mv !== null ? mv - 60 : mv)),
        })),
      },
);
const watch = (its: readonly Session[], from: Watch = newWatch(facts)) =>
  its.reduce((it, session) => watched(it, session, shipped).watch, from);

test('a watch goes through JSON between any two sessions and ends the same to the last bit', () => {
  const whole = watch(broken);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: broken.length }), (at) => {
      const kept: Watch = JSON.parse(JSON.stringify(watch(broken.slice(0, at))));
      assert.deepEqual(watch(broken.slice(at), kept), whole);
    }),
    { numRuns: 15 },
  );
});

test('a watch of 96 cells is stored in less than 20 kB, also of a pack in trouble that streams', () => {
  let whole = watch(broken);
  const { endedS } = broken.at(-1)!;
  const cellMv = broken.at(-1)!.points[0]!.cellMv.map((mv) => mv && mv - 900);
  for (let s = 0; s < 20; s++)
    whole = watchedLive(whole, {
      atS: endedS + s / 2,
      currentA: 1.234567,
      cellMv: cellMv.map((mv) => mv && mv - s / 7),
      probeC: Array.from({ length: facts.probes }, (_, p) => 25.25 + s / 3 + p / 10),
    }).watch;
  const { length } = JSON.stringify(whole);
  assert.ok(whole.signs.length > 0 && length < 20_000, `${length}`);
});

test('a watch that another version kept is refused, not misread', () => {
  const old = { ...newWatch(facts), version: 1 } as unknown as Watch;
  assert.throws(() => watched(old, sessions[0]!, shipped), /version 1, not 2/);
});

test('a session that comes late, or twice, is counted and changes nothing else', () => {
  const whole = watch(broken);
  const again = watch([broken[3]!, broken.at(-1)!], whole);
  assert.deepEqual(again, { ...whole, late: 2 });
});

test('cells in another order give the same reasons of the same cells', () => {
  // Six cells share a probe, so whole groups change places: what is beside what stays.
  const groups = facts.probes;
  const each = facts.cells / groups;
  const said = (its: Watch) => riskOf(its.signs).reasons.filter((it) => it.level !== 'note');
  const first = said(watch(broken));
  assert.ok(first.length > 0);
  fc.assert(
    fc.property(fc.shuffledSubarray([...Array(groups).keys()], { minLength: groups }), (order) => {
      const cellOrder = order.flatMap((p) => Array.from({ length: each }, (_, i) => p * each + i));
      const moved = broken.map((it) => ({
        ...it,
        points: it.points.map((p) => ({ ...p, cellMv: cellOrder.map((i) => p.cellMv[i]!) })),
        probeBeforeC: order.map((p) => it.probeBeforeC[p]!),
        probeAfterC: order.map((p) => it.probeAfterC[p]!),
      }));
      const back = said(watch(moved)).map((it) => ({ ...it, cell: it.cell === null ? null : cellOrder[it.cell]! }));
      assert.equal(back.length, first.length);
      for (const it of back) {
        const same = first.find((one) => one.detector === it.detector && one.by === it.by && one.cell === it.cell);
        assert.ok(same && Math.abs(same.value - it.value) < 1e-9 && same.sinceS === it.sinceS, JSON.stringify(it));
      }
    }),
    { numRuns: 10 },
  );
});

test('what was not read is abstained from: the watch neither breaks nor learns from it', () => {
  const silent = (it: Session): Session => ({
    ...it,
    points: it.points.map((p) => ({ ...p, cellMv: p.cellMv.map(() => null), currentA: null, soc: null })),
    socBefore: null,
    socAfter: null,
    chargedAh: null,
    chargingS: null,
    probeBeforeC: it.probeBeforeC.map(() => null),
    probeAfterC: it.probeAfterC.map(() => null),
    ambientC: null,
    insulationKOhm: null,
  });
  const known = watch(sessions.slice(0, 20));
  const after = watch(sessions.slice(20).map(silent), known);
  assert.deepEqual(after.traces, known.traces);
  assert.equal(after.sessions, sessions.length);
  assert.equal(riskOf(after.signs).level, 'calm');
});

test('one cell that is never read keeps the others watched', () => {
  const blind = broken.map((it) => ({
    ...it,
    points: it.points.map((p) => ({ ...p, cellMv: p.cellMv.map((mv, i) => (i === 70 ? null : mv)) })),
  }));
  const { signs, traces } = watch(blind);
  assert.ok(signs.some((it) => it.cell === 5));
  assert.ok(signs.every((it) => it.cell !== 70));
  const { seen } = openedTrace(traces.leak, leak.habit).of;
  assert.deepEqual([seen[70], seen[71]], [0, sessions.length]);
});

test('a reason says since when, and it stays while the sign stands', () => {
  const [first] = riskOf(watch(broken).signs).reasons;
  assert.ok(first && first.cell === 5 && first.sinceS >= broken[30]!.endedS && first.sinceS <= broken.at(-1)!.endedS);
  assert.ok(first.value > first.threshold);
});

test('a pack that somebody found well is watched anew, from its last session on', () => {
  const anew = cleared(watch(broken));
  assert.equal(riskOf(anew.signs).level, 'calm');
  assert.equal(anew.atS, broken.at(-1)!.endedS);
  assert.equal(watched(anew, broken[0]!, shipped).watch.late, 1);
});

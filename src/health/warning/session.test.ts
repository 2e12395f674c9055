import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carPack } from './healthy.ts';
import { demandFacts, demandSession, probeOf, type Session, WrongSession } from './session.ts';
import { wellFor } from './testing.ts';

const { facts } = carPack('NMC');
const session = wellFor(2)[0]!;
const points = (change: (mv: number | null, i: number) => number | null): Session => ({
  ...session,
  points: session.points.map((it) => ({ ...it, cellMv: it.cellMv.map(change) })),
});

test('a session as a station tells it is taken; null stands for what did not come', () => {
  demandSession(session, facts);
  demandSession(
    points((mv, i) => (i % 7 === 0 ? null : mv)),
    facts,
  );
});

test('what is no number, of another unit, or of another pack is refused by name', () => {
  const wrong: readonly [Session, RegExp][] = [
    [points((mv, i) => (i === 3 ? Number.NaN : mv)), /0 to 6000 mV, got NaN/],
    [points((mv) => mv && mv / 1000), /volts\?/],
    [{ ...session, points: session.points.map((it) => ({ ...it, cellMv: it.cellMv.slice(1) })) }, /95 voltages of 96/],
    [{ ...session, insulationKOhm: Number.NaN }, /insulationKOhm/],
    [{ ...session, probeAfterC: session.probeAfterC.map(() => Number.POSITIVE_INFINITY) }, /probeAfterC/],
    [{ ...session, socAfter: 101 }, /socAfter is from 0 to 100/],
    [{ ...session, endedS: session.startedS }, /ends after it began/],
    [{ ...session, endedS: Number.NaN }, /ends after it began/],
    [{ ...session, points: [...session.points, session.points[0]!] }, /two points/],
  ];
  for (const [it, why] of wrong)
    assert.throws(
      () => demandSession(it, facts),
      (error: Error) => error instanceof WrongSession && why.test(error.message),
      String(why),
    );
});

test('each cell is beside one probe, in order', () => {
  assert.deepEqual(
    [0, 5, 6, 95].map((it) => probeOf(facts, it)),
    [0, 0, 1, 15],
  );
  assert.equal(probeOf({ ...facts, cells: 10, probes: 4 }, 9), 3);
  assert.throws(() => demandFacts({ ...facts, cells: 0 }), RangeError);
  assert.throws(() => demandFacts({ ...facts, capacityAh: Number.NaN }), RangeError);
});

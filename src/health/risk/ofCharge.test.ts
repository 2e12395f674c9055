import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Percent } from '#units';
import { demandSession, pointOf } from '../warning/session.ts';
import { type CellSample, factsOf, sessionOf, tellsCells } from './ofCharge.ts';

const plate = { chemistry: 'NMC', series: 4, capacityAh: 100 } as const;
const BEGAN = Temporal.Instant.from('2026-01-01T08:00:00Z');
const cells = (mv: number) => [mv, mv + 1, mv - 1, mv];

const told = (minutes: number, currentA: number, more: Partial<CellSample> = {}): CellSample => ({
  at: BEGAN.add({ seconds: Math.round(minutes * 60) }),
  ...{ currentA, voltageV: 16, ...more },
});

/** Connected, charged for an hour at 50 A, settled, at rest. */
const charge: readonly CellSample[] = [
  told(0, 0, { soc: 10 as Percent, cellMv: cells(3500), probesC: [20, 21] }),
  told(1, 50),
  told(30, 50, { soc: 60.4 as Percent, cellMv: cells(3800) }),
  told(60, 50, { soc: 90 as Percent, cellMv: cells(4100), probesC: [30, 31] }),
  told(61, 0, { cellMv: cells(4050), insulationOhmPerV: 20_000 }),
  told(90, 0, { cellMv: cells(4040) }),
];
const facts = factsOf(plate, charge);
const endedS = charge[3]!.at.epochMilliseconds / 1000;
const session = sessionOf(charge, endedS, facts)!;
const without = (index: number) => charge.filter((_, n) => n !== index);

suite('what early warning sees of a charge in a slot', () => {
  test('its cells midway, under the last current and half an hour later; what flowed; how warm it came and went', () => {
    assert.deepEqual(facts, { chemistry: 'NMC', capacityAh: 100, cells: 4, probes: 2, hottestC: 60 });
    demandSession(session, facts);
    assert.deepEqual(
      session.points.map((it) => [it.at, it.currentA, it.cellMv[0]]),
      [
        ['equal-soc', 50, 3800],
        ['end-of-charge', 50, 4100],
        ['rest-after', 0, 4040],
      ],
    );
    assert.deepEqual([session.socBefore, session.socAfter, session.chargingS], [10, 90, 3600]);
    assert.ok(Math.abs(session.chargedAh! - 50) < 0.5, `${session.chargedAh} Ah`);
    assert.deepEqual(
      [session.probeBeforeC, session.probeAfterC],
      [
        [20, 21],
        [30, 31],
      ],
    );
    assert.equal(session.insulationKOhm, 320);
    assert.equal(session.endedS - endedS, 1800);
  });

  test('a pack that waited for half an hour first was at rest before, too', () => {
    const waited = [told(-40, 0, { cellMv: cells(3510) }), ...charge];
    assert.equal(pointOf(sessionOf(waited, endedS, facts)!, 'rest-before')!.cellMv[0], 3500);
  });

  test('without the last sample it has not rested, without cells in it there is no point', () => {
    assert.equal(pointOf(sessionOf(without(5), endedS, facts)!, 'rest-after'), undefined);
    const blind = charge.map((it, n) => (n === 3 ? { ...it, cellMv: [4100, 4100] } : it));
    assert.equal(pointOf(sessionOf(blind, endedS, facts)!, 'end-of-charge'), undefined);
  });

  test('what charges after it is another session, also when it cuts the rest short', () => {
    const next = [told(70, 40, { cellMv: cells(4060) }), told(80, 40), told(81, 0)];
    const cut = sessionOf([...charge.slice(0, 5), ...next], endedS, facts)!;
    assert.equal(pointOf(cut, 'rest-after'), undefined);
    assert.deepEqual(
      { ...cut, points: [], endedS: 0, insulationKOhm: 0 },
      { ...session, points: [], endedS: 0, insulationKOhm: 0 },
    );
  });

  test('a pack that gave its charge back, or took none, has none', () => {
    const back = charge.map((it) => ({ ...it, currentA: -it.currentA! }));
    assert.equal(sessionOf(back, endedS, facts), undefined);
    assert.equal(sessionOf(charge, charge[0]!.at.epochMilliseconds / 1000, facts), undefined);
    assert.equal(sessionOf([], endedS, facts), undefined);
  });

  test('a station that tells no cells, or those of another pack, tells nothing of this one', () => {
    assert.ok(tellsCells(charge, plate));
    assert.ok(!tellsCells(charge, { ...plate, series: 96 }));
    assert.ok(
      !tellsCells(
        charge.map(({ cellMv, ...it }) => it),
        plate,
      ),
    );
  });

  test('in whatever order samples come, and whichever are missing, what is made of them can be', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...charge]), (some) => {
        const it = sessionOf(some, endedS, facts);
        if (it) demandSession(it, facts);
        if (some.length === charge.length) assert.deepEqual(it, session);
      }),
    );
  });
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Risk } from '../warning/risk.ts';
import type { Session } from '../warning/session.ts';
import type { Sign } from '../warning/sign.ts';
import { consistencyIn, isGraver, standing, vetoesOf } from './stands.ts';

const sign = (detector: Sign['detector'], level: Sign['level'] = 'stop'): Sign => ({
  ...{ detector, level, by: 'held', cell: 3, probe: null, value: 9, threshold: 5, sinceS: 0 },
});
const risk = (level: Risk['level'], ...reasons: Sign[]): Risk => ({ level, reasons });
const calm = risk('calm');

suite('what stands against a pack', () => {
  test('an alarm does not take itself back; a graver one, and a newer of the same weight, takes its place', () => {
    const leaks = risk('stop', sign('leak'));
    const warm = risk('inspect', sign('heat', 'inspect'));
    assert.equal(standing(leaks, calm), leaks);
    assert.equal(standing(leaks, warm), leaks);
    assert.equal(standing(warm, leaks), leaks);
    assert.equal(standing(leaks, risk('stop', sign('voltage'))).reasons[0]!.detector, 'voltage');
  });

  test('a stopped pack that runs away is graver; the same again is not', () => {
    const leaks = risk('stop', sign('leak'));
    const burns = risk('stop', sign('runaway'), sign('leak'));
    assert.deepEqual(
      [isGraver(leaks, calm), isGraver(burns, leaks), isGraver(burns, burns), isGraver(leaks, leaks)],
      [true, true, false, false],
    );
  });

  test('only what stops a pack is a veto for its grade, each once', () => {
    assert.deepEqual(vetoesOf(risk('stop', sign('leak'), sign('voltage'), sign('heat'))), ['internal-short']);
    assert.deepEqual(vetoesOf(risk('stop', sign('runaway'), sign('insulation-law'))), [
      'thermal-runaway',
      'insulation',
    ]);
    assert.deepEqual(vetoesOf(risk('inspect', sign('leak', 'inspect'), sign('resistance', 'note'))), []);
  });

  test('how far cells lie apart is read where the curve is steep, and nowhere else', () => {
    const facts = { capacityAh: 100, cells: 3, probes: 1, hottestC: 60 };
    const rested = (...cellMv: (number | null)[]) =>
      ({ points: [{ at: 'rest-after', currentA: 0, soc: 90, cellMv }] }) as unknown as Session;
    const apart = consistencyIn(rested(4080, 4070, null), { ...facts, chemistry: 'NMC' })!;
    assert.ok(apart > 0.5 && apart < 3, `${apart} points`);
    assert.equal(consistencyIn(rested(3310, 3309, 3311), { ...facts, chemistry: 'LFP' }), undefined);
    assert.equal(consistencyIn(rested(4080, null, null), { ...facts, chemistry: 'NMC' }), undefined);
    assert.equal(consistencyIn({ points: [] } as unknown as Session, { ...facts, chemistry: 'NMC' }), undefined);
  });
});

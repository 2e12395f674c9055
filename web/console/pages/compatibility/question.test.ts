import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { checkOf, type Question, readQuestion, writeQuestion } from './question.ts';

const word = fc.stringMatching(/^[a-z0-9:-]{1,12}$/);
const question: fc.Arbitrary<Question> = fc.record(
  {
    vehicle: word,
    pack: word,
    codes: fc.uniqueArray(fc.stringMatching(/^[0-9A-Z]{6}$/), { maxLength: 12 }),
    blocks: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
    where: word,
    bay: fc.integer({ min: 1, max: 99 }),
    vehicleFirmware: fc.constantFrom('', '2.14.3'),
    stationFirmware: fc.constantFrom('', '1.0'),
    day: fc.constantFrom('', '2026-06-30'),
  },
  { noNullPrototype: true },
);

suite('a question of compatibility in the address', () => {
  test('comes out of its own link as it went in', () => {
    fc.assert(
      fc.property(question, (it) => {
        assert.deepEqual(readQuestion(writeQuestion(it)), it);
      }),
    );
  });

  test('is not asked before car, pack and place are known', () => {
    const it = readQuestion({ vehicle: 'nio-et5', pack: 'nio-100' });
    assert.equal(checkOf(it, undefined), undefined);
    assert.equal(checkOf({ ...it, vehicle: '' }, 'nio-g3'), undefined);
    assert.equal(checkOf({ ...it, pack: '' }, 'nio-g3'), undefined);
    assert.deepEqual(checkOf(it, 'nio-g3'), {
      vehicleModelId: 'nio-et5',
      presetId: 'nio-g3',
      bay: 1,
      packModelId: 'nio-100',
    });
  });

  test('packs with a code count before a model, and firmware of one side leaves the other the newest', () => {
    const it = readQuestion({ vehicle: 'a', pack: 'b', codes: 'X1 X2, X1', vfw: '1.2' });
    assert.deepEqual(checkOf(it, 'p'), {
      vehicleModelId: 'a',
      presetId: 'p',
      bay: 1,
      packs: ['X1', 'X2'],
      firmware: { vehicle: '1.2', station: '999' },
    });
  });

  test('rubbish in a link is passed over', () => {
    const it = readQuestion({ blocks: '-3', bay: 'x', day: 'tomorrow' });
    assert.deepEqual([it.blocks, it.bay, it.day], [undefined, 1, '']);
    assert.equal(checkOf({ ...it, vehicle: 'a', pack: 'b', vehicleFirmware: 'new' }, 'p'), undefined);
  });
});

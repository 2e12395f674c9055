import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fits, packModels, stationPresets, vehicleModels } from '#pack';
import { clauseInWords, valueInWords } from './said.ts';

const at = Temporal.Instant.from('2026-11-22T08:00:00Z');

suite('clauses in Chinese', () => {
  test('whatever may deny a pack of the catalogue is said in Chinese', () => {
    const foreign = new Set<string>();
    for (const car of vehicleModels)
      for (const pack of packModels)
        for (const station of stationPresets) {
          const verdict = fits(car, pack, station, at, { blocks: 5 });
          for (const it of verdict.allowed ? verdict.because : verdict.denied)
            if (clauseInWords(it, 'zh-CN').lang === 'en') foreign.add(it.id);
        }
    assert.deepEqual([...foreign], []);
  });

  test('values keep their numbers', () => {
    assert.equal(valueInWords('at most 300 kg', 'zh-CN'), '不超过 300 kg');
    assert.equal(valueInWords('within 240 to 450 V', 'zh-CN'), '在 240 至 450 V 之内');
    assert.equal(valueInWords('2700 to 3100 mm', 'zh-CN'), '2700 至 3100 mm');
    assert.equal(valueInWords('nio-hv-400', 'zh-CN'), 'nio-hv-400');
    assert.equal(valueInWords('at most 300 kg', 'en'), 'at most 300 kg');
  });

  test('a clause without words of ours stands as the server says it', () => {
    const strange = { id: 'GB/T 1 1.1 weather', says: 'the weather is fair' };
    assert.deepEqual(clauseInWords(strange, 'zh-CN'), { text: 'the weather is fair', lang: 'en' });
  });
});

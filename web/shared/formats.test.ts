import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { formatsFor } from './formats.ts';

const [english, chinese] = [formatsFor('en'), formatsFor('zh-CN')];

suite('numbers as a reader expects them', () => {
  test('energy and power take the unit that reads best', () => {
    assert.deepEqual([0, 9_900, 42_345, 1_234_567, 12_345_678].map(english.energy), [
      '0 kWh',
      '9.9 kWh',
      '42.3 kWh',
      '1,235 kWh',
      '12.3 MWh',
    ]);
    assert.equal(chinese.power(3_322_000), '3,322 kW');
  });

  test('money is yuan with two digits, large sums without', () => {
    assert.equal(english.yuan(123_456), '¥1,234.56');
    assert.equal(chinese.wholeYuan(12_345_678), '¥123,457');
  });

  test("an instant is shown in the network's zone, wherever the reader sits", () => {
    const instant = Date.parse('2026-11-22T16:30:05Z');
    assert.equal(english.time(instant), '00:30');
    assert.match(english.date(instant), /23/);
    assert.match(chinese.date(instant), /11月23日/);
    assert.equal(english.dateTime(instant), '2026-11-23 00:30:05');
    assert.equal(chinese.day(instant), '2026-11-23');
  });

  test('ages go from seconds to hours and never into the future', () => {
    assert.deepEqual([-500, 3_200, 70_000, 7_300_000].map(english.ago), ['now', '3s ago', '1m ago', '2h ago']);
    assert.equal(chinese.ago(3_200), '3秒前');
  });

  test('a length of time is minutes and seconds, with hours when there are some', () => {
    assert.deepEqual([61_000, 3_600_000 + 65_000].map(english.lasting), ['1:01', '1:01:05']);
  });
});

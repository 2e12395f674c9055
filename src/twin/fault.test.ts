// Faults that are put in do what they do in the world, to the pack or to what is read of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Celsius, chance, Percent } from '#units';
import type { Fault } from './fault.ts';
import { PackTwin } from './packTwin.ts';
import { type Sensed, sensed, usualSensors } from './sense.ts';

const mild = Celsius(25);
const packWith = (faults: readonly Fault[], model = 'nmc-75a') =>
  new PackTwin({ model, series: 12, capacityAh: 100, faults, soc: Percent(60) });
const rest = (pack: PackTwin, hours: number) => {
  for (let n = 0; n < hours * 6; n++) pack.step(0, 600, mild);
};
const still = { ...usualSensors, dropout: 0, voltNoise: 0, currentNoise: 0 };

test('a short of 100 ohm in an NMC cell takes 0.8 to 0.9 Ah and 6 to 8 mV a day; of 10 ohm, 8 to 9 % of charge', () => {
  const weak = packWith([{ kind: 'internal-short', fromS: 0, cell: 3, ohm: 100 }]);
  rest(weak, 24);
  const lostAh = (0.6 - weak.cells.soc[3]!) * 100;
  assert.ok(lostAh > 0.8 && lostAh < 0.95, `${lostAh} Ah`);
  const apart = 1000 * (weak.cells.volts[0]! - weak.cells.volts[3]!);
  assert.ok(apart > 5 && apart < 12, `${apart} mV`);
  const strong = packWith([{ kind: 'internal-short', fromS: 0, cell: 3, ohm: 10 }]);
  rest(strong, 24);
  const lost = 100 * (0.6 - strong.cells.soc[3]!);
  assert.ok(lost > 8 && lost < 9.3, `${lost} %`);
});

test('a short warms its cell alone: about 12 W at 1 ohm; at a hundredth of that it runs away', () => {
  const warm = packWith([{ kind: 'internal-short', fromS: 0, cell: 3, ohm: 1 }]);
  rest(warm, 2);
  assert.ok(warm.cells.celsius[3]! > warm.cells.celsius[0]! + 5);
  const hot = packWith([{ kind: 'internal-short', fromS: 5, cell: 3, ohm: 0.003 }]);
  for (let n = 0; n < 10; n++) hot.step(0, 1, mild);
  const before = hot.cells.celsius[3]!;
  hot.step(0, 1, mild);
  assert.ok(hot.cells.celsius[3]! - before >= 1, 'a kelvin a second');
  const sound = hot.cells.volts[0]!;
  assert.ok(hot.cells.volts[3]! < 0.9 * sound, `${hot.cells.volts[3]}`);
  const dead = packWith([{ kind: 'internal-short', fromS: 0, cell: 3, ohm: 0.001 }]);
  dead.step(0, 1, mild);
  assert.ok(dead.cells.volts[3]! < 0.75 * sound, 'a quarter of the voltage is gone at once');
});

test('a cell that its short has emptied is warm no longer: no energy comes from nowhere', () => {
  const pack = packWith([{ kind: 'internal-short', fromS: 0, cell: 3, ohm: 0.5 }]);
  rest(pack, 24);
  assert.equal(pack.cells.soc[3], 0);
  rest(pack, 24);
  assert.ok(Math.abs(pack.cells.celsius[3]! - 25) < 0.1, `${pack.cells.celsius[3]}`);
});

test('before its moment a fault does nothing', () => {
  const sound = packWith([]);
  const later = packWith([
    { kind: 'internal-short', fromS: 7200, cell: 0, ohm: 1 },
    { kind: 'resistance', fromS: 7200, cell: 1, times: 3, withinS: 10 },
    { kind: 'coolant', fromS: 7200, remains: 0 },
    { kind: 'insulation', fromS: 7200, kOhm: 10, withinS: 10 },
  ]);
  for (let n = 0; n < 60; n++) assert.deepEqual(later.step(50, 60, mild), sound.step(50, 60, mild));
  rest(later, 3);
  rest(sound, 3);
  assert.notDeepEqual(later.step(50, 60, mild), sound.step(50, 60, mild));
});

test('a cell whose resistance grows sags under load and stands with the others at rest', () => {
  const pack = packWith([{ kind: 'resistance', fromS: 0, cell: 2, times: 3, withinS: 3600 }]);
  pack.step(0, 1800, mild);
  pack.step(80, 60, mild);
  const half = pack.cells.volts[0]! - pack.cells.volts[2]!;
  pack.step(0, 3600, mild);
  pack.step(80, 60, mild);
  const whole = pack.cells.volts[0]! - pack.cells.volts[2]!;
  assert.ok(half > 0.02 && whole > 1.6 * half, `${half} ${whole}`);
  rest(pack, 2);
  assert.ok(Math.abs(pack.cells.volts[0]! - pack.cells.volts[2]!) < 0.002);
});

test('without coolant a pack at work gets warmer', () => {
  const work = (pack: PackTwin) => {
    for (let n = 0; n < 60; n++) pack.step(n % 2 === 0 ? 150 : -150, 60, mild);
    return pack.truth().celsius;
  };
  assert.ok(work(packWith([{ kind: 'coolant', fromS: 0, remains: 0.05 }])) > work(packWith([])) + 3);
});

test('insulation falls to where it was told to, over the time it was told', () => {
  const pack = packWith([{ kind: 'insulation', fromS: 0, kOhm: 50, withinS: 3600 }]);
  const sound = packWith([]).truth().insulationKOhm;
  pack.step(0, 1800, mild);
  const half = pack.step(0, 60, mild).insulationKOhm;
  pack.step(0, 3600, mild);
  const end = pack.step(0, 60, mild).insulationKOhm;
  assert.ok(half < sound && half > 50 && Math.abs(end - 50) < 1e-9, `${sound} ${half} ${end}`);
});

test('sensors tell the truth to their noise and steps; now and then nothing', () => {
  const pack = packWith([]);
  pack.step(40, 60, mild);
  const dice = chance(2);
  const errors: number[] = [];
  let missing = 0;
  for (let n = 0; n < 2000; n++) {
    const { cellVolts, celsius } = sensed(pack, 40, dice, { sensors: { ...usualSensors, dropout: 0.02 } });
    for (const it of cellVolts) {
      if (it === null) missing++;
      else errors.push(it - pack.cells.volts[0]!);
    }
    for (const it of celsius) assert.ok(it === null || Number.isInteger(it));
  }
  const deviation = Math.sqrt(errors.reduce((sum, it) => sum + it * it, 0) / errors.length);
  assert.ok(Math.abs(deviation - 0.002) < 2e-4, `${deviation}`);
  assert.ok(Math.abs(missing / 24_000 - 0.02) < 0.005, `${missing}`);
});

test('each fault of a sensor is in what is read, never in the pack', () => {
  const sensor = (
    of: 'cell-voltage' | 'current' | 'temperature',
    does: Extract<Fault, { kind: 'sensor' }>['does'],
  ): Fault => ({
    kind: 'sensor',
    fromS: 0,
    of,
    at: 0,
    does,
  });
  const read = (faults: readonly Fault[], before?: Sensed) => {
    const pack = packWith(faults);
    pack.step(40, 60, mild);
    return sensed(pack, 40, chance(1), { sensors: still, ...(before && { before }) });
  };
  const sound = read([]);
  assert.ok(
    Math.abs(read([sensor('cell-voltage', { is: 'offset', by: 0.05 })]).cellVolts[0]! - sound.cellVolts[0]! - 0.05) <
      2e-3,
  );
  assert.equal(read([sensor('cell-voltage', { is: 'offset', by: 0.05 })]).cellVolts[1], sound.cellVolts[1]);
  assert.equal(read([sensor('current', { is: 'offset', by: -5 })]).currentA, 35);
  assert.equal(read([sensor('temperature', { is: 'dropout', share: 1 })]).celsius[0], null);
  assert.notEqual(read([sensor('cell-voltage', { is: 'noise', deviation: 0.1 })]).cellVolts[0], sound.cellVolts[0]);
  const old: Sensed = { ...sound, cellVolts: sound.cellVolts.map(() => 3.333) };
  assert.equal(read([sensor('cell-voltage', { is: 'stuck' })], old).cellVolts[0], 3.333);
  assert.equal(read([sensor('cell-voltage', { is: 'stuck' })], old).cellVolts[1], sound.cellVolts[1]);
});

test('a fault that cannot be is refused when the pack is made', () => {
  const wrong: readonly Fault[] = [
    { kind: 'internal-short', fromS: 0, cell: 12, ohm: 10 },
    { kind: 'internal-short', fromS: 0, cell: 1, ohm: 0 },
    { kind: 'resistance', fromS: 0, cell: 1, times: 0.5, withinS: 1 },
    { kind: 'insulation', fromS: 0, kOhm: Number.NaN, withinS: 1 },
    { kind: 'coolant', fromS: 0, remains: 2 },
    { kind: 'sensor', fromS: 0, of: 'current', does: { is: 'dropout', share: 7 } },
    { kind: 'coolant', fromS: Number.NaN, remains: 0 },
  ];
  for (const it of wrong) assert.throws(() => packWith([it]), RangeError, JSON.stringify(it));
});

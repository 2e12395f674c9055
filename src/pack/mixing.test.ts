import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type PackCode, Percent } from '#units';
import { packModel } from './catalogue/packs.ts';
import { stationPreset } from './catalogue/stations.ts';
import { vehicleModel } from './catalogue/vehicles.ts';
import { compatible } from './compatibility.ts';
import { Firmware } from './firmware.ts';
import { bayOf, type PackFacts, type PackModelId, type StationPresetId, type VehicleModelId } from './model.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const at = Temporal.Instant.from('2026-11-22T08:00:00Z');
const station = stationPreset('choco-30' as StationPresetId)!;
const modular = vehicleModel('bestune-nat' as VehicleModelId)!;
const good: PackFacts = {
  code: 'block-1' as PackCode,
  model: 'choco-block-26' as PackModelId,
  capacityWh: packModel('choco-block-26' as PackModelId)!.energyWh,
  soh: Percent(90),
  soc: Percent(80),
  quarantined: false,
  recalled: false,
  producedOn: day('2024-05-01'),
  leakTestedOn: day('2026-11-22'),
  leakTestPassed: true,
  firmware: Firmware('1.4.0'),
  efc: 300,
  matingCycles: 310,
};
const block = (n: number, over: Partial<PackFacts> = {}): PackFacts => ({
  ...good,
  code: `block-${n}` as PackCode,
  ...over,
});
const about = (packs: readonly PackFacts[], when = at) => {
  const verdict = compatible({
    vehicle: modular,
    packs,
    station,
    bay: bayOf(station),
    firmware: { vehicle: Firmware('1.0.0'), station: Firmware('1.0.0') },
    at: when,
  });
  return verdict.allowed ? [] : verdict.denied.map((it) => it.about);
};

test('one, two or three matched blocks may run a modular car; none or four may not', () => {
  assert.deepEqual(about([block(1)]), []);
  assert.deepEqual(about([block(1), block(2), block(3)]), []);
  assert.deepEqual(about([]), ['block-count']);
  assert.deepEqual(about([1, 2, 3, 4].map((n) => block(n))), ['block-count']);
});

test('quarantined, recalled, untested, leaking, second-use and over-age packs are always denied', () => {
  const bad: readonly [string, Partial<PackFacts>][] = [
    ['quarantine', { quarantined: true }],
    ['recall', { recalled: true }],
    ['leak-test', { leakTestedOn: null }],
    ['leak-test', { leakTestPassed: false }],
    ['leak-test', { leakTestedOn: day('2026-11-23') }],
    ['age', { producedOn: day('2018-11-22') }],
    ['health', { soh: Percent(0) }],
    ['leak-test', { leakTestedOn: day('2024-04-30') }],
    ['second-use', { code: '001PB24F3C0221953RP' as PackCode }],
    ['second-use', { code: 'AB12F48-R-26B2201' as PackCode }],
  ];
  for (const [fact, over] of bad) {
    assert.deepEqual(about([block(1, over)]), [fact], JSON.stringify(over));
    const besides = fact === 'health' ? ['set-soh'] : [];
    assert.deepEqual(about([block(2), block(1, over)]), [...besides, fact]);
  }
  assert.deepEqual(about([block(1, { producedOn: day('2026-11-23') })]), ['age', 'leak-test']);
});

test('a pack is over age on its model’s birthday, not the day before, and days begin in China', () => {
  const born = (text: string) => [block(1, { producedOn: day(text), leakTestedOn: day('2020-02-29') })];
  assert.deepEqual(about(born('2018-11-23')), []);
  assert.deepEqual(about(born('2018-11-23'), Temporal.Instant.from('2026-11-22T15:59:59Z')), []);
  assert.deepEqual(about(born('2018-11-23'), Temporal.Instant.from('2026-11-22T16:00:00Z')), ['age']);
  assert.deepEqual(about(born('2020-02-29'), Temporal.Instant.from('2028-02-28T12:00:00Z')), []);
  assert.deepEqual(about(born('2020-02-29'), Temporal.Instant.from('2028-02-28T16:00:00Z')), ['age']);
});

test('blocks of one set match in firmware, charge and health, and are different blocks', () => {
  assert.deepEqual(about([block(1), block(2, { firmware: Firmware('1.4.1') })]), ['set-firmware']);
  assert.deepEqual(about([block(1), block(2, { soc: Percent(85) })]), []);
  assert.deepEqual(about([block(1), block(2, { soc: Percent(85.1) })]), ['set-soc']);
  assert.deepEqual(about([block(1), block(2), block(3, { soh: Percent(86.9) })]), ['set-soh']);
  assert.deepEqual(about([block(1), block(1)]), ['same-pack-twice']);
});

test('no other fact of a pack or of its set makes up for one that denies', () => {
  const flaw = fc.constantFrom<Partial<PackFacts>>(
    { quarantined: true },
    { recalled: true },
    { leakTestedOn: null },
    { leakTestPassed: false },
    { producedOn: day('2010-01-01') },
  );
  const anything = fc.record({
    soc: fc.integer({ min: 0, max: 100 }).map(Percent),
    soh: fc.integer({ min: 0, max: 100 }).map(Percent),
    efc: fc.nat(4000),
    matingCycles: fc.nat(4999),
    firmware: fc.constantFrom(Firmware('1.4.0'), Firmware('99.0.0')),
  });
  fc.assert(
    fc.property(flaw, fc.array(anything, { minLength: 1, maxLength: 3 }), fc.nat(2), (over, facts, at_) => {
      const packs = facts.map((it, n) => block(n, { ...it, ...(n === at_ % facts.length && over) }));
      assert.notDeepEqual(about(packs), []);
    }),
  );
});

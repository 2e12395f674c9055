import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PackCode, Percent } from '#units';
import { packModel, packModels } from './catalogue/packs.ts';
import { stationPreset, stationPresets } from './catalogue/stations.ts';
import { vehicleModel, vehicleModels } from './catalogue/vehicles.ts';
import { advice, compatible, isAllowed, isPackAllowed, packDenials } from './compatibility.ts';
import { Firmware } from './firmware.ts';
import { fits } from './fitting.ts';
import { bayOf, type PackFacts, type PackModelId, type StationPresetId, type VehicleModelId } from './model.ts';
import type { Question } from './standards/clause.ts';

const at = Temporal.Instant.from('2026-11-22T08:00:00Z');
const vehicle = (id: string) => vehicleModel(id as VehicleModelId)!;
const station = (id: string) => stationPreset(id as StationPresetId)!;
const model = (id: string) => packModel(id as PackModelId)!;

let made = 0;
const pack = (id: string, over: Partial<PackFacts> = {}): PackFacts => ({
  code: `001PB20PL00001F11${String(++made).padStart(7, '0')}` as PackCode,
  model: id as PackModelId,
  capacityWh: model(id).energyWh,
  soh: Percent(95),
  soc: Percent(90),
  quarantined: false,
  recalled: false,
  producedOn: Temporal.PlainDate.from('2025-01-01'),
  leakTestedOn: Temporal.PlainDate.from('2026-11-20'),
  leakTestPassed: true,
  firmware: Firmware('2.1.0'),
  efc: 200,
  matingCycles: 220,
  ...over,
});
const question = (car: string, at_: string, packs: readonly PackFacts[], over: Partial<Question> = {}): Question => ({
  vehicle: vehicle(car),
  station: station(at_),
  bay: bayOf(station(at_)),
  packs,
  firmware: { vehicle: Firmware('3.0.0'), station: Firmware('3.0.0') },
  at,
  ...over,
});
const denied = (q: Question) => {
  const verdict = compatible(q);
  assert.equal(isAllowed(q), verdict.allowed);
  return verdict.allowed ? [] : verdict.denied;
};
const about = (q: Question) =>
  denied(q)
    .map((it) => it.about)
    .toSorted();

test('each brand’s car takes its own packs at its own station, and says by which clauses', () => {
  for (const [car, where, id] of [
    ['nio-et5', 'nio-g2', 'nio-75'],
    ['nio-es6', 'nio-g4', 'nio-150'],
    ['onvo-l60', 'nio-g3', 'onvo-60'],
    ['firefly', 'nio-g5', 'firefly-42'],
    ['oshan-520-taxi', 'choco-14', 'choco-20-nmc'],
    ['livan-9', 'geely-27', 'gbrc-50'],
    ['city-van', 'choco-30', 'choco-25-lfp'],
    ['tractor-6x4', 'truck-bay', 'choco-75-lfp'],
    ['courier-scooter', 'cabinet-12', 'two-wheeler-48v'],
  ] as const) {
    const verdict = compatible(question(car, where, [pack(id)]));
    assert.ok(verdict.allowed, `${car}: ${JSON.stringify(verdict)}`);
    assert.ok(verdict.because.some((it) => it.about === 'lock') && verdict.because.some((it) => it.about === 'recall'));
  }
});

test('another brand’s pack is denied by the fewest clauses that say why, with measured and required', () => {
  const verdict = denied(question('nio-et5', 'nio-g4', [pack('choco-25-lfp')]));
  assert.deepEqual(verdict.map((it) => it.about).toSorted(), [
    'bms-protocol',
    'cooling-interface',
    'electrical-interface',
    'family',
    'lock',
    'outline',
  ]);
  const lock = verdict.find((it) => it.about === 'lock')!;
  assert.equal(lock.standard, 'QC/T 1204.4-2024');
  assert.match(lock.sentence, /measured choco-snap, required nio-bolt-10 \(QC\/T 1204\.4-2024 4\.3\)/);
});

test('an interface that stands 3 mm off is denied by the position alone, 2 mm is within QC/T 1204.4', () => {
  const { mount } = vehicle('nio-et5');
  const moved = (x: number) => ({ ...vehicle('nio-et5'), mount: { ...mount, coolingAt: { ...mount.coolingAt, x } } });
  const q = question('nio-et5', 'nio-g4', [pack('nio-75')]);
  assert.deepEqual(about({ ...q, vehicle: moved(mount.coolingAt.x + 2) }), []);
  assert.deepEqual(about({ ...q, vehicle: moved(mount.coolingAt.x + 3) }), ['cooling-position']);
});

test('the gate, the lift, the bay, the profile, the voltage and each firmware deny on their own', () => {
  const q = question('livan-9', 'geely-27', [pack('gbrc-50')]);
  const car = q.vehicle;
  assert.deepEqual(about({ ...q, vehicle: { ...car, wheelbaseMm: 2699 } }), ['wheelbase']);
  assert.deepEqual(about({ ...q, vehicle: { ...car, wheelbaseMm: null } }), ['wheelbase']);
  assert.deepEqual(about({ ...q, bay: { ...q.bay, maxLoadKg: 349 } }), ['lift']);
  assert.deepEqual(about({ ...q, bay: { ...q.bay, inService: false } }), ['bay']);
  assert.deepEqual(about({ ...q, bay: { ...q.bay, profile: 'cabinet' } }), ['swap-profile']);
  assert.deepEqual(about({ ...q, vehicle: { ...car, voltage: { min: 300, max: 450 } } }), ['voltage']);
  assert.deepEqual(about({ ...q, vehicle: { ...car, maxPackMassKg: 300 } }), ['pack-mass']);
  assert.deepEqual(about({ ...q, vehicle: { ...car, minPackFirmware: Firmware('2.1.1') } }), ['pack-firmware']);
  assert.deepEqual(about({ ...q, firmware: { ...q.firmware, vehicle: Firmware('0.9') } }), ['vehicle-firmware']);
  assert.deepEqual(about({ ...q, firmware: { ...q.firmware, station: Firmware('0.9') } }), ['station-firmware']);
  assert.deepEqual(about({ ...q, packs: [pack('gbrc-50', { matingCycles: 5000 })] }), ['matings']);
});

test('from 1 July 2026 a common-platform car takes common-platform packs only (QC/T 1243)', () => {
  const car = { ...vehicle('aion-s-taxi'), commonPlatform: true };
  const q = question('aion-s-taxi', 'choco-30', [pack('choco-25-lfp')], { vehicle: car });
  assert.deepEqual(about(q), ['common-platform']);
  assert.deepEqual(about({ ...q, at: Temporal.Instant.from('2026-06-30T15:59:59Z') }), ['leak-test']);
  assert.deepEqual(about({ ...q, vehicle: vehicle('aion-s-taxi') }), []);
});

test('where two standards demand the same, one denial names both', () => {
  const car = { ...vehicle('nio-et5'), commonPlatform: true, mount: { ...vehicle('nio-et5').mount, lock: 'other' } };
  const lock = denied(question('nio-et5', 'nio-g4', [pack('nio-75')], { vehicle: car })).filter(
    (it) => it.about === 'lock',
  );
  assert.deepEqual([lock.length, lock[0]!.also], [1, ['QC/T 1243.2-2025 interchangeability lock']]);
});

test('what cannot be judged is denied: unknown models, missing numbers, times without a profile, no packs', () => {
  const q = question('nio-et5', 'nio-g4', [pack('nio-75')]);
  const born2018 = pack('nio-75', {
    producedOn: Temporal.PlainDate.from('2018-01-01'),
    leakTestedOn: Temporal.PlainDate.from('2018-06-01'),
  });
  assert.deepEqual(about({ ...q, packs: [pack('nio-75', { model: 'nobody' as PackModelId })] }), ['known-model']);
  assert.deepEqual(about({ ...q, at: Temporal.Instant.from('2019-01-01T00:00:00Z'), packs: [born2018] }), [
    'profile-in-force',
  ]);
  const early = { ...q, at: Temporal.Instant.from('2019-01-01T00:00:00Z') };
  assert.equal(isPackAllowed(early, pack('nio-75')), false);
  assert.deepEqual(about({ ...early, packs: [] }), ['block-count']);
  assert.deepEqual(about({ ...q, packs: [] }), ['block-count']);
  assert.deepEqual(about({ ...q, packs: [pack('nio-75', { soc: Number.NaN as Percent })] }), ['set-soc']);
  assert.deepEqual(about({ ...q, packs: [pack('nio-75', { firmware: Number.NaN as Firmware })] }), [
    'pack-firmware',
    'set-firmware',
  ]);
});

test('a slow station is advised against by GB/T 29772, not denied', () => {
  const slow = { ...station('nio-g2'), swapSeconds: 301 };
  const q = question('nio-et5', 'nio-g2', [pack('nio-75')], { station: slow });
  assert.deepEqual(about(q), []);
  assert.deepEqual(
    advice(q).map((it) => `${it.standard} ${it.clause}`),
    ['GB/T 29772-2024 8.5.1'],
  );
  assert.deepEqual(advice({ ...q, station: station('nio-g2') }), []);
});

test('one pack can be asked about without its set', () => {
  const q = question('courier-motorcycle', 'cabinet-12', []);
  assert.ok(isPackAllowed(q, pack('two-wheeler-48v')));
  assert.deepEqual(
    packDenials(q, pack('two-wheeler-48v', { recalled: true })).map((it) => it.about),
    ['recall'],
  );
});

test('every vehicle of the catalogue finds a pack and a station, and none finds a foreign one', () => {
  for (const car of vehicleModels) {
    const homes = packModels.flatMap((it) =>
      stationPresets.filter((where) => fits(car, it, where, at).allowed).map(() => it),
    );
    assert.ok(homes.length > 0, car.id);
    assert.ok(
      homes.every((it) => it.mount === car.mount),
      car.id,
    );
  }
});

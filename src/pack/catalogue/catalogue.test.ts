import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kWh, Percent } from '#units';
import type { PackModelId, StationPresetId, VehicleModelId } from '../model.ts';
import { bayOf, usableWh } from '../model.ts';
import { packModel, packModels } from './packs.ts';
import { stationPreset, stationPresets } from './stations.ts';
import { vehicleModel, vehicleModels } from './vehicles.ts';

test('the catalogue knows at least six pack families, fourteen vehicle models and all station presets', () => {
  assert.ok(new Set(packModels.map((it) => it.family)).size >= 6);
  assert.ok(vehicleModels.length >= 14);
  assert.deepEqual(
    stationPresets.map((it) => it.id),
    'geely-27 geely-39 nio-g2 nio-g3 nio-g4 nio-g5 choco-14 choco-30 upower-8 truck-bay cabinet-12'.split(' '),
  );
});

test('every row names its source and marks only fields it has as assumed', () => {
  for (const row of [...packModels, ...vehicleModels, ...stationPresets]) {
    assert.ok(row.source.length > 10, row.id);
    for (const field of row.assumed) assert.ok(field in row, `${row.id}: ${field}`);
    assert.equal(new Set(row.assumed).size, row.assumed.length, row.id);
  }
});

test('ids are unique and found again', () => {
  for (const it of packModels) assert.equal(packModel(it.id), it);
  for (const it of vehicleModels) assert.equal(vehicleModel(it.id), it);
  for (const it of stationPresets) assert.equal(stationPreset(it.id), it);
  assert.equal(packModel('none' as PackModelId), undefined);
  assert.equal(vehicleModel('none' as VehicleModelId), undefined);
  assert.equal(stationPreset('none' as StationPresetId), undefined);
});

test('a pack’s numbers agree with each other: cells in series, voltage window, energy for its mass', () => {
  for (const it of packModels) {
    assert.ok(it.voltage.min < it.nominalV && it.nominalV < it.voltage.max, it.id);
    const whPerKg = it.energyWh / it.massKg;
    assert.ok(whPerKg > 100 && whPerKg < 300, `${it.id}: ${whPerKg} Wh/kg`);
  }
});

test('a station has the bays its preset builds, and no other', () => {
  const station = stationPresets[0]!;
  assert.equal(bayOf(station).profile, 'chassis-robot');
  for (const no of [0, 2, 1.5]) assert.throws(() => bayOf(station, no), RangeError);
});

test('usable energy is capacity times health times charge, never rounded up', () => {
  assert.equal(usableWh({ capacityWh: kWh(42), soh: Percent(90), soc: Percent(95) }), 35_910);
  assert.equal(usableWh({ capacityWh: kWh(0.001), soh: Percent(99.9), soc: Percent(100) }), 0);
});

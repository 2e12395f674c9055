import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Firmware } from './firmware.ts';
import { fits } from './fitting.ts';
import {
  type PackModelId,
  packModel,
  type StationPresetId,
  stationPreset,
  type VehicleModelId,
  vehicleModel,
} from './index.ts';

const at = Temporal.Instant.from('2026-11-22T08:00:00Z');
const car = (id: string) => vehicleModel(id as VehicleModelId)!;
const kind = (id: string) => packModel(id as PackModelId)!;
const station = (id: string) => stationPreset(id as StationPresetId)!;

const why = (verdict: ReturnType<typeof fits>) =>
  verdict.allowed ? [] : [...new Set(verdict.denied.map((it) => it.about))];

suite('whether a kind of pack fits a car at a kind of station', () => {
  const [et5, nio, g3] = [car('nio-et5'), kind('nio-100'), station('nio-g3')];

  test('the usual question is about as many packs as the car needs, and firmware of today', () => {
    assert.deepEqual(why(fits(et5, nio, g3, at)), []);
  });

  test('more packs than the car runs on are denied by their number alone', () => {
    assert.deepEqual(why(fits(et5, nio, g3, at, { blocks: 3 })), ['block-count']);
  });

  test('firmware older than the packs need is denied, whoever runs it', () => {
    const [old, fresh] = [Firmware('0.9.0'), Firmware('9.0.0')];
    assert.deepEqual(why(fits(et5, nio, g3, at, { firmware: { vehicle: old, station: fresh } })), ['vehicle-firmware']);
    assert.deepEqual(why(fits(et5, nio, g3, at, { firmware: { vehicle: fresh, station: old } })), ['station-firmware']);
  });

  test('a bay that the station does not have is nobody’s answer', () => {
    assert.throws(() => fits(et5, nio, g3, at, { bay: g3.bays + 1 }), RangeError);
  });
});

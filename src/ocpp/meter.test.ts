import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measured } from './meter.ts';
import type { MeterValue, SampledValue } from './schema/types.ts';

const at = (seconds: number, ...sampledValue: Partial<SampledValue>[]) =>
  ({ timestamp: `2026-11-22T08:00:${String(seconds).padStart(2, '0')}Z`, sampledValue }) as unknown as MeterValue;
const register = { measurand: 'Energy.Active.Import.Register' } as const;

test('a register is read in Wh, whatever its unit and multiplier', () => {
  const wh = (sample: Partial<SampledValue>) => measured([at(0, sample)]).registerWh?.highest;
  assert.equal(wh({ value: 1234 }), 1234); // the measurand and the unit that OCPP takes for granted
  assert.equal(wh({ ...register, value: 12.345, unitOfMeasure: { unit: 'kWh' } }), 12_345);
  assert.equal(wh({ ...register, value: 12, unitOfMeasure: { unit: 'Wh', multiplier: 3 } }), 12_000);
  assert.equal(wh({ ...register, value: 5, unitOfMeasure: { unit: 'kWh', multiplier: -1 } }), 500);
});

test('of several values the newest charge and power count, and the whole range of the register', () => {
  const soc = (value: number) => ({ measurand: 'SoC', value }) as const;
  assert.deepEqual(
    measured([at(9, soc(50), { ...register, value: 900 }), at(3, soc(40), { ...register, value: 300 })]),
    {
      soc: 50,
      registerWh: { lowest: 300, highest: 900, since: Temporal.Instant.from('2026-11-22T08:00:03Z') },
    },
  );
});

test('single phases and other quantities are left to the raw log', () => {
  assert.deepEqual(measured([at(0, { ...register, value: 7, phase: 'L1' }, { measurand: 'Voltage', value: 400 })]), {});
  assert.deepEqual(measured(undefined), {});
});

test('a value that no meter can show is not read, and told in its own words', () => {
  for (const [sample, unread] of [
    [{ ...register, value: -5 }, 'Energy.Active.Import.Register -5'],
    [{ value: 1e300 }, 'Energy.Active.Import.Register 1e+300'],
    [{ ...register, value: 2, unitOfMeasure: { unit: 'kWh', multiplier: 9 } }, 'Energy.Active.Import.Register 2e9 kWh'],
    [{ ...register, value: 3, unitOfMeasure: { unit: 'varh' } }, 'Energy.Active.Import.Register 3 varh'],
    [{ measurand: 'SoC', value: 101 }, 'SoC 101'],
    [{ measurand: 'Power.Active.Import', value: 1e12 }, 'Power.Active.Import 1000000000000'],
  ] as const)
    assert.deepEqual(measured([at(0, sample)]), { unread });
});

test('what a charger tells of a pack beside its meter is accepted: voltage, current, where it was measured, its cells', () => {
  const value = at(
    0,
    { ...register, value: 500 },
    { measurand: 'SoC', value: 40, location: 'EV', unitOfMeasure: { unit: 'Percent' } },
    { measurand: 'Power.Active.Import', value: 30_000, unitOfMeasure: { unit: 'W' } },
    { measurand: 'Voltage', value: 350.1, location: 'Outlet', unitOfMeasure: { unit: 'V' } },
    { measurand: 'Current.Import', value: 85.7, location: 'Outlet', unitOfMeasure: { unit: 'A' } },
  );
  const cells = { vendorId: 'org.packloop', cellMv: [3301, 3302], probesC: [27.4], insulationOhmPerV: 13_000 };
  assert.deepEqual(measured([{ ...value, customData: cells }]), {
    registerWh: { lowest: 500, highest: 500 },
    soc: 40,
    powerW: 30_000,
  });
});

test('power is read in W', () => {
  const power = { measurand: 'Power.Active.Import', value: 36, unitOfMeasure: { unit: 'kW' } } as const;
  assert.deepEqual(measured([at(0, power)]), { powerW: 36_000 });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measured, stepNames } from '#health/api';
import { fieldsOf, measuredOf } from './steps.ts';

test('what each step of a test asks for is what its contract takes', () => {
  for (const step of stepNames) {
    const typed = Object.fromEntries(
      fieldsOf[step].map(({ name, kind }) => [name, kind === 'yes-or-no' ? 'no' : kind === 'how' ? '1I' : '3']),
    );
    const read = measured.safeParse(measuredOf(step, typed));
    assert.ok(read.success, `${step}: ${read.error?.message}`);
  }
});

test('energy is typed in kWh and sent in whole Wh', () => {
  assert.deepEqual(measuredOf('discharge', { energyKWh: '61.2345', minutes: '49', temperatureC: '25.5' }), {
    step: 'discharge',
    energyWh: 61_235,
    minutes: 49,
    temperatureC: 25.5,
  });
});

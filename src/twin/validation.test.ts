// The models against the table of health.md 5.4, which BLAST-Lite made: it decides whether they are right.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { climates } from './api/climate.ts';
import { capacityAfter } from './api/model.ts';
import { modelOf } from './api/models.ts';
import { over } from './api/use.ts';
import { FIELD_BAND, fieldMisses } from './field.ts';
import { conditions, missOf, table, weeklyMisses } from './validation.ts';

for (const row of table)
  test(`${row.model} fades as its table says: within 3e-4 in storage, 2e-3 in use, at each of five years`, () => {
    for (const { name, cycled, worst } of missOf(row)) assert.ok(worst <= (cycled ? 2e-3 : 3e-4), `${name}: ${worst}`);
  });

test('a model with another exponent would be found out', () => {
  const model = modelOf('lfp-250');
  const bent = { ...model, losses: model.losses.map((it) => ({ ...it, law: { law: 'power' as const, p: 0.5 } })) };
  const miss = Math.abs(capacityAfter(bent, conditions[0]!.use, 3650) - table[0]!.capacities[0]![4]!);
  assert.ok(miss > 3e-4, `${miss}`);
});

test('the duties of the table move the charge that their names say', () => {
  const [once, , twice] = conditions.filter((it) => it.cycled).map((it) => over(it.use, 1));
  assert.ok(Math.abs(once!.efc - 0.7) < 1e-12 && Math.abs(once!.dod - 0.7) < 1e-12);
  assert.ok(Math.abs(twice!.efc - 1.7) < 1e-12 && Math.abs(twice!.dod - 0.85) < 1e-12);
  assert.ok(Math.abs(twice!.meanC - 3.4 / 24) < 1e-12);
});

test('ten years of weather by weeks end within 5e-4 of the same by days, for every model and climate', () => {
  for (const { model } of table)
    for (const climate of climates) {
      const { knowing } = weeklyMisses(model, climate);
      assert.ok(knowing <= 5e-4, `${model}, ${climate.id}: ${knowing}`);
    }
});

test('simulated NCA packs, driven as Tesla’s cars may have been, end inside the band of 5,196 real readings at every mileage', () => {
  for (const { miles, miss } of fieldMisses()) assert.ok(Math.abs(miss) <= FIELD_BAND, `${miles} miles: ${miss}`);
});

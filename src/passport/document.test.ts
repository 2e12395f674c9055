import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packModels } from '#pack';
import { madeUpValues } from '../demo/passports.ts';
import { suppliedKeys, wrongIn } from './document.ts';
import { facts } from './testing.ts';

const sound = { gtin: null, codePrefix: null, values: facts().document!.body };
const fieldsOf = (values: Record<string, unknown>, over: object = {}) =>
  wrongIn({ ...sound, ...over, values: { ...sound.values, ...values } }).map((it) => it.field);

test('the made-up documents are sound for every model of the catalogue, and leave out nothing mandatory', () => {
  for (const model of packModels) {
    const values = madeUpValues(model);
    assert.deepEqual(wrongIn({ ...sound, values }), [], model.id);
    const left = suppliedKeys.filter((it) => !(it in values));
    assert.deepEqual(left, ['assurances', 'supplyIndex'], model.id);
  }
});

test('what is wrong is named by its field, each by itself', () => {
  assert.deepEqual(fieldsOf({}), []);
  assert.deepEqual(fieldsOf({ massKg: -1 }), ['values.massKg']);
  assert.deepEqual(fieldsOf({ massKg: '400' }), ['values.massKg']);
  assert.deepEqual(fieldsOf({ massKg: Number.NaN, renewable: 101 }), ['values.massKg', 'values.renewable']);
  assert.deepEqual(fieldsOf({ conformity: 'http://a.example' }), ['values.conformity']);
  assert.deepEqual(fieldsOf({ conformity: 'javascript:alert(1)' }), ['values.conformity']);
  assert.deepEqual(fieldsOf({ madeAt: { addressCountry: 'CN', postalCode: '1' } }), ['values.madeAt.streetAddress']);
  assert.deepEqual(fieldsOf({ colour: 'red' }), ['values.colour']);
  assert.deepEqual(fieldsOf({ __proto__: 1, constructor: 2 }), ['values.constructor']);
  assert.deepEqual(fieldsOf({ warrantyMonths: 1.5 }), ['values.warrantyMonths']);
  assert.deepEqual(fieldsOf({}, { gtin: '06291041500210', codePrefix: 'ab' }), ['gtin', 'codePrefix']);
});

test('nobody supplies for a model what follows from the life of each pack', () => {
  for (const key of ['soc', 'soce', 'status', 'cycles', 'passportId', 'hotMinutes', 'accidents', 'warrantyUntil'])
    assert.deepEqual(fieldsOf({ [key]: 1 }), [`values.${key}`], key);
});

test('values that are sound by themselves and contradict each other are refused', () => {
  assert.deepEqual(fieldsOf({ nominalV: 10_000 }), ['values.nominalV']);
  assert.deepEqual(fieldsOf({ idleFromC: 50 }), ['values.idleToC']);
  assert.deepEqual(fieldsOf({ footprintRaw: 61 }), ['values.footprintRaw']);
});

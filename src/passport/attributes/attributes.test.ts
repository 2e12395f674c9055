import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { demandOf } from '../attribute.ts';
import { type AccessClass, aspects, categories } from '../words.ts';
import { attributes } from './index.ts';

test('the 93 attributes are there once each, in their order, each under a key of its own', () => {
  assert.deepEqual(
    attributes.map((it) => it.no),
    Array.from({ length: 93 }, (_, index) => index + 1),
  );
  assert.equal(new Set(attributes.map((it) => it.key)).size, 93);
  assert.deepEqual([...new Set(attributes.map((it) => it.aspect))], [...aspects]);
});

test('60 are public, 27 for legitimate interest, 5 for it and the Commission, 1 for authorities', () => {
  const many = (access: AccessClass) => attributes.filter((it) => it.access === access).length;
  assert.deepEqual(
    [many('public'), many('interest'), many('interest-commission'), many('authorities')],
    [60, 27, 5, 1],
  );
});

test('73 stand still and 20 change; an EV must have 70, light transport 79, industry 72, a stationary battery 80', () => {
  assert.equal(attributes.filter((it) => it.changes === 'dynamic').length, 20);
  assert.equal(attributes.filter((it) => it.of === 'pack').length, 26);
  const mandatory = categories.map((one) => attributes.filter((it) => demandOf(it, one) === 'mandatory').length);
  assert.deepEqual(mandatory, [70, 79, 72, 80]);
});

const list = '../shared/data/battery-passport/batterypass-93-attributes.csv';
const file = [list, '/work/shared/data/battery-passport/batterypass-93-attributes.csv'].find(existsSync);
const skip = file ? false : `there is no ${list}: our attributes are not compared with the published list`;

test('every attribute has the chapter, unit, class, nature and demands of the published list', { skip }, () => {
  const rows: Record<string, string>[] = parse(readFileSync(file!, 'utf8'), { columns: true, bom: true });
  assert.equal(rows.length, 93);
  const classes: Record<string, AccessClass> = {
    Public: 'public',
    'persons with a legitimate interest': 'interest',
    'persons with a legitimate interest and the Commission': 'interest-commission',
    'Notified bodies, market surveillance authorities and the Commission': 'authorities',
  };
  for (const [index, row] of rows.entries()) {
    const it = attributes[index]!;
    const says = { no: it.no, chapter: it.chapter, access: it.access, changes: it.changes, of: it.of, must: it.must };
    assert.deepEqual(says, {
      no: Number(row.no),
      chapter: row.din99100_chapter,
      access: classes[row.access!],
      changes: row.static_dynamic!.toLowerCase(),
      of: row.granularity === 'Battery model' ? 'model' : 'pack',
      must: [row.EV, row.LMT, row.industrial_gt2kWh, row.stationary_gt2kWh].map((one) => one || '-').join(''),
    });
    // `Ohm` and `[tCO2e]` there are Ω and tCO2e here; cycles and times have no unit there.
    const unit = row.unit!.replace('Ohm', 'Ω').replaceAll(/[[\]]/g, '').replace('Minutes', 'min');
    if (!['n.a.', '-'].includes(unit)) assert.equal(it.unit, unit, `${it.no}`);
  }
});

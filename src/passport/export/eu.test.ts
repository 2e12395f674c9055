import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { type Reader, visible } from '../access.ts';
import { passportOf } from '../passport.ts';
import { completePassport, facts } from '../testing.ts';
import { type Aspect, aspects } from '../words.ts';
import { europeanExport } from './eu.ts';

const operator: Reader = { as: 'operator' };

test('the keys are those of the published models, with their mistakes', () => {
  const text = JSON.stringify(europeanExport(visible(completePassport(), operator)));
  for (const key of ['batteryTechicalProperties', 'warrentyPeriod', 'thirdPartyAussurances', 'supplyChainIndicies'])
    assert.ok(text.includes(`"${key}":`), key);
});

const aspectOf = (exported: ReturnType<typeof europeanExport>, aspect: Aspect) =>
  exported.find((it) => it.aspect === aspect)!;

test('what the public may not see is left out and named; critical materials stand in a list that is not public', () => {
  const exported = europeanExport(visible(completePassport(), { as: 'public' }));
  const materials = aspectOf(exported, 'MaterialComposition');
  assert.equal('batteryMaterials' in materials.payload, false);
  assert.deepEqual(materials.lacks, [{ no: 33, key: 'materials', why: 'withheld' }]);
  const performance = aspectOf(exported, 'Performance').payload;
  assert.equal('batteryCondition' in performance, false);
});

test('an address that the published pattern refuses is left out, and one that it takes is written', () => {
  const withMail = (emailAddress: string) => {
    const it = facts();
    const manufacturer = { ...(it.document!.body.manufacturer as object), emailAddress };
    const document = { ...it.document!, body: { ...it.document!.body, manufacturer } };
    const payload = aspectOf(
      europeanExport(visible(passportOf({ ...it, document }), operator)),
      'GeneralProductInformation',
    ).payload;
    return 'emailAddress' in (payload.manufacturerInformation as object);
  };
  assert.equal(withMail('service@maker.example'), false);
  assert.equal(withMail('www@w.com'), true);
});

const FILES: Readonly<Record<Aspect, string>> = {
  GeneralProductInformation: 'GeneralProductInformation-schema.json',
  Labels: 'Labeling-schema.json',
  CarbonFootprint: 'CarbonFootprintForBatteries-schema.json',
  SupplyChainDueDiligence: 'SupplyChainDueDiligence-schema.json',
  MaterialComposition: 'MaterialComposition-schema.json',
  Circularity: 'Circularity-schema.json',
  Performance: 'PerformanceAndDurability.schema',
};
const folder = ['../shared/data/battery-passport', '/work/shared/data/battery-passport'].find((it) => existsSync(it));
const skip = folder
  ? false
  : 'there is no ../shared/data/battery-passport: exports are not checked against the schemas';

/** Some are UTF-16, some carry a mark at their beginning. */
function published(aspect: Aspect): object {
  const bytes = readFileSync(join(folder!, FILES[aspect]));
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const schema = JSON.parse(new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes));
  return modern(schema) as object;
}

/** Draft 4 as Ajv reads it: no `$schema` of another draft, no boolean `exclusiveMinimum`, no entry twice in an enum. */
function modern(it: unknown): unknown {
  if (Array.isArray(it)) return it.map(modern);
  if (typeof it !== 'object' || it === null) return it;
  const fields = Object.entries(it).flatMap(([key, value]) => {
    if (key === '$schema' || (key.startsWith('exclusive') && typeof value === 'boolean')) return [];
    return [[key, key === 'enum' ? [...new Set(value as unknown[])] : modern(value)]];
  });
  return Object.fromEntries(fields);
}

function validator(aspect: Aspect) {
  // Patterns are ours to read as they are written: without the flag that forbids their needless escapes.
  const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(published(aspect));
}

test('a complete passport is valid against each of the seven published schemas', { skip }, () => {
  assert.equal(readdirSync(folder!).filter((it) => it.includes('schema')).length, 7);
  for (const { aspect, payload, lacks } of europeanExport(visible(completePassport(), operator))) {
    const check = validator(aspect);
    assert.ok(check(payload), `${aspect}: ${JSON.stringify(check.errors, null, 1)}`);
    assert.deepEqual(lacks, [], aspect);
  }
});

test('an export is valid if and only if it says that it lacks nothing, whoever reads and whatever is missing', {
  skip,
}, () => {
  const checks = new Map(aspects.map((it) => [it, validator(it)]));
  const passports = [
    passportOf(facts()),
    passportOf(facts({ document: null })),
    passportOf(facts({ estimate: null, temperature: null, history: [] })),
    passportOf(facts({ family: 'two-wheeler-48' })),
    completePassport(),
    ...Object.keys(facts().document!.body).map((key) => {
      const it = completePassport();
      return { ...it, values: { ...it.values, [key]: { state: 'missing', from: 'manufacturer' } as const } };
    }),
  ];
  const readers: Reader[] = [operator, { as: 'public' }, { as: 'authority' }, { as: 'interest', purpose: 'repair' }];
  for (const passport of passports)
    for (const reader of readers)
      for (const { aspect, payload, lacks } of europeanExport(visible(passport, reader))) {
        const check = checks.get(aspect)!;
        const isValid = check(payload);
        assert.equal(
          isValid,
          lacks.length === 0,
          `${reader.as} ${aspect}: lacks ${JSON.stringify(lacks)}; ${JSON.stringify(check.errors?.map((it) => it.instancePath + it.message))}`,
        );
      }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mayRead, type Reader, visible } from './access.ts';
import { attributes } from './attributes/index.ts';
import { coverageOf } from './coverage.ts';
import { europeanExport } from './export/eu.ts';
import { publicPage } from './page.ts';
import { passportOf } from './passport.ts';
import { readerOfKind } from './reader.ts';
import { shownWith } from './shown.ts';
import { completePassport, facts } from './testing.ts';
import { accessClasses, type ReaderClass, readerClasses } from './words.ts';

const readerAs = (as: ReaderClass): Reader => (as === 'interest' ? { as, purpose: 'recycling' } : { as });

test('the public reads 60 attributes, legitimate interest 92, the Commission 66, an authority 61, an owner 92, the operator all', () => {
  const many = readerClasses.map((as) => attributes.filter((it) => mayRead(readerAs(as), it.access)).length);
  assert.deepEqual(many, [60, 92, 66, 61, 92, 93]);
  for (const access of accessClasses) assert.equal(mayRead({ as: 'public' }, access), access === 'public');
});

/** What a value looks like when it is known by its marker wherever it turns up: every text and number of it is replaced. */
function marked(value: unknown, no: number): unknown {
  if (typeof value === 'number') return 7_000_000_000 + no;
  if (typeof value === 'string')
    return value.startsWith('https:') ? `https://example.org/MARK${no}END` : `MARK${no}END`;
  if (Array.isArray(value)) return value.length > 0 ? value.map((it) => marked(it, no)) : [`MARK${no}END`];
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, marked(it, no)]));
  return value;
}

const isMarked = (text: string, no: number) =>
  text.includes(`MARK${no}END`) || text.includes(String(7_000_000_000 + no));

/** Everything that leaves the house for this reader, as texts. */
function everythingFor(reader: Reader, passport: ReturnType<typeof completePassport>): Record<string, string> {
  const seen = visible(passport, reader);
  const answer = shownWith(seen, { gtin: null, codePrefix: null });
  return {
    answer: JSON.stringify(answer),
    page: publicPage(answer, 'en') + publicPage(answer, 'zh'),
    european: JSON.stringify(europeanExport(seen)),
    coverage: JSON.stringify(coverageOf(seen)),
    visible: JSON.stringify(seen),
  };
}

test('whoever reads, in whatever form, no value of a class that is not his appears anywhere, and all of his do', () => {
  fc.assert(
    fc.property(fc.constantFrom(...readerClasses), fc.constantFrom('ev', 'lmt', 'stationary'), (as, category) => {
      const whole = completePassport();
      // Codes, dates and the like are taken from the passport itself, so that each attribute is told by its marker alone.
      const values = Object.fromEntries(
        attributes.map((it) => {
          const value = whole.values[it.key]!;
          assert.equal(value.state, 'known', it.key);
          return [it.key, value.state === 'known' ? { ...value, value: marked(value.value, it.no) } : value];
        }),
      );
      const passport = { ...whole, category: category as 'ev', values };
      const reader = readerAs(as);
      const out = everythingFor(reader, passport);
      for (const [form, text] of Object.entries(out))
        for (const { no, key, access } of attributes)
          if (!mayRead(reader, access)) assert.ok(!isMarked(text, no), `${as}: ${form} tells ${no} ${key}`);
      for (const { no, key, access } of attributes)
        assert.equal(isMarked(out.answer!, no), mayRead(reader, access), `${as} ${key}`);
    }),
    { numRuns: 60 },
  );
});

test('what is withheld looks the same whether it is there or not', () => {
  const full = completePassport();
  const empty = { ...full, values: { ...full.values } };
  for (const { key, access } of attributes)
    if (access !== 'public') empty.values[key] = { state: 'missing', from: 'manufacturer' };
  for (const form of ['answer', 'page', 'european', 'coverage'])
    assert.equal(everythingFor({ as: 'public' }, full)[form], everythingFor({ as: 'public' }, empty)[form], form);
});

test('without a purpose nobody has a legitimate interest; regulators are authorities, and one of them the Commission', () => {
  const of = (kind: Parameters<typeof readerOfKind>[0], purpose?: 'repair', id = 'x') =>
    readerOfKind(kind, { id, purpose }).as;
  assert.equal(of('workshop'), 'public');
  assert.equal(of('workshop', 'repair'), 'interest');
  assert.equal(of('insurer', 'repair'), 'public');
  assert.equal(of('fleet', 'repair'), 'public');
  assert.equal(of('regulator'), 'authority');
  assert.equal(of('regulator', undefined, 'european-commission'), 'commission');
  assert.deepEqual([of('bank'), of('owner'), of('maker'), of('operator')], ['owner', 'owner', 'operator', 'operator']);
});

test('an EV of which everything is known lacks nothing; one that nobody supplied for says from whom each is due', () => {
  const all = coverageOf(visible(passportOf(facts()), { as: 'operator' }));
  assert.deepEqual([all.mandatory, all.known, all.missing, all.percent], [70, 70, [], 100]);
  const none = coverageOf(visible(passportOf(facts({ document: null })), { as: 'operator' }));
  const due = Map.groupBy(none.missing, (it) => it.from);
  assert.deepEqual([...due].map(([from, its]) => [from, its.length]).toSorted(), [
    ['manufacturer', 55],
    ['producer', 3],
  ]);
  assert.equal(none.known, 12);
  const scooter = passportOf(facts({ family: 'two-wheeler-48' }));
  const missing = coverageOf(visible(scooter, { as: 'operator' })).missing;
  assert.deepEqual(
    missing.map((it) => [it.no, it.from]),
    [63, 69, 87, 88, 89, 90, 91].map((no) => [no, 'bms']),
  );
  const body = { hotMinutes: 0, coldMinutes: 3, hotChargingMinutes: 0, coldChargingMinutes: 1, deepDischarges: 2 };
  const read = { type: 'pack.counters-read', at: facts().at, body: { ...body, efficiencyPercent: 95, powerW: 9_000 } };
  const counting = passportOf(facts({ family: 'two-wheeler-48', history: [...facts().history, read] }));
  assert.deepEqual(
    coverageOf(visible(counting, { as: 'operator' })).missing,
    [],
    'once a station has read its counters',
  );
  const publicly = coverageOf(visible(passportOf(facts()), { as: 'public' }));
  const open = attributes.filter((it) => it.access !== 'public' && it.must.startsWith('x')).length;
  assert.equal(publicly.withheld, open);
});

test('a second use is stationary, answered for by who has it, and inherits no warranty', () => {
  const it = passportOf(
    facts({ code: '001PB75G110000001RP' as never, original: '001PB750000001G110000001' as never, responsible: 'op-2' }),
  );
  const state = (key: string) => it.values[key]!;
  assert.equal(it.category, 'stationary');
  assert.equal(it.responsible, 'op-2');
  assert.deepEqual(state('warrantyUntil'), { state: 'missing', from: 'operator' });
  assert.deepEqual(state('operator'), { state: 'missing', from: 'operator' });
  assert.equal((state('status') as { value: unknown }).value, 'Repurposed');
});

test('whoever reads the public part again and again does not see that a pack was swapped, charged or measured', () => {
  const read = (over: Parameters<typeof facts>[0]) => visible(passportOf(facts(over)), { as: 'public' });
  const used = {
    ...{ soc: 12, soh: 91, efc: 131.5, observedAt: facts().at, temperature: { celsius: 41, at: facts().at } },
    estimate: { soh: 90.5, ohms: 1.3, at: facts().at },
    history: [
      ...facts().history,
      { type: 'swap.pack-returned', at: facts().at, body: { stationId: 'SZ-02' } },
      { type: 'swap.pack-given', at: facts().at, body: { stationId: 'SZ-02' } },
    ],
  };
  assert.deepEqual(read(used), read({}));
});

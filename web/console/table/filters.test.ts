import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Column } from './column.ts';
import { exportUrl, filtersOf, queryOf, shownQuery } from './download.ts';
import {
  type Asked,
  chosen,
  type FilterValue,
  possible,
  readAsked,
  readFilter,
  writeAsked,
  writeFilter,
} from './filters.ts';

interface Pack {
  readonly code: string;
  readonly state: string;
  readonly soh: number | null;
  readonly at: string;
}
const columns: Column<Pack>[] = [
  { key: 'code', title: 'Code', value: (it) => it.code, filter: 'text' },
  { key: 'state', title: 'State', value: (it) => it.state, filter: 'choice', choices: { ok: '可用', bad: '故障' } },
  { key: 'soh', title: 'SoH', value: (it) => it.soh, filter: 'number' },
  { key: 'at', title: 'At', value: (it) => it.at, filter: 'instant' },
];
const packs: Pack[] = [
  { code: 'A-10', state: 'ok', soh: 91, at: '2026-11-22T08:00:00Z' },
  { code: 'A-9', state: 'bad', soh: 72, at: '2026-11-21T08:00:00Z' },
  { code: 'B-1', state: 'ok', soh: null, at: '2026-11-20T08:00:00Z' },
];
const nothing: Asked = { search: '', filters: {}, sort: undefined };
const codes = (asked: Partial<Asked>) => chosen(packs, columns, { ...nothing, ...asked }).map((it) => it.code);

suite('filters of a table', () => {
  test('all of them have to hold', () => {
    const filters: Record<string, FilterValue> = { state: { kind: 'choice', any: ['ok'] } };
    assert.deepEqual(codes({ filters }), ['A-10', 'B-1']);
    assert.deepEqual(codes({ filters: { ...filters, code: { kind: 'text', text: 'a-' } } }), ['A-10']);
    assert.deepEqual(codes({ filters: { soh: { kind: 'number', min: 70, max: 80 } } }), ['A-9']);
    assert.deepEqual(codes({ filters: { at: { kind: 'instant', to: '2026-11-21T00:00:00+08:00' } } }), ['B-1']);
  });

  test('words without a field for them and an order that no column knows are asked of nobody', () => {
    const inAddress = readAsked(columns, { q: 'zzz', sort: '-soh', 'f.state': 'ok' });
    const isSortable = (key: string) => key === 'code';
    const filters: Record<string, FilterValue> = { state: { kind: 'choice', any: ['ok'] } };
    assert.deepEqual(queryOf(possible(inAddress, { canSearch: false, isSortable })), { state: 'ok' });
    assert.deepEqual(possible(inAddress, { canSearch: true, isSortable: () => true }), {
      search: 'zzz',
      filters,
      sort: { key: 'soh', down: true },
    });
  });

  test('the search finds every word anywhere, in the words that are shown, too', () => {
    assert.deepEqual(codes({ search: 'a-  故障' }), ['A-9']);
    assert.deepEqual(codes({ search: 'nowhere' }), []);
  });

  test('numbers in texts are in the order of numbers, and what is unknown stands last both ways', () => {
    assert.deepEqual(codes({ sort: { key: 'code', down: false } }), ['A-9', 'A-10', 'B-1']);
    assert.deepEqual(codes({ sort: { key: 'soh', down: false } }), ['A-9', 'A-10', 'B-1']);
    assert.deepEqual(codes({ sort: { key: 'soh', down: true } }), ['A-10', 'A-9', 'B-1']);
  });

  const text = fc.string({ minLength: 1 }).filter((it) => it.trim() !== '');
  const plain = { noNullPrototype: true } as const;
  const filter: fc.Arbitrary<FilterValue> = fc.oneof(
    fc.record({ kind: fc.constant('text' as const), text }, plain),
    fc.record({ kind: fc.constant('choice' as const), any: fc.array(text, { minLength: 1 }) }, plain),
    fc.record({ kind: fc.constant('number' as const), min: fc.integer(), max: fc.integer() }, plain),
    fc.record({ kind: fc.constant('yes-no' as const), is: fc.boolean() }, plain),
  );
  test('a filter in the address is the filter that was put there', () => {
    fc.assert(fc.property(filter, (it) => assert.deepEqual(readFilter(it.kind, writeFilter(it)), it)));
  });

  test('what was asked is read back from the address, beside what belongs to others', () => {
    const asked: Asked = {
      search: 'x',
      filters: { soh: { kind: 'number', min: 70 }, state: { kind: 'choice', any: ['a,b', 'c'] } },
      sort: { key: 'soh', down: true },
    };
    assert.deepEqual(readAsked(columns, { tab: 'now', ...writeAsked(asked, 'p.') }, 'p.'), asked);
    assert.deepEqual(readAsked(columns, { 'f.soh': 'many', sort: 'nothing', 'f.none': 'x' }), nothing);
  });

  test('an export asks for what the filters ask, in the order of its list', () => {
    const sort = { key: 'soh', down: true };
    const asked: Asked = { search: 'x', filters: { soh: { kind: 'number', min: 70 } }, sort };
    assert.equal(exportUrl('packs', 'csv', queryOf(asked)), '/v1/exports/packs?format=csv&sohMin=70&search=x');
  });
});

suite('the file of a table that filters by itself', () => {
  const queryFor = (asked: Partial<Asked>, filters?: typeof filtersOf, rows: readonly Pack[] = packs) => {
    const all: Asked = { ...nothing, ...asked };
    return shownQuery({ rows, shown: chosen(rows, columns, all), asked: all, idsOf: (it) => [it.code], filters });
  };
  const many = Array.from({ length: 500 }, (_, n) => ({ ...packs[0]!, code: `C-${n}` }));

  test('holds everything where everything is shown', () => {
    assert.deepEqual(queryFor({}), {});
    assert.deepEqual(queryFor({ search: '-' }), {});
  });

  test('names the rows that are left, in words of any language, and none when none is', () => {
    assert.deepEqual(queryFor({ search: '故障' }, filtersOf), { only: 'A-9' });
    assert.deepEqual(queryFor({ filters: { soh: { kind: 'number', min: 70 } } }), { only: 'A-10,A-9' });
    assert.deepEqual(queryFor({ search: 'nowhere' }), { only: '' });
  });

  test('is asked for by the filters where the server knows them', () => {
    assert.deepEqual(queryFor({ filters: { soh: { kind: 'number', min: 80 } } }, filtersOf), { sohMin: '80' });
  });

  test('is not to be had when too many rows would have to be named', () => {
    assert.equal(queryFor({ search: 'c-' }, filtersOf, [...many, packs[1]!]), undefined);
    assert.deepEqual(queryFor({ search: 'c-1 c-49' }, filtersOf, many), { only: '' });
    assert.equal(queryFor({ search: 'c-10' }, filtersOf, many)!.only!.split(',').length, 11);
  });
});

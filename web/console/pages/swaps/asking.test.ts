import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { z } from 'zod';
import { swapFilters } from '#insight/api';
import type { Asked } from '../../table/filters.ts';
import { countQueries, swapQuery } from './asking.ts';

const asked = {
  search: 'not known to the server',
  sort: { key: 'at', down: true },
  filters: {
    at: { kind: 'instant', from: '2026-11-22T08:00:00+08:00', to: '2026-11-22T09:00:00+08:00' },
    state: { kind: 'choice', any: ['released'] },
    station: { kind: 'choice', any: ['SZ-01'] },
    open: { kind: 'yes-no', is: false },
    problems: { kind: 'yes-no', is: true },
    pack: { kind: 'text', text: '0L1PB25SIMDEMOE9W0000001' },
    driver: { kind: 'text', text: 'sim-00323' },
    vin: { kind: 'text', text: 'LDM6751D1TP000323' },
  },
} as const satisfies Asked;

suite('what is asked of the list of swaps', () => {
  test('every filter of the table is one that the server knows, under the name it has there', () => {
    const query = swapQuery(asked);
    assert.deepEqual(query.from, '2026-11-22T00:00:00.000Z');
    z.strictObject(swapFilters).parse(query);
    assert.deepEqual(Object.keys(query).sort(), Object.keys(swapFilters).sort());
  });

  test('swaps are counted for all filters together and for each by itself, of all times', () => {
    const queries = countQueries({ ...asked, filters: { state: asked.filters.state, at: asked.filters.at } });
    assert.deepEqual(Object.keys(queries).sort(), ['', 'at', 'state']);
    assert.deepEqual(queries.state, { from: '2020-01-01T00:00:00Z', state: 'released' });
    assert.equal(queries.at!.from, '2026-11-22T00:00:00.000Z');
  });
});

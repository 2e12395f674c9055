import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Asked, Filters } from '../../table/filters.ts';
import { stationQuery } from './asking.ts';

const stations = { profiles: ['cabinet', 'truck-top'], regions: ['CN-GD-SZ', 'CN-GD-GZ'] };
const named = {
  profile: (code?: string) => (code === 'cabinet' ? 'Cabinet' : (code ?? '–')),
  region: (code?: string) => (code ? `Guangdong · ${code.slice(-2)}` : '–'),
};
const query = (filters: Filters) => stationQuery({ filters, search: '', sort: undefined } as Asked, stations, named);
const choice = (...any: string[]) => ({ kind: 'choice', any }) as const;

suite('what a file of the map’s stations is asked for', () => {
  test('nothing where nothing is filtered', () => assert.deepEqual(query({}), {}));

  test('what is chosen by words goes by its code', () => {
    assert.deepEqual(query({ profile: choice('Cabinet'), region: choice('Guangdong · GZ', '–') }), {
      profile: 'cabinet',
      region: ',CN-GD-GZ',
    });
  });

  test('a station’s sign goes by the states of the server; none of them is of no station', () => {
    assert.deepEqual(query({ condition: choice('swapping', 'ready') }), { state: 'swapping,stuck,idle' });
    assert.deepEqual(query({ condition: choice('unknown') }), { state: '' });
  });

  test('the other filters are named alike', () => {
    assert.deepEqual(
      query({
        name: { kind: 'text', text: 'north' },
        slots: { kind: 'number', min: 12 },
        operator: choice('op'),
      }),
      { name: 'north', slotsMin: '12', operator: 'op' },
    );
  });
});

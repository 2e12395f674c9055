import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Place, tablesOf } from '../../../src/insight/exportTables.ts';
import { exportNeeds } from './exportNeeds.ts';

test('a button for a file is offered to those to whom the server gives the file', () => {
  const tables = tablesOf({} as Place);
  assert.deepEqual(exportNeeds, Object.fromEntries(Object.entries(tables).map(([name, { may }]) => [name, may])));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Permission } from '#kernel/api';
import { type Caller, nobody } from './caller.ts';
import { veiled } from './veil.ts';

const caller = (...may: Permission[]): Caller => ({
  name: 'key:x',
  kind: 'key',
  grants: Object.fromEntries(may.map((it) => [it, { all: true }])),
});
const text = '{"custody":"vehicle:LDM9383D0TP000272","place":"at vehicle:LDM9383D0TP000272, not far"}';

test('who has to do with neither stations nor drivers is told that a vehicle has it, and not which', () => {
  assert.equal(
    veiled(caller('pack.see', 'ledger.see', 'record.see'), text),
    '{"custody":"vehicle","place":"at vehicle, not far"}',
  );
  for (const may of ['station.see', 'swap.see', 'person.see'] as const)
    assert.equal(veiled(caller('pack.see', may), text), text, may);
  assert.equal(veiled(nobody, text), text, 'what is for everybody names none, and is many megabytes');
});

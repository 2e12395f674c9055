import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policy } from '../../../../src/party/policy.ts';
import { partyKinds } from '../../../../src/party/words.ts';
import { roleAt, rolesOf } from './rolesAt.ts';

test('an organisation is offered the roles that the server knows there, and no others', () => {
  for (const kind of partyKinds) assert.deepEqual(rolesOf[kind].toSorted(), Object.keys(policy[kind]).toSorted(), kind);
});

test('a role that is not there in the organisation chosen becomes one that changes nothing', () => {
  assert.equal(roleAt({ kind: 'operator' }, 'dispatcher'), 'dispatcher');
  assert.equal(roleAt({ kind: 'bank' }, 'dispatcher'), 'auditor');
  for (const kind of partyKinds) assert.ok(rolesOf[kind].includes(roleAt({ kind }, 'driver')));
});

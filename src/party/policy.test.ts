import assert from 'node:assert/strict';
import { test } from 'node:test';
import { permissions, scopes } from '#kernel/api';
import { keyGrants, memberGrants, policy, scopesFor } from '#party';
import type { DriverId, PartyId, StationId } from '#units';
import { partyKinds, type Role, roles } from './words.ts';

const acme = 'acme' as PartyId;

test('every kind of organisation has an administrator, who manages its people and keys and sees what they did', () => {
  for (const kind of partyKinds)
    for (const permission of ['member.manage', 'key.manage', 'trail.see'] as const)
      assert.ok(policy[kind].admin?.[permission], `${kind} ${permission}`);
});

test('only the platform and the regulator see what belongs to others; only the platform changes it', () => {
  const others = new Set(['platform', 'regulator']);
  const ofAll = new Set([
    'network.see',
    'station.see',
    'swap.see',
    'pack.see',
    'record.see',
    'record.mirror',
    'audit.see',
  ]);
  for (const kind of partyKinds)
    for (const [role, grants] of Object.entries(policy[kind]))
      for (const [permission, extent] of Object.entries(grants)) {
        if (extent !== 'all' || kind === 'platform' || permission === 'network.see') continue;
        assert.ok(others.has(kind) && ofAll.has(permission), `${kind} ${role} ${permission}`);
      }
});

test('the platform’s administrator may everything everywhere, and every permission comes with some scope of a key', () => {
  const grants = memberGrants({ partyId: 'us' as PartyId, kind: 'platform', role: 'admin' });
  for (const it of permissions) {
    assert.deepEqual(grants[it], { all: true });
    assert.ok(scopesFor(it).includes('admin'), it);
  }
});

test('no role may more than the administrator of its organisation, but for what is its own', () => {
  for (const kind of partyKinds)
    for (const role of roles)
      for (const [permission, extent] of Object.entries(policy[kind][role] ?? {})) {
        const most = policy[kind].admin![permission as (typeof permissions)[number]];
        const isOverseen = role === 'auditor' || role === 'driver' || role === 'owner';
        assert.ok(most || isOverseen || extent === 'self', `${kind} ${role} ${permission}`);
      }
});

test('a member reaches what the membership is confined to, and station staff without stations reach none', () => {
  const at = (role: Role, more: object) =>
    memberGrants({ partyId: acme, kind: 'operator', role, ...more })['station.see'];
  assert.deepEqual(at('admin', {}), { all: false, tenants: [acme] });
  assert.deepEqual(at('dispatcher', { regions: ['CN-GD-SZ'] }), { all: false, tenants: [acme], regions: ['CN-GD-SZ'] });
  const stations = ['ST-1' as StationId];
  assert.deepEqual(at('station-staff', { stations }), { all: false, tenants: [acme], stations });
  assert.deepEqual(at('station-staff', {}), { all: false, tenants: [acme], stations: [] });
  const driver = memberGrants({ partyId: acme, kind: 'operator', role: 'driver', driverId: 'ann' as DriverId });
  assert.deepEqual(driver['swap.see'], { all: false, tenants: [], driver: 'ann' });
  assert.equal(driver['station.see'], undefined);
  assert.deepEqual(
    memberGrants({ partyId: acme, kind: 'owner', role: 'dispatcher' }),
    {},
    'there is no such role there',
  );
});

test('a key of an organisation goes as far as its administrator, whatever its scopes', () => {
  const operator = keyGrants(['admin'], { partyId: acme, kind: 'operator' });
  assert.deepEqual(operator['station.see'], { all: false, tenants: [acme] });
  assert.equal(operator['audit.run'], undefined);
  const insurer = keyGrants([...scopes], { partyId: acme, kind: 'insurer' });
  assert.equal(insurer['station.register'], undefined);
  assert.deepEqual(keyGrants(['read'])['station.see'], { all: true });
  assert.equal(keyGrants(['read'])['station.operate'], undefined);
});

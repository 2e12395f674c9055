import assert from 'node:assert/strict';
import { test } from 'node:test';
import { everything } from '#kernel/api';
import { addTokens, addVehicles, callerOf, enrol, keys, makeKey, revokeKey, whoSwaps } from '#party';
import type { DriverId, Vin } from '#units';
import { rolledBack } from '../../test/work.ts';

const ann = 'ann' as DriverId;
const vin = 'LPL1ET5A0R0000001' as Vin;

test(
  'a driver is recognised by the token, in upper or lower case, with vehicle and way of paying',
  rolledBack(async (work) => {
    await enrol(work, [{ id: ann, name: 'Ann', payment: 'prepaid' }]);
    await addVehicles(work, [{ vin, modelId: 'nio-et5', plate: '粤B12345', firmware: '3.0.0' }]);
    await addTokens(work, [{ idToken: 'CARD-1', type: 'ISO14443', driverId: ann, vin, status: 'active' }]);
    const who = await whoSwaps(work, ['card-1', 'Card-1', 'card-2']);
    assert.deepEqual(
      [...who],
      [['card-1', { driverId: ann, payment: 'prepaid', vin, modelId: 'nio-et5', firmware: '3.0.0', status: 'active' }]],
    );
  }),
);

test(
  'an API key opens what its scopes say until it is revoked, and cannot be read back',
  rolledBack(async (work) => {
    const secret = await makeKey(work, { name: 'console', scopes: ['read'], random: new Uint8Array(32).fill(7) });
    const { grants } = await callerOf(work, `Bearer ${secret}`);
    assert.deepEqual(grants['station.see'], { all: true });
    assert.equal(grants['station.operate'], undefined);
    assert.deepEqual((await callerOf(work, undefined)).grants, {});
    await assert.rejects(callerOf(work, `Bearer ${secret}x`), { code: 'credential-wrong', status: 401 });
    await assert.rejects(callerOf(work, 'Basic abc'), { code: 'credential-wrong' });
    const [key] = await keys(work, everything);
    assert.ok(!JSON.stringify(key).includes(secret));
    await revokeKey(work, key!.id, everything);
    await assert.rejects(callerOf(work, `Bearer ${secret}`), { code: 'credential-wrong' });
    await assert.rejects(revokeKey(work, key!.id, everything), { code: 'key-unknown' });
  }),
);

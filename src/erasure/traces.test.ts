import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Lead, without } from './traces.ts';

const lead = (kind: Lead['kind'], text: string): Lead => ({ kind, text, instead: 'erased-0' });

test('a name goes from what somebody wrote, and not from words of ours that happen to be the same', () => {
  const leads = [lead('name', 'Released')];
  const before = { state: 'released', why: 'Released said so', name: 'Released' };
  assert.deepEqual(without(leads, before), { state: 'released', why: 'erased-0 said so', name: 'erased-0' });
});

test('an id goes whole, wherever it stands, and takes nothing of a longer one along', () => {
  const leads = [lead('id', 'driver-1')];
  const before = ['driver:driver-1', 'outside:arrears/DRIVER-1', 'driver-12', 'driver-1-b', 'asked by driver-1.'];
  const after = ['driver:erased-0', 'outside:arrears/erased-0', 'driver-12', 'driver-1-b', 'asked by erased-0.'];
  assert.deepEqual(without(leads, before), after);
  assert.equal(without([lead('id', '7')], 'slot 7'), 'slot 7');
  assert.equal(without([lead('id', '7')], 'driver:7'), 'driver:erased-0');
});

test('a Chinese name goes from the middle of a sentence, an email from a frame inside a text, a lead from a field’s name', () => {
  assert.equal(without([lead('name', '王晓明')], '已与王晓明联系'), '已与erased-0联系');
  const frame = JSON.stringify([2, 'm', 'DataTransfer', { data: 'to ann@x.example' }]);
  assert.ok(!String(without([lead('contact', 'ann@x.example')], frame)).includes('ann@'));
  assert.deepEqual(without([lead('id', 'card-9')], { 'card-9': 1 }), { 'erased-0': 1 });
});

test('what does not lead to the person is left as it is, to the letter', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal(without([lead('id', 'no-such-id-anywhere'), lead('contact', 'ann@x.example')], value), value);
    }),
  );
});

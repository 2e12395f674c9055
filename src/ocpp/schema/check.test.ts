import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chance } from '#units';
import { breakages, scrambled } from './breakage.ts';
import { checkRequest, checkResponse, checkSend, type Fault, isAction, isSendAction } from './check.ts';
import { messageNames, sample } from './sample.ts';

function check(message: string, payload: unknown): Fault | undefined {
  if (message.endsWith('Request')) return checkRequest(message.slice(0, -7), payload);
  if (message.endsWith('Response')) return checkResponse(message.slice(0, -8), payload);
  return checkSend(message, payload);
}

test('every message of OCPP 2.1 has a validator: 90 requests, 90 responses, one that is only sent', () => {
  assert.equal(messageNames.length, 181);
  for (const message of messageNames) assert.notEqual(check(message, 5)?.code, 'NotImplemented', message);
  assert.ok(isAction('BatterySwap') && !isAction('batterySwap') && !isAction('__proto__'));
  assert.ok(isSendAction('NotifyPeriodicEventStream') && !isAction('NotifyPeriodicEventStream'));
});

test('a station that keeps to the schema is never refused', () => {
  for (const message of messageNames) {
    const source = chance(1).fork(message);
    for (const fullness of [0, 0.3, 0.7, 1])
      for (let i = 0; i < 5; i++) {
        const payload = sample(message, source, fullness);
        assert.equal(check(message, payload), undefined, `${message} ${JSON.stringify(payload)}`);
      }
  }
});

test('whatever is wrong with a message, its sender learns the right code, the field and a reason', () => {
  let faults = 0;
  for (const message of messageNames)
    for (const { payload, code, field, what } of breakages(message, chance(2).fork(message))) {
      const fault = check(message, payload);
      faults++;
      if (fault?.code !== code || fault.field !== field)
        assert.fail(`${message} ${field} ${what}: expected ${code}, got ${JSON.stringify(fault)}`);
      assert.ok(fault.description.length > 10 && fault.description.length <= 255, fault.description);
    }
  assert.ok(faults > 20_000, `only ${faults} faults tried`);
});

test('a good message stays as it was: nothing is added, dropped or converted by checking it', () => {
  for (const message of messageNames) {
    const payload = sample(message, chance(3).fork(message), 1);
    const before = structuredClone(payload);
    check(message, payload);
    assert.deepEqual(payload, before);
  }
});

test('no payload, however odd, makes the check throw', () => {
  for (const message of messageNames) {
    const source = chance(4).fork(message);
    for (let i = 0; i < 100; i++) {
      const fault = check(message, scrambled(sample(message, source, 0.6), source));
      assert.ok(fault === undefined || fault.description.length <= 255);
    }
    for (const payload of [null, undefined, 5, 'x', [], [{}], true])
      assert.deepEqual([check(message, payload)?.code, check(message, payload)?.field], ['ProtocolError', '']);
  }
});

test('an unknown action is not implemented, and a stream message is not a call', () => {
  assert.deepEqual(checkRequest('Teleport', {}), {
    code: 'NotImplemented',
    field: '',
    description: '"Teleport" is not an action of OCPP 2.1',
  });
  for (const name of ['__proto__', 'constructor', 'toString', 'bootNotification', ''])
    for (const checked of [checkRequest, checkResponse, checkSend])
      assert.equal(checked(name, {})?.code, 'NotImplemented');
  assert.equal(checkRequest('NotifyPeriodicEventStream', {})?.code, 'NotSupported');
});

test('the sentences say which field, what was expected and what came', () => {
  const pack = { evseId: 1, serialNumber: 'P1', soC: 20, soH: 98.5 };
  const good = {
    eventType: 'BatteryIn',
    requestId: 7,
    idToken: { idToken: 'A', type: 'Central' },
    batteryData: [pack],
  };
  assert.equal(checkRequest('BatterySwap', good), undefined);
  const said = (change: object) => checkRequest('BatterySwap', { ...good, ...change })?.description;
  assert.deepEqual(
    [
      said({ eventType: 'BatteryInn' }),
      said({ requestId: '7' }),
      said({ batteryData: [] }),
      said({ batteryData: [{ ...pack, soC: 101 }] }),
      said({ batteryData: [pack, { ...pack, serialNumber: 'x'.repeat(51) }] }),
      said({ batteryData: [{ ...pack, productionDate: 'May' }] }),
      said({ batteryData: [{ ...pack, temperature: 21 }] }),
      said({ idToken: { idToken: 'A' } }),
      said({ customData: { vendorId: 'Packloop', anything: [1] } }),
      said({ customData: {} }),
      said({ idToken: null }),
    ],
    [
      'eventType must be one of BatteryIn, BatteryOut, BatteryOutTimeout, not "BatteryInn"',
      'requestId must be an integer, not a string',
      'batteryData must have at least 1 element(s), not 0',
      'batteryData[0].soC must be at most 100, not 101',
      'batteryData[1].serialNumber must have at most 50 characters, not 51',
      'batteryData[0].productionDate must be a date-time as in RFC 3339, not "May"',
      'batteryData[0].temperature is not a field of this message',
      'idToken.type is required',
      undefined,
      'customData.vendorId is required',
      'idToken must be an object, not null',
    ],
  );
});

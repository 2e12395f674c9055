import assert from 'node:assert/strict';
import test from 'node:test';
import { OcppError } from '#link';
import { conformity, scene } from '../testing.ts';

const swapCtrlr = { name: 'BatterySwapCtrlr' };

test('after its boot a station tells what stands in each slot', async () => {
  const { csms } = await scene();
  assert.equal(csms.of()[0]!.action, 'BootNotification');
  assert.deepEqual(csms.events('AvailabilityState'), [
    'AvailabilityState=Available@1',
    'AvailabilityState=Available@2',
    'AvailabilityState=Occupied@3',
    'AvailabilityState=Occupied@4',
    'AvailabilityState=Occupied@5',
  ]);
  assert.deepEqual(csms.events('SoC'), ['SoC=90@3', 'SoC=95@4', 'SoC=50@5']);
});

test('heartbeats come at the interval of the boot answer', async () => {
  const { csms, scheduler } = await scene({
    prepare: (it) => {
      it.script = ({ action }) =>
        action === 'BootNotification'
          ? { currentTime: '2026-11-02T00:00:00Z', interval: 60, status: 'Accepted' }
          : undefined;
    },
  });
  await scheduler.turn(3600);
  assert.ok(csms.of('Heartbeat').length >= 54);
});

test('names of variables are compared without case, and only what can be set is set', async () => {
  const { csms } = await scene();
  const set = async (name: string, attributeValue: string) =>
    (
      await csms.call('SetVariables', {
        setVariableData: [{ component: swapCtrlr, variable: { name }, attributeValue }],
      })
    ).setVariableResult[0].attributeStatus;
  assert.equal(await set('MaxSOC', '90'), 'Accepted');
  assert.equal(await set('TargetSoc', '85'), 'Accepted');
  assert.equal(await set('MaxSoc', '84'), 'Rejected'); // below TargetSoC (S04.FR.10)
  assert.equal(await set('TargetSoC', 'high'), 'Rejected');
  assert.equal(await set('SwapOrder', 'Out-In'), 'Rejected');
  assert.equal(await set('Nothing', '1'), 'UnknownVariable');
  const { getVariableResult } = await csms.call('GetVariables', {
    getVariableData: [
      { component: { name: 'batteryswapctrlr' }, variable: { name: 'targetsoc' } },
      { component: { name: 'BatteryCartridge', evse: { id: 4 } }, variable: { name: 'SoC' } },
      { component: { name: 'BatteryCartridge', evse: { id: 9 } }, variable: { name: 'SoC' } },
      { component: swapCtrlr, variable: { name: 'Timeout', instance: 'Out' } },
    ],
  });
  assert.deepEqual(
    getVariableResult.map((it: { attributeStatus: string; attributeValue?: string }) => [
      it.attributeStatus,
      it.attributeValue,
    ]),
    [
      ['Accepted', '85'],
      ['Accepted', '95'],
      ['UnknownComponent', undefined],
      ['Accepted', '120'],
    ],
  );
});

test('the full inventory comes in parts that say whether more follows (TC_S_104)', async () => {
  const { csms, scheduler } = await scene();
  const { status } = await csms.call('GetBaseReport', { requestId: 12, reportBase: 'FullInventory' });
  assert.equal(status, 'Accepted');
  await scheduler.settled();
  const parts = csms.of('NotifyReport').map((it) => it.payload);
  assert.ok(parts.length > 1);
  assert.deepEqual(
    parts.map((it) => it.tbc),
    [...parts.slice(1).map(() => true), false],
  );
  assert.deepEqual(
    parts.map((it) => it.seqNo),
    parts.map((_, index) => index),
  );
  const names = parts.flatMap((it) => it.reportData).map((it) => `${it.component.name}.${it.variable.name}`);
  for (const name of [
    'BatterySwapCtrlr.TargetSoC',
    'BatterySwapCtrlr.MaxSoc',
    'BatteryCartridge.SoC',
    'Connector.ConnectorType',
  ])
    assert.ok(names.includes(name), name);
});

test('a reset ends what runs, boots again and says why', async () => {
  const { csms, scheduler } = await scene();
  csms.clear();
  assert.equal((await csms.call('Reset', { type: 'Immediate' })).status, 'Accepted');
  await scheduler.turn(120);
  assert.deepEqual(
    csms.of('BootNotification').map((it) => it.payload.reason),
    ['RemoteReset'],
  );
  const told = (kind: string) =>
    new Set(csms.of('TransactionEvent').flatMap((it) => (it.payload.eventType === kind ? it.id : []))).size;
  assert.deepEqual([told('Ended'), told('Started')], [3, 3]);
});

test('a reset on idle waits for the swap under way', async () => {
  const { csms, scheduler, arrive } = await scene();
  const { outcomes } = arrive();
  await scheduler.turn(30);
  assert.equal((await csms.call('Reset', { type: 'OnIdle' })).status, 'Scheduled');
  await scheduler.turn(300);
  assert.deepEqual(outcomes, [{ kind: 'swapped' }]);
  assert.equal(csms.of('BootNotification').length, 2);
});

test('messages can be triggered: boot, heartbeat, states of slots, running transactions', async () => {
  const { csms, scheduler } = await scene();
  csms.clear();
  const trigger = async (requestedMessage: string, evse?: object) =>
    (await csms.call('TriggerMessage', { requestedMessage, ...(evse && { evse }) })).status;
  assert.equal(await trigger('BootNotification'), 'Accepted');
  assert.equal(await trigger('Heartbeat'), 'Accepted');
  assert.equal(await trigger('StatusNotification'), 'Accepted');
  assert.equal(await trigger('TransactionEvent', { id: 5 }), 'Accepted');
  assert.equal(await trigger('PublishFirmwareStatusNotification'), 'NotImplemented');
  await scheduler.settled();
  assert.deepEqual(
    csms.of('BootNotification').map((it) => it.payload.reason),
    ['Triggered'],
  );
  assert.equal(csms.of('Heartbeat').length, 1);
  assert.deepEqual(
    csms.of('StatusNotification').map((it) => it.payload.connectorStatus),
    ['Available', 'Available', 'Occupied', 'Occupied', 'Occupied'],
  );
  assert.deepEqual(
    csms.of('TransactionEvent').map((it) => it.payload.triggerReason),
    ['Trigger'],
  );
});

test('a slot out of service gives no pack and is not charged; a station out of service serves nobody', async () => {
  const { csms, scheduler, arrive } = await scene();
  const change = async (operationalStatus: string, evse?: object) =>
    (await csms.call('ChangeAvailability', { operationalStatus, ...(evse && { evse }) })).status;
  assert.equal(await change('Inoperative', { id: 4 }), 'Accepted');
  assert.equal(await change('Inoperative', { id: 44 }), 'Rejected');
  const first = arrive();
  await scheduler.turn(200);
  assert.deepEqual(
    first.packs.map((it) => it.serial),
    ['PACK-3'],
  );
  assert.ok(csms.events().includes('AvailabilityState=Unavailable@4'));

  assert.equal(await change('Inoperative'), 'Accepted');
  const second = arrive();
  await scheduler.turn(200);
  assert.deepEqual(second.outcomes, []);
  assert.equal(await change('Operative', { id: 4 }), 'Accepted');
  assert.equal(await change('Operative'), 'Accepted');
  await scheduler.turn(200);
  assert.deepEqual(
    second.packs.map((it) => it.serial),
    ['PACK-4'],
  );
});

test('a slot that charges is not unlocked', async () => {
  const { csms, scheduler } = await scene();
  await scheduler.turn(1);
  const unlock = async (evseId: number) => (await csms.call('UnlockConnector', { evseId, connectorId: 1 })).status;
  assert.equal(await unlock(5), 'OngoingAuthorizedTransaction');
  assert.equal(await unlock(1), 'Unlocked');
  assert.equal(await unlock(99), 'UnknownConnector');
});

test('what a station cannot do it answers with NotSupported', async () => {
  const { csms } = await scene();
  await assert.rejects(
    csms.call('ClearCache', {}),
    (error) => error instanceof OcppError && error.code === 'NotSupported',
  );
});

test('a release for a swap that is not under way is not accepted', async () => {
  const { csms } = await scene();
  const { setVariableResult } = (await csms.release('4711', true)) as {
    setVariableResult: { attributeStatus: string }[];
  };
  assert.equal(setVariableResult[0]!.attributeStatus, 'UnknownComponent');
});

test('every frame that stations sent in these tests keeps to the official schemas', () => {
  assert.ok(conformity.checked > 100);
  assert.deepEqual(conformity.faults, []);
});

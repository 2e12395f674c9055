import assert from 'node:assert/strict';
import test from 'node:test';
import { fault } from '../faults.ts';
import { pack, rosterStation, scene } from '../testing.ts';

const swaps = (csms: { of(action: string): readonly { payload: { eventType: string } }[] }) =>
  csms.of('BatterySwap').map((it) => it.payload.eventType);

test('a driver with a card swaps: authorised, packs in and out under one request, told step by step, released', async () => {
  const { csms, scheduler, arrive } = await scene();
  csms.clear();
  const { packs, outcomes } = arrive();
  await scheduler.turn(200);

  assert.deepEqual(outcomes, [{ kind: 'swapped' }]);
  assert.deepEqual(
    packs.map((it) => it.serial),
    ['PACK-4'],
  ); // the fullest
  assert.equal(csms.of('Authorize').length, 1);
  const [into, out] = csms.of('BatterySwap').map((it) => it.payload);
  assert.equal(into.eventType, 'BatteryIn');
  assert.deepEqual(into.batteryData, [{ evseId: 1, serialNumber: 'CAR-1', soC: 20, soH: 95 }]);
  assert.equal(out.eventType, 'BatteryOut');
  assert.equal(out.batteryData[0].serialNumber, 'PACK-4');
  assert.equal(out.requestId, into.requestId);
  assert.deepEqual(
    csms.events('SwapStep').map((it) => it.split('=')[1]),
    ['Arrived', 'Identified', 'Positioned', 'LockedOut', 'Removed', 'Stored', 'Picked', 'Installed', 'Released'],
  );
  assert.equal(csms.events('SafetyCheck').length, 6);
  assert.deepEqual(csms.events('AvailabilityState'), ['AvailabilityState=Occupied@1', 'AvailabilityState=Available@4']);
});

test('a swap takes as long as the roster says', async () => {
  const { csms, scheduler, arrive } = await scene();
  const startMs = scheduler.ms();
  arrive();
  assert.ok(await scheduler.turnUntil(() => csms.events('SwapStep').includes('SwapStep=Released'), 500));
  assert.equal((scheduler.ms() - startMs) / 1000, 100);
});

test('a station that reports no steps tells block S, its slots and its charging, and needs no release', async () => {
  const { csms, scheduler, arrive } = await scene({ roster: { reportsSteps: false } });
  const { outcomes } = arrive();
  await scheduler.turn(200);
  assert.deepEqual(outcomes, [{ kind: 'swapped' }]);
  assert.deepEqual(csms.events('SwapStep'), []);
  assert.deepEqual(csms.events('SafetyCheck'), []);
  assert.deepEqual(swaps(csms), ['BatteryIn', 'BatteryOut']);
});

test('a driver the server does not accept does not swap', async () => {
  const { csms, scheduler, arrive } = await scene();
  csms.script = ({ action }) => (action === 'Authorize' ? { idTokenInfo: { status: 'Blocked' } } : undefined);
  const { outcomes, packs } = arrive();
  await scheduler.turn(200);
  assert.deepEqual(outcomes, [{ kind: 'refused', why: 'Blocked' }]);
  assert.deepEqual(
    packs.map((it) => it.serial),
    ['CAR-1'],
  );
  assert.deepEqual(swaps(csms), []);
});

test('asked for a swap from afar it accepts under the request of the server', async () => {
  const { csms, scheduler, arrive } = await scene();
  const { outcomes } = arrive({
    startRemotely: async () => {
      const answer = await csms.call('RequestBatterySwap', {
        requestId: 1_000_000_001,
        idToken: { idToken: 'driver-1', type: 'Central' },
      });
      return answer.status === 'Accepted' ? undefined : answer.statusInfo.reasonCode;
    },
  });
  await scheduler.turn(200);
  assert.deepEqual(outcomes, [{ kind: 'swapped' }]);
  assert.equal(csms.of('Authorize').length, 0);
  assert.deepEqual(
    csms.of('BatterySwap').map((it) => it.payload.requestId),
    [1_000_000_001, 1_000_000_001],
  );
});

test('packs that the server names as set aside are given, though others are fuller', async () => {
  const { csms, scheduler, arrive } = await scene();
  csms.script = ({ action }) =>
    action === 'Authorize'
      ? { idTokenInfo: { status: 'Accepted', customData: { vendorId: 'org.packloop', promisedSlots: [3] } } }
      : undefined;
  const { packs } = arrive();
  await scheduler.turn(200);
  assert.deepEqual(
    packs.map((it) => it.serial),
    ['PACK-3'],
  );
});

test('asked for a swap without stock it rejects with NoBatteryAvailable (TC_S_102)', async () => {
  const { csms, scheduler, arrive } = await scene();
  const { outcomes } = arrive({
    packModelIds: ['nio-75'],
    startRemotely: async () => {
      const answer = await csms.call('RequestBatterySwap', {
        requestId: 1_000_000_002,
        idToken: { idToken: 'Driver-1', type: 'Central' },
      });
      return answer.statusInfo?.reasonCode;
    },
  });
  await scheduler.turn(200);
  assert.deepEqual(outcomes, [{ kind: 'refused', why: 'NoBatteryAvailable' }]);
  assert.deepEqual(swaps(csms), []);
});

test('asked twice with the same request it answers the same and swaps once', async () => {
  const { csms, scheduler, arrive } = await scene();
  const ask = () =>
    csms.call('RequestBatterySwap', { requestId: 77, idToken: { idToken: 'Driver-1', type: 'Central' } });
  assert.equal((await ask()).status, 'Accepted');
  assert.equal((await ask()).status, 'Accepted');
  arrive();
  await scheduler.turn(200);
  assert.equal((await ask()).status, 'Accepted');
  arrive(); // the second visit shows a card
  await scheduler.turn(400);
  assert.deepEqual(
    csms.of('BatterySwap').map((it) => it.payload.requestId),
    [77, 77, 1, 1],
  );
});

test('a request nobody comes for is forgotten in silence after Timeout[In]', async () => {
  const { csms, scheduler, arrive } = await scene();
  await csms.call('RequestBatterySwap', { requestId: 5, idToken: { idToken: 'Driver-1', type: 'Central' } });
  csms.clear();
  await scheduler.turn(601);
  assert.deepEqual(swaps(csms), []);
  arrive();
  await scheduler.turn(200);
  assert.equal(csms.of('Authorize').length, 1);
});

test('a vehicle with two packs swaps both in one set (TC_S_103)', async () => {
  const { csms, scheduler, arrive } = await scene({ roster: { profile: 'cabinet', reportsSteps: false } });
  const { packs, outcomes } = arrive({ packs: [pack('A'), pack('B')] });
  await scheduler.turn(200);
  assert.deepEqual(outcomes, [{ kind: 'swapped' }]);
  assert.deepEqual(packs.map((it) => it.serial).toSorted(), ['PACK-3', 'PACK-4']);
  const [into, out] = csms
    .of('BatterySwap')
    .map((it) => it.payload.batteryData.map((pack: { evseId: number }) => pack.evseId));
  assert.deepEqual(
    [into, out],
    [
      [1, 2],
      [4, 3],
    ],
  );
});

test('without an empty slot the charged pack goes out first and the other one takes its place', async () => {
  const full = rosterStation().slots.filter((it) => it.serial !== null);
  const { csms, scheduler, station, arrive } = await scene({ roster: { slots: full } });
  const { packs } = arrive();
  await scheduler.turn(200);
  assert.deepEqual(
    packs.map((it) => it.serial),
    ['PACK-4'],
  );
  assert.deepEqual(swaps(csms), ['BatteryOut', 'BatteryIn']);
  assert.equal(station.slots.find((it) => it.no === 4)!.pack?.serial, 'CAR-1');
});

test('packs that nobody takes are told as BatteryOutTimeout and stay; the driver comes back and gets one', async () => {
  const { csms, scheduler, station, arrive } = await scene({ faults: [fault('out-timeout', {}, { times: 1 })] });
  const { packs, outcomes } = arrive();
  await scheduler.turn(400);
  assert.deepEqual(outcomes, [{ kind: 'left' }]);
  assert.deepEqual(swaps(csms), ['BatteryIn', 'BatteryOutTimeout']);
  assert.equal(packs.length, 0);
  assert.equal(station.slots.find((it) => it.no === 4)!.pack?.serial, 'PACK-4');

  const again = arrive({ packs, count: 1 });
  await scheduler.turn(400);
  assert.deepEqual(again.outcomes, [{ kind: 'swapped' }]);
  assert.deepEqual(swaps(csms), ['BatteryIn', 'BatteryOutTimeout', 'BatteryOut']);
  assert.equal(packs.length, 1);
});

test('a station that finds no pack for an accepted driver gives up, and says so when it reports steps', async () => {
  const { csms, scheduler, arrive } = await scene({ faults: [fault('no-stock')] });
  const { outcomes } = arrive();
  await scheduler.turn(200);
  assert.deepEqual(outcomes, [{ kind: 'refused', why: 'NoBatteryAvailable' }]);
  assert.deepEqual(csms.events('SwapStep'), ['SwapStep=Aborted']);
  assert.deepEqual(swaps(csms), []);
});

test('a failed check keeps the vehicle until it is mended, checked again and allowed to leave', async () => {
  const { csms, scheduler, arrive } = await scene({ faults: [fault('damaged-pack', { seconds: '600' })] });
  const { outcomes } = arrive();
  await scheduler.turn(400);
  assert.deepEqual(outcomes, []);
  assert.ok(csms.events().includes('SafetyCheck[Insulation]=40'));
  await scheduler.turn(400);
  assert.deepEqual(outcomes, [{ kind: 'swapped' }]);
  assert.equal(csms.events('SwapStep').at(-1), 'SwapStep=Released');
  assert.equal(csms.events('SafetyCheck').length, 12);
});

test('a vehicle that the server never allows to leave is taken out by staff, and is not told as released', async () => {
  const { csms, scheduler, arrive } = await scene({ faults: [fault('damaged-pack', { check: 'Locks' })] });
  csms.script = ({ action, payload }) => {
    if (action !== 'NotifyEvent') return undefined;
    const check = payload.eventData.find((it: { variable: { name: string } }) => it.variable.name === 'SafetyCheck');
    if (check) csms.release(check.component.instance, false);
    return {};
  };
  const { outcomes } = arrive();
  await scheduler.turn(4000);
  assert.deepEqual(outcomes, [{ kind: 'swapped' }]);
  assert.equal(csms.events('SwapStep').at(-1), 'SwapStep=Aborted');
});

test('a misread serial number is told of the pack that came in, and of that one only', async () => {
  const { csms, scheduler, station, arrive } = await scene({ faults: [fault('wrong-serial', {}, { times: 1 })] });
  arrive();
  await scheduler.turn(200);
  assert.equal(csms.of('BatterySwap')[0]!.payload.batteryData[0].serialNumber, 'CAR-7');
  assert.equal(station.slots[0]!.pack?.serial, 'CAR-1');
});

test('vehicles are swapped one after another', async () => {
  const { csms, scheduler, station, arrive } = await scene();
  const [first, second] = [arrive(), arrive({ idToken: { idToken: 'other', type: 'ISO14443' } })];
  assert.equal(station.waiting, 2);
  await scheduler.turn(150);
  assert.deepEqual([first.outcomes.length, second.outcomes.length], [1, 0]);
  await scheduler.turn(150);
  assert.deepEqual(second.outcomes, [{ kind: 'swapped' }]);
  assert.deepEqual(swaps(csms), ['BatteryIn', 'BatteryOut', 'BatteryIn', 'BatteryOut']);
});

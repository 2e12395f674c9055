import assert from 'node:assert/strict';
import test from 'node:test';
import { OcppError } from '#link';
import { fault } from '../faults.ts';
import { type Heard, scene } from '../testing.ts';

const told = (it: Heard) => `${it.action} ${it.payload.eventType ?? ''}`.trim();
const content = (it: Heard) => JSON.stringify([it.action, it.payload]);

test('a mere reconnect is no boot: the station goes on where it was', async () => {
  const { csms, scheduler } = await scene();
  assert.equal(csms.of('BootNotification').length, 1);
  csms.cut();
  await scheduler.turn(200);
  assert.equal(csms.connections, 2);
  assert.equal(csms.of('BootNotification').length, 1);
});

test('half an hour without network: swaps go on for drivers known before, and all is told later, in order, once', async () => {
  const { csms, scheduler, station, arrive } = await scene();
  arrive();
  await scheduler.turn(300);
  csms.clear();
  station.cut(1800);
  await scheduler.turn(60);
  assert.equal(station.isConnected, false);
  const [known, stranger] = [arrive(), arrive({ idToken: { idToken: 'nobody', type: 'ISO14443' } })];
  await scheduler.turn(600);
  assert.deepEqual(known.outcomes, [{ kind: 'swapped' }]);
  assert.deepEqual(stranger.outcomes, [{ kind: 'refused', why: 'Offline' }]);
  assert.equal(csms.of('BatterySwap').length, 0);
  assert.ok(station.unanswered > 10);

  await scheduler.turn(1500);
  assert.equal(station.unanswered, 0);
  assert.equal(csms.of('BootNotification').length, 0);
  assert.deepEqual(
    csms.of('BatterySwap').map((it) => it.payload.eventType),
    ['BatteryIn', 'BatteryOut'],
  );
  const ids = csms.of('NotifyEvent', 'TransactionEvent', 'BatterySwap').map((it) => Number(it.id));
  assert.deepEqual(
    ids,
    ids.toSorted((a, b) => a - b),
    'in the order in which they were made',
  );
  assert.equal(new Set(ids).size, ids.length);
  const offline = csms.of('TransactionEvent').filter((it) => it.payload.offline);
  assert.ok(offline.length > 3);
  const first = Temporal.Instant.from(offline[0]!.payload.timestamp).epochMilliseconds;
  assert.ok(first < scheduler.ms() - 1_000_000, 'with the times when it happened');
  const seqNos = csms.of('TransactionEvent').map((it) => [it.payload.transactionInfo.transactionId, it.payload.seqNo]);
  assert.equal(new Set(seqNos.map(String)).size, seqNos.length);
});

test('a message whose answer was lost is sent again with the same id and content', async () => {
  const { csms, scheduler, arrive } = await scene();
  let lost = 0;
  csms.script = ({ payload }) => {
    if (payload.eventType !== 'BatteryIn' || lost++ > 0) return undefined;
    csms.cut(); // heard, but the answer never arrives
    return {};
  };
  arrive();
  await scheduler.turn(400);
  const [first, second] = csms.of('BatterySwap').filter((it) => it.payload.eventType === 'BatteryIn');
  assert.equal(second!.id, first!.id);
  assert.equal(content(second!), content(first!));
});

test('a message that is not answered in time is sent again with the same id, in the end over a new connection', async () => {
  const { csms, scheduler, station, arrive } = await scene({ patienceMs: 0 });
  const at: number[] = [];
  csms.script = ({ payload }) => {
    if (payload.eventType !== 'BatteryIn') return undefined;
    at.push(scheduler.ms() / 1000);
    return at.length === 1 ? new Promise(() => {}) : undefined; // this connection is stuck from here
  };
  arrive();
  await scheduler.turn(600);
  assert.equal(csms.connections, 2);
  assert.ok(at[1]! - at[0]! > 90, 'three time-outs of half a minute');
  const told = csms.of('BatterySwap').filter((it) => it.payload.eventType === 'BatteryIn');
  assert.deepEqual(
    told.map((it) => it.id),
    [told[0]!.id, told[0]!.id],
  );
  assert.equal(station.unanswered, 0);
});

test('a refused message is given up with a line; after an internal error it is told again with growing pauses', async () => {
  const { csms, scheduler, station, lines, arrive } = await scene();
  const at: number[] = [];
  csms.script = ({ action, payload }) => {
    if (payload.eventType === 'BatteryIn') throw new OcppError('PropertyConstraintViolation', 'no such slot');
    if (payload.eventType !== 'BatteryOut') return undefined;
    at.push(scheduler.ms() / 1000);
    if (at.length < 5) throw new OcppError('InternalError', `${action} failed`);
    return undefined;
  };
  arrive();
  await scheduler.turn(600);
  assert.equal(csms.of('BatterySwap').filter((it) => it.payload.eventType === 'BatteryIn').length, 1);
  assert.ok(lines.some((it) => it.includes('BatterySwap') && it.includes('no such slot')));
  assert.deepEqual(
    at.slice(1).map((it, i) => it - at[i]!),
    [1, 2, 4, 8],
  );
  assert.equal(station.unanswered, 0);
});

test('nothing but the boot is told before the server accepts the station', async () => {
  let answers = 0;
  const { csms, scheduler } = await scene({
    prepare: (it) => {
      it.script = ({ action }) =>
        action === 'BootNotification' && answers++ < 2
          ? { currentTime: '2026-11-02T00:00:00Z', interval: 20, status: 'Pending' }
          : undefined;
    },
  });
  await scheduler.turn(10);
  assert.deepEqual(
    csms.of().map((it) => it.action),
    ['BootNotification'],
  );
  await scheduler.turn(60);
  assert.deepEqual(
    csms
      .of()
      .slice(0, 4)
      .map((it) => it.action),
    ['BootNotification', 'BootNotification', 'BootNotification', 'NotifyEvent'],
  );
});

test('a station dials with growing pauses while the server is down', async () => {
  const { csms, scheduler } = await scene();
  csms.isDown = true;
  csms.cut();
  await scheduler.turn(300);
  assert.equal(csms.connections, 1);
  csms.isDown = false;
  await scheduler.turn(100);
  assert.equal(csms.connections, 2);
});

test('everything can be sent twice, with the same id or a new one', async () => {
  for (const id of ['same', 'new'] as const) {
    const { csms, scheduler, arrive } = await scene({ faults: [fault('resend', { id })] });
    csms.clear();
    arrive();
    await scheduler.turn(200);
    const durable = csms.of('BatterySwap', 'NotifyEvent', 'TransactionEvent');
    assert.ok(durable.length > 10);
    for (let i = 0; i < durable.length; i += 2) {
      assert.equal(content(durable[i + 1]!), content(durable[i]!));
      assert.equal(durable[i + 1]!.id === durable[i]!.id, id === 'same');
    }
  }
});

test('sensors and charging can be told before the swap they belong to, or after', async () => {
  const around = async (faults: ReturnType<typeof fault>[]) => {
    const { csms, scheduler, arrive } = await scene({ roster: { reportsSteps: false }, faults });
    csms.clear();
    arrive();
    await scheduler.turn(56); // the empty pack is in its slot after 55 s
    return csms
      .of('BatterySwap', 'NotifyEvent', 'TransactionEvent')
      .map(told)
      .filter((it) => it !== 'TransactionEvent Updated');
  };
  assert.deepEqual(await around([]), [
    'BatterySwap BatteryIn',
    'NotifyEvent',
    'NotifyEvent',
    'TransactionEvent Started',
  ]);
  assert.deepEqual((await around([fault('reorder')])).slice(0, 3), [
    'NotifyEvent',
    'NotifyEvent',
    'TransactionEvent Started',
  ]);
});

test('packs can be told to go out before others came in; none is forgotten', async () => {
  const { csms, scheduler, station, arrive } = await scene({ faults: [fault('reorder', { how: 'out-first' })] });
  arrive();
  await scheduler.turn(200);
  assert.deepEqual(
    csms.of('BatterySwap').map((it) => it.payload.eventType),
    ['BatteryOut', 'BatteryIn'],
  );
  assert.equal(station.unanswered, 0);
});

test('a station that dies in a swap keeps what it had to tell, boots, and loses no pack', async () => {
  for (const step of ['positioned', 'removed', 'stored', 'picked', 'installed', 'checked']) {
    const { csms, scheduler, station, arrive } = await scene({ faults: [fault('crash', { step }, { times: 1 })] });
    csms.clear();
    const { packs, outcomes } = arrive();
    await scheduler.turn(150);
    assert.deepEqual(outcomes, [{ kind: 'interrupted' }], step);
    const [inside, here] = [packs.map((it) => it.serial), station.slots.flatMap((it) => it.pack?.serial ?? [])];
    assert.deepEqual([...inside, ...here].toSorted(), ['CAR-1', 'PACK-3', 'PACK-4', 'PACK-5'], step);

    await scheduler.turn(200);
    assert.deepEqual(
      csms.of('BootNotification').map((it) => it.payload.reason),
      ['PowerUp'],
    );
    // The books follow the packs: who is in the station by the messages is there.
    const seen = csms
      .of('BatterySwap')
      .map((it) => `${it.payload.eventType} ${it.payload.batteryData[0].serialNumber}`);
    const isIn = !inside.includes('CAR-1');
    const isOut = inside.includes('PACK-4');
    assert.deepEqual(seen, [...(isIn ? ['BatteryIn CAR-1'] : []), ...(isOut ? ['BatteryOut PACK-4'] : [])], step);

    if (isOut) continue;
    const again = arrive({ packs, count: 1 });
    await scheduler.turn(300);
    assert.deepEqual(again.outcomes, [{ kind: 'swapped' }], step);
    assert.deepEqual(
      packs.map((it) => it.serial),
      ['PACK-4'],
      step,
    );
  }
});

test('after a crash message ids start again, and every pack in a slot gets a new transaction (S04.FR.11)', async () => {
  const { csms, scheduler, station } = await scene();
  const before = csms.of('TransactionEvent').filter((it) => it.payload.eventType === 'Started');
  const firstIds = csms.of().map((it) => it.id);
  csms.clear();
  station.crash();
  await scheduler.turn(120);
  const after = csms.of('TransactionEvent').filter((it) => it.payload.eventType === 'Started');
  assert.deepEqual(
    after.map((it) => it.payload.evse.id),
    [3, 4, 5],
  );
  const ids = (all: readonly Heard[]) => all.map((it) => it.payload.transactionInfo.transactionId);
  assert.equal(new Set([...ids(before), ...ids(after)]).size, 6);
  assert.ok(csms.of().some((it) => firstIds.includes(it.id)));
});

test('what was not answered before a crash is told after it, ahead of the news of the new run', async () => {
  const { csms, scheduler, station, arrive } = await scene();
  station.cut(400);
  await scheduler.turn(1);
  csms.clear();
  arrive();
  await scheduler.turn(5);
  const unanswered = station.unanswered;
  station.crash();
  assert.equal(station.unanswered, unanswered);
  await scheduler.turn(900);
  assert.deepEqual(
    csms
      .of()
      .slice(0, 1)
      .map((it) => it.action),
    ['BootNotification'],
  );
  assert.equal(station.unanswered, 0);
});

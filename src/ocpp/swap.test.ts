// Block S of OCPP 2.1 as a station sees it: the official test cases, the traps of the text, the failures F1 to F6.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { check } from '#kernel';
import { ledgerInvariants } from '#ledger';
import { whereAre } from '#pack';
import { history } from '#record';
import { anomalies, type Slot, slotsOf, stationInvariants, transactionsOf } from '#station';
import { get, requestSwap, type Swap, swapInvariants } from '#swap';
import type { SwapId } from '#units';
import { cardOf, packCode, smallNetwork, st1, vinOf } from '../../test/seed.ts';
import type { Response } from './schema/types.ts';
import { gateway, type Network, txEvent } from './testing.ts';

interface Held {
  readonly evseId: number;
  readonly pack: number;
  readonly soC: number;
}

const batterySwap = (eventType: string, requestId: number, driver: number, ...held: Held[]) => ({
  eventType,
  requestId,
  idToken: { idToken: cardOf(driver).toUpperCase(), type: 'ISO14443' }, // tokens are compared without regard to case
  batteryData: held.map(({ evseId, pack, soC }) => ({ evseId, serialNumber: packCode(pack), soC, soH: 98 })),
});
const own: Held = { evseId: 20, pack: 101, soC: 10 };
const full: Held = { evseId: 1, pack: 1, soC: 90 };
const came = (requestId = 7) => batterySwap('BatteryIn', requestId, 1, own);
const went = (requestId = 7) => batterySwap('BatteryOut', requestId, 1, full);

const availability = (evseId: number, actualValue: string, at = '2026-11-22T08:00:01Z') => ({
  generatedAt: at,
  seqNo: 0,
  eventData: [
    {
      eventId: 1,
      timestamp: at,
      trigger: 'Delta',
      actualValue,
      eventNotificationType: 'HardWiredNotification',
      component: { name: 'Connector', evse: { id: evseId, connectorId: 1 } },
      variable: { name: 'AvailabilityState' },
    },
  ],
});
const told = (requestId: number, name: string, instance: string | undefined, actualValue: string) => {
  const event = availability(1, actualValue);
  Object.assign(event.eventData[0]!, {
    component: { name: 'BatterySwapCtrlr', instance: String(requestId) },
    variable: { name, ...(instance && { instance }) },
  });
  return event;
};

/** Everything is in order, and the one swap that there is stands so. */
async function theSwap({ doWork, db }: Network): Promise<Swap> {
  const { rows } = await sql<{ id: SwapId }>`select id from swap.swap order by id`.execute(db);
  assert.equal(rows.length, 1, 'one swap');
  const findings = await doWork((work) => check(work, [...ledgerInvariants, ...stationInvariants, ...swapInvariants]));
  assert.deepEqual(
    findings.filter((it) => it.violations.length > 0),
    [],
  );
  return await doWork((work) => get(work, rows[0]!.id));
}

const slotAt = async ({ doWork }: Network, no: number): Promise<Slot> =>
  (await doWork((work) => slotsOf(work, [st1]))).get(st1)![no - 1]!;

const swapping = (body: (network: Network) => Promise<void>) =>
  gateway(async (network) => {
    await network.doWork((work) => smallNetwork(work));
    await body(network);
  });

const authorise = { idToken: { idToken: cardOf(1), type: 'ISO14443' } };

test(
  'S01, S03: a driver is authorised at the station and swaps; each answer of ours to BatterySwap is empty (trap 1)',
  swapping(async (network) => {
    const station = network.connect(st1);
    const { idTokenInfo } = (await station.call('Authorize', authorise)) as Response<'Authorize'>;
    assert.deepEqual([idTokenInfo.status, idTokenInfo.customData?.promisedSlots], ['Accepted', [1]]);
    assert.deepEqual(await station.call('BatterySwap', came()), {});
    await station.call('NotifyEvent', availability(20, 'Occupied'));
    assert.deepEqual(await station.call('BatterySwap', went()), {});
    await station.call('NotifyEvent', availability(1, 'Available'));
    const swap = await theSwap(network);
    assert.equal(swap.state, 'released');
    assert.deepEqual(
      [(await slotAt(network, 1)).state, (await slotAt(network, 1)).packCode, (await slotAt(network, 20)).packCode],
      ['empty', null, packCode(101)],
    );
    const places = await network.doWork((work) => whereAre(work, [packCode(1), packCode(101)]));
    assert.deepEqual([places.get(packCode(1)), places.get(packCode(101))], [`vehicle:${vinOf(1)}`, `station:${st1}`]);
  }),
);

test(
  'TC_S_103 order: sensors and charging before BatterySwap, Ended and Available before it on the way out (trap 4)',
  swapping(async (network) => {
    const station = network.connect(st1);
    const charging = (evseId: number, id: string, seqNo: number, rest = {}) =>
      txEvent(seqNo, { evse: { id: evseId }, transactionInfo: { transactionId: id }, ...rest });
    await station.call('TransactionEvent', charging(1, 'tx-out', 0));
    await station.call('Authorize', authorise);
    await station.call('NotifyEvent', availability(20, 'Occupied'));
    await station.call('TransactionEvent', charging(20, 'tx-in', 0));
    await station.call('BatterySwap', came());
    await station.call(
      'TransactionEvent',
      charging(1, 'tx-out', 1, { eventType: 'Ended', triggerReason: 'EVCommunicationLost' }),
    );
    await station.call('NotifyEvent', availability(1, 'Available', '2026-11-22T08:02:00Z'));
    const early = await slotAt(network, 1);
    assert.deepEqual([early.state, early.packCode], ['empty', packCode(1)], 'which pack it was is not lost');
    await station.call('BatterySwap', went());
    assert.equal((await theSwap(network)).state, 'released');
    assert.equal((await slotAt(network, 1)).packCode, null);
    const transactions = await network.doWork((work) => transactionsOf(work, st1, 10));
    assert.deepEqual(transactions.map((it) => [it.id, it.state]).sort(), [
      ['tx-in', 'open'],
      ['tx-out', 'ended'],
    ]);
  }),
);

test(
  'S02 and TC_S_102: we ask the station to swap; Accepted goes on under our number, Rejected frees all',
  swapping(async (network) => {
    const answers = [{ status: 'Rejected', statusInfo: { reasonCode: 'NoBatteryAvailable' } }, { status: 'Accepted' }];
    const asked: unknown[] = [];
    const station = network.connect(st1, (call) => {
      asked.push(call.payload);
      return answers.shift();
    });
    const ask = () => network.doWork((work) => requestSwap(work, { stationId: st1, idToken: cardOf(1), by: 'test' }));
    const state = async (id: SwapId) => (await network.doWork((work) => get(work, id))).state;
    const rejected = await ask();
    for (let tries = 0; (await state(rejected.id)) !== 'aborted' && tries < 100; tries++) await wait(20);
    assert.equal(await state(rejected.id), 'aborted');
    const accepted = await ask();
    for (let tries = 0; asked.length < 2 && tries < 100; tries++) await wait(20);
    assert.deepEqual(asked[1], {
      requestId: accepted.requestId,
      idToken: { idToken: cardOf(1), type: 'Central' },
      customData: { vendorId: 'org.packloop', promisedSlots: [1] },
    });
    await station.call('BatterySwap', came(accepted.requestId!));
    await station.call('BatterySwap', went(accepted.requestId!));
    assert.equal(await state(accepted.id), 'released');
  }),
);

test(
  'F1: without a fitting pack the driver is refused, with a sentence for the station’s screen',
  gateway(async (network) => {
    await network.doWork((work) => smallNetwork(work, { standing: 0 }));
    const station = network.connect(st1);
    const { idTokenInfo } = (await station.call('Authorize', authorise)) as {
      idTokenInfo: { status: string; personalMessage: { content: string } };
    };
    assert.notEqual(idTokenInfo.status, 'Accepted');
    assert.match(idTokenInfo.personalMessage.content, /\w+/);
  }),
);

test(
  'F2: BatteryOutTimeout leaves an orphan that is booked and told, not dropped',
  swapping(async (network) => {
    const station = network.connect(st1);
    await station.call('Authorize', authorise);
    await station.call('BatterySwap', came());
    await station.call('BatterySwap', batterySwap('BatteryOutTimeout', 7, 1, full));
    assert.equal((await theSwap(network)).state, 'stranded');
    assert.equal((await slotAt(network, 20)).packCode, packCode(101));
  }),
);

test(
  'F3: a pack that nobody knows is accepted on the wire, booked where it is, and told to the operator',
  swapping(async (network) => {
    const station = network.connect(st1);
    await station.call('Authorize', authorise);
    const strange = came();
    strange.batteryData[0]!.serialNumber = 'NOBODY-KNOWS-THIS-ONE' as never;
    assert.deepEqual(await station.call('BatterySwap', strange), {});
    assert.ok((await network.doWork((work) => anomalies(work, { stationId: st1, most: 10 }))).length > 0);
    assert.equal((await slotAt(network, 20)).packCode, 'NOBODY-KNOWS-THIS-ONE');
  }),
);

test(
  'F4, F6, trap 8: a report that comes again, with the same or another message id, on this or another connection, books once',
  swapping(async (network) => {
    const first = network.connect(st1);
    await first.call('Authorize', authorise);
    first.socket.send(JSON.stringify([2, 'in-1', 'BatterySwap', came()]));
    first.socket.cut(); // in the middle of the swap: whether the answer came, nobody at the station knows
    await wait(50);
    const second = network.connect(st1);
    second.socket.send(JSON.stringify([2, 'in-1', 'BatterySwap', came()])); // the identical resend
    await second.call('BatterySwap', came()); // and one with a new id
    await second.call('BatterySwap', went());
    await second.call('BatterySwap', went());
    await second.call('BatterySwap', came());
    const swap = await theSwap(network);
    assert.deepEqual([swap.state, swap.moves], ['released', 2]);
  }),
);

test(
  'F5: a swap that nobody authorised is booked as it happened',
  swapping(async (network) => {
    const station = network.connect(st1);
    await station.call('BatterySwap', came());
    await station.call('BatterySwap', went());
    const swap = await theSwap(network);
    assert.deepEqual([swap.origin, swap.moves], ['unannounced', 2]);
  }),
);

test(
  'trap 7: after a reboot the station’s numbers start again, and the same number is another swap',
  swapping(async (network) => {
    const station = network.connect(st1);
    await station.call('BatterySwap', came(1));
    await station.call('BatterySwap', went(1));
    await station.call('BatterySwap', batterySwap('BatteryIn', 1, 2, { evseId: 21, pack: 102, soC: 12 }));
    await station.call('BatterySwap', batterySwap('BatteryOut', 1, 2, { evseId: 2, pack: 2, soC: 90 }));
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from swap.swap`.execute(network.db);
    assert.equal(rows[0]?.n, 2);
  }),
);

test(
  'the station tells each step and check; a failed check blocks, a passed one releases',
  swapping(async (network) => {
    const station = network.connect(st1);
    await station.call('Authorize', authorise);
    for (const step of ['Arrived', 'identified', 'Positioned', 'LockedOut', 'Removed'])
      await station.call('NotifyEvent', told(7, 'SwapStep', undefined, step));
    await station.call('BatterySwap', came());
    await station.call('NotifyEvent', told(7, 'SwapStep', undefined, 'Stored'));
    await station.call('BatterySwap', went());
    const checks = { Locks: '1', Torque: '100', Interlock: '1', Insulation: '20', Coolant: '0', Mating: '6' };
    for (const [name, value] of Object.entries(checks))
      await station.call('NotifyEvent', told(7, 'SafetyCheck', name, value));
    assert.equal((await theSwap(network)).state, 'blocked');
    await station.call('NotifyEvent', told(7, 'safetycheck', 'INSULATION', '5000'));
    await station.call('NotifyEvent', told(7, 'SwapStep', undefined, 'Released'));
    assert.equal((await theSwap(network)).state, 'released');
    await station.call('NotifyEvent', told(7, 'SwapStep', undefined, 'Dancing'));
    const lines = await network.doWork((work) => anomalies(work, { stationId: st1, most: 20 }));
    assert.ok(lines.some((it) => it.kind === 'swap-step-unknown' && /Dancing/.test(it.sentence)));
  }),
);

test(
  'a pack in slot 0, which is the whole station, is refused by its field',
  swapping(async (network) => {
    const station = network.connect(st1);
    await assert.rejects(station.call('BatterySwap', batterySwap('BatteryIn', 1, 1, { ...own, evseId: 0 })), {
      code: 'PropertyConstraintViolation',
    });
  }),
);

test(
  'what a pack has counted itself goes on its record once; what cannot be is a line for the operator',
  swapping(async (network) => {
    const station = network.connect(st1);
    const counted = (at: string, values: Record<string, string>, serial: string = packCode(101)) => {
      const component = { name: 'batterycartridge', evse: { id: 20 } };
      const common = { timestamp: at, trigger: 'Delta', eventNotificationType: 'HardWiredNotification', component };
      const told = Object.entries(values).map(([instance, actualValue], n) => {
        return { ...common, eventId: n, actualValue, variable: { name: 'Counter', instance } };
      });
      const serialNumber = { ...common, eventId: 99, actualValue: serial, variable: { name: 'SerialNumber' } };
      return { generatedAt: at, seqNo: 0, eventData: [...told, serialNumber] };
    };
    const entries = async () =>
      (await network.doWork((work) => history(work, `pack:${packCode(101)}`))).filter(
        (it) => it.type === 'pack.counters-read',
      );
    await station.call('NotifyEvent', counted('2026-11-22T07:00:00Z', { MinutesHot: '5', DeepDischarges: '1' }));
    await station.call('NotifyEvent', counted('2026-11-22T07:01:00Z', { MinutesHot: '5', DeepDischarges: '1' }));
    await station.call('NotifyEvent', counted('2026-11-22T06:00:00Z', { MinutesHot: '4' }));
    assert.equal((await entries()).length, 1, 'the same again and what comes late are no news');
    await station.call('NotifyEvent', counted('2026-11-22T07:02:00Z', { MinutesHot: '7' }));
    const [, second] = await entries();
    assert.deepEqual(
      [second?.body.hotMinutes, second?.body.deepDischarges, second?.body.stationId],
      [7, 1, st1],
      'what it did not tell now stays',
    );
    await station.call('NotifyEvent', counted('2026-11-22T07:03:00Z', { MinutesHot: '6' }));
    await station.call('NotifyEvent', counted('2026-11-22T07:04:00Z', { MinutesCold: 'a lot' }));
    await station.call('NotifyEvent', counted('2026-11-22T07:05:00Z', { MinutesHot: '9' }, 'nobody-knows-it'));
    assert.equal((await entries()).length, 2);
    const lines = await network.doWork((work) => anomalies(work, { stationId: st1, most: 20 }));
    const strange = lines.filter((it) => it.kind === 'pack-counter-strange');
    assert.equal(strange[0]?.times, 2);
  }),
);

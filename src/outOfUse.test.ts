// A station that is out of use is promised to nobody: by an alarm, by order, by its own word; through the real gateway.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CallFrame, socketPair } from '#link';
import { anomalies, shut } from '#station';
import { reserve } from '#swap';
import { type Caller, type TestApp, withServer } from '../test/app.ts';
import { cardOf, smallNetwork, st1 } from '../test/seed.ts';
import type { App } from './app.ts';
import { stationOn } from './ocpp/testing.ts';

async function scene({ app, as }: TestApp) {
  await app.doWork(smallNetwork);
  const asked: CallFrame[] = [];
  const [here, there] = socketPair();
  const station = stationOn(here, st1, (call) => {
    asked.push(call);
    return { status: 'Accepted' };
  });
  app.ocpp.accept(st1, there);
  const told = async (value: string, minutesAgo: number) => {
    const timestamp = app.clock().subtract({ minutes: minutesAgo }).toString();
    await station.call('NotifyEvent', {
      ...{ generatedAt: timestamp, seqNo: 0 },
      eventData: [
        {
          ...{ eventId: 1, timestamp, trigger: 'Delta', actualValue: value, eventNotificationType: 'CustomMonitor' },
          ...{ component: { name: 'ChargingStation' }, variable: { name: 'AvailabilityState' } },
        },
      ],
    });
    await app.drain();
  };
  const boot = () =>
    station.call('BootNotification', {
      reason: 'PowerUp',
      chargingStation: { vendorName: 'V', model: 'M', firmwareVersion: '1' },
    });
  const operator = await as('operate', 'read', 'drive');
  return { app, asked, told, boot, operator };
}

const quote = (caller: Caller) => caller.get(`/v1/stations/${st1}/quote?idToken=${cardOf(1)}`);
const booking = (app: App) => ({ idToken: cardOf(1), arriveBy: app.clock().add({ minutes: 30 }).toString() });

/** An order, and its answer from the station. */
async function order(app: App, operator: Caller, payload: object): Promise<void> {
  const path = `/v1/stations/${st1}/commands`;
  const { status, body } = await operator.post(path, { action: 'ChangeAvailability', payload });
  assert.equal(status, 200, JSON.stringify(body));
  for (let n = 0; n < 200; n++) {
    await app.ocpp.poke();
    const [last] = (await operator.get(path)).body.items.filter((it: { id: string }) => it.id === body.id);
    if (last.state === 'answered') break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await app.drain();
}

/** Views are kept for a second. */
async function shows(operator: Caller) {
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const twin = (await operator.get(`/v1/stations/${st1}/now`)).body;
  const { stations } = (await operator.get('/v1/network')).body;
  const inNetwork = stations.find((it: { id: string }) => it.id === st1);
  return { twin: twin.station.outOfUse?.why ?? null, ready: twin.ready, network: inNetwork?.outOfUse?.why ?? null };
}

test(
  'a station that an alarm has shut is quoted and reserved for nobody, its reservations end with their money free, every view says so, and an order opens it',
  withServer(async (world) => {
    const { app, operator, boot, asked, told } = await scene(world);
    const before = await shows(operator);
    assert.ok(before.ready > 0 && before.twin === null);
    const reserved = await app.doWork((work) =>
      reserve(work, { stationId: st1, idToken: cardOf(1), arriveBy: work.at.add({ minutes: 30 }) }),
    );
    assert.ok(reserved.held > 0);

    await app.doWork((work) => shut(work, [st1], 'alarm'));
    await app.drain();
    const cancelled = (await operator.get(`/v1/swaps/${reserved.id}`)).body;
    assert.deepEqual([cancelled.state, cancelled.problems[0].code], ['cancelled', 'station-out-of-use']);
    const refused = await quote(operator);
    assert.deepEqual([refused.status, refused.body.type], [409, '/problems/station-out-of-use']);
    const again = await operator.post(`/v1/stations/${st1}/reservations`, booking(app));
    assert.deepEqual([again.status, again.body.type], [409, '/problems/station-out-of-use']);
    const after = await shows(operator);
    assert.deepEqual([after.twin, after.ready, after.network], ['alarm', 0, 'alarm']);
    const lines = await app.doWork((work) => anomalies(work, { most: 20 }));
    assert.ok(
      lines.some((it) => it.kind === 'station-out-of-use' && it.sentence.includes('ChangeAvailability Operative')),
    );

    // Whatever it says after a restart: it is told again, and stays shut.
    await boot();
    await told('Available', 1);
    await app.ocpp.poke();
    assert.equal((await shows(operator)).twin, 'alarm');
    for (let n = 0; n < 200 && asked.length === 0; n++) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(asked.some((it) => JSON.stringify(it.payload) === '{"operationalStatus":"Inoperative"}'));

    await order(app, operator, { operationalStatus: 'Operative' });
    assert.deepEqual(await shows(operator), before);
    assert.equal((await quote(operator)).status, 200);
    assert.ok((await app.audit()).clean);
  }),
);

test(
  'a station that an operator puts out of use, or that says so itself, is promised to nobody until the same says otherwise',
  withServer(async (world) => {
    const { app, operator, told } = await scene(world);
    await order(app, operator, { operationalStatus: 'Inoperative' });
    assert.equal((await shows(operator)).twin, 'ordered');
    assert.equal((await quote(operator)).body.type, '/problems/station-out-of-use');
    await order(app, operator, { operationalStatus: 'Operative' });
    assert.equal((await shows(operator)).twin, null);

    for (const [state, ago] of [
      ['Unavailable', 20],
      ['Faulted', 10],
    ] as const) {
      await told(state, ago);
      assert.equal((await shows(operator)).twin, state.toLowerCase());
      assert.equal((await quote(operator)).body.type, '/problems/station-out-of-use');
      await told('Available', ago + 4);
      assert.equal((await shows(operator)).twin, state.toLowerCase(), 'older news undo nothing');
      await told('Available', ago - 1);
      assert.equal((await shows(operator)).twin, null);
    }
    assert.ok((await app.audit()).clean);
  }),
);

test(
  'a slot that is put out of use gives no pack, though the station goes on saying that one is in it',
  withServer(async (world) => {
    const { app, operator } = await scene(world);
    const first = (await shows(operator)).ready;
    await order(app, operator, { operationalStatus: 'Inoperative', evse: { id: 1 } });
    const after = await shows(operator);
    assert.ok(after.ready < first && after.twin === null, `${after.ready} of ${first}`);
  }),
);

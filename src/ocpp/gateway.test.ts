import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import { check } from '#kernel';
import { accounts, balance, ledgerInvariants } from '#ledger';
import { OcppError } from '#link';
import { setTokenStatus } from '#party';
import { anomalies, commandsOf, find, slotsOf, stationInvariants, transactionsOf, variablesOf } from '#station';
import type { StationId } from '#units';
import { cardOf, smallNetwork } from '../../test/seed.ts';
import { answerAll } from './batch.ts';
import { digestOf, messagesOf } from './inbox.ts';
import { boot, gateway, type Network, stationName, txEvent } from './testing.ts';

const A = stationName(1);
const refused = (code: string, text: RegExp) => (error: Error & { code?: string }) =>
  error.code === code && text.test(error.message);

const sound = async ({ doWork }: Network) => {
  const findings = await doWork((work) => check(work, [...ledgerInvariants, ...stationInvariants]));
  assert.deepEqual(
    findings.filter((it) => it.violations.length > 0),
    [],
  );
};
const charged = ({ doWork }: Network, id: StationId = A) =>
  doWork(async (work) => {
    const found = await accounts(work, [{ unit: 'energy', asset: 'Wh', holder: `station:${id}` }]);
    return [...found.values()].map(balance)[0] ?? 0;
  });
const logged = async ({ db }: Network) =>
  (await sql<{ n: number }>`select count(*)::int as n from ocpp.message where direction = 'in'`.execute(db)).rows[0]!.n;
const lines = async (network: Network) => {
  await network.ocpp.flush();
  return await network.doWork((work) => anomalies(work, { most: 100 }));
};

test(
  'a station boots, is accepted, and is asked for its device model only the first time',
  gateway(async (network) => {
    await network.build(1);
    const asked: string[] = [];
    const station = network.connect(A, (call) => {
      asked.push(call.action);
      return { status: 'Accepted' };
    });
    const answer = await station.call('BootNotification', boot);
    assert.deepEqual(answer, { currentTime: network.clock.now.toString(), interval: 300, status: 'Accepted' });
    await station.call('BootNotification', boot);
    await network.ocpp.poke();
    await turn();
    assert.deepEqual(asked, ['GetBaseReport']);
    await network.ocpp.flush();
    const known = (await network.doWork((work) => find(work, [A]))).get(A);
    assert.deepEqual([known?.vendor, known?.firmware, known?.online], ['Test', '1.0', true]);
  }),
);

test(
  'a heartbeat is answered from memory with the present time',
  gateway(async (network) => {
    await network.build(1);
    const station = network.connect(A);
    network.clock.now = network.clock.now.add({ hours: 1 });
    assert.deepEqual(await station.call('Heartbeat'), { currentTime: network.clock.now.toString() });
    assert.equal(await logged(network), 0);
  }),
);

test(
  'a charging in a slot, from Started to Ended, is in the station’s books and the energy in the ledger',
  gateway(async (network) => {
    await network.build(1);
    const station = network.connect(A);
    const token = { idToken: { idToken: '', type: 'NoAuthorization' } };
    assert.deepEqual(await station.call('TransactionEvent', txEvent(0, token)), {
      idTokenInfo: { status: 'Accepted' },
    });
    assert.deepEqual(await station.call('TransactionEvent', txEvent(1)), {});
    const [slot] = (await network.doWork((work) => slotsOf(work, [A]))).get(A)!;
    assert.deepEqual([slot?.state, slot?.soc, slot?.powerW, slot?.transactionId], ['occupied', 31, 36_000, 'tx-1']);
    for (const [seqNo, ended] of [
      [
        2,
        {
          triggerReason: 'EnergyLimitReached',
          transactionInfo: { transactionId: 'tx-1', chargingState: 'SuspendedEVSE' },
        },
      ],
      [
        3,
        {
          eventType: 'Ended',
          triggerReason: 'EVCommunicationLost',
          transactionInfo: { transactionId: 'tx-1', chargingState: 'Idle', stoppedReason: 'EVDisconnected' },
        },
      ],
    ] as const)
      await station.call('TransactionEvent', txEvent(seqNo, ended));
    assert.equal(await charged(network), 1800);
    const [transaction] = await network.doWork((work) => transactionsOf(work, A, 10));
    assert.deepEqual([transaction?.state, transaction?.stoppedReason], ['ended', 'EVDisconnected']);
    await sound(network);
  }),
);

test(
  'an Ended with EnergyLimitReached, as in the official test case, is accepted as well',
  gateway(async (network) => {
    await network.build(1);
    const station = network.connect(A);
    await station.call('TransactionEvent', txEvent(0));
    await station.call('TransactionEvent', txEvent(1, { eventType: 'Ended', triggerReason: 'EnergyLimitReached' }));
    assert.equal((await network.doWork((work) => transactionsOf(work, A, 1)))[0]?.state, 'ended');
    await sound(network);
  }),
);

/** Sends a frame on a connection of its own, as after a reconnection. @returns the answer, as it came */
async function frameOn(network: Network, frame: string): Promise<string> {
  const answers: string[] = [];
  const station = network.connect(A);
  station.socket.onFrame((it) => it.startsWith('[3,') && answers.push(it));
  station.socket.send(frame);
  while (answers.length < 1) await turn();
  return answers[0]!;
}

test(
  'a message that comes again with its id gets its answer again and is not handled twice',
  gateway(async (network) => {
    await network.build(1);
    const event = { type: 'TamperDetectionActivated', timestamp: '2026-11-22T08:00:00Z' };
    const frame = JSON.stringify([2, 'same', 'SecurityEventNotification', event]);
    const first = await frameOn(network, frame);
    network.clock.now = network.clock.now.add({ hours: 5 });
    assert.equal(await frameOn(network, frame), first);
    assert.equal(await logged(network), 1);
    const events = (await lines(network)).filter((it) => it.kind === 'security-event');
    assert.deepEqual(
      events.map((it) => it.times),
      [1],
    );
  }),
);

test(
  'a station that boots again with the very same frame has booted again, and is told the present time',
  gateway(async (network) => {
    await network.build(1);
    const frame = JSON.stringify([2, '1', 'BootNotification', boot]);
    await frameOn(network, frame);
    network.clock.now = network.clock.now.add({ hours: 5 });
    const now = network.clock.now.toString();
    const answer = JSON.parse(await frameOn(network, frame))[2];
    assert.equal(answer.currentTime, now);
    const station = (await network.doWork((work) => find(work, [A]))).get(A);
    assert.equal(station?.lastBootAt?.toString(), now);
    const [row, ...more] = await network.doWork((work) => messagesOf(work, A, 10));
    assert.deepEqual([String(row?.at), JSON.parse(row!.answer!), more.length], [now, answer, 0]);
  }),
);

test(
  'a driver who was blocked since is not let in by the answer that the same frame got before',
  gateway(async (network) => {
    await network.doWork((work) => smallNetwork(work, { station: A }));
    const token = { idToken: { idToken: cardOf(1), type: 'ISO14443' } };
    const frame = JSON.stringify([2, '1', 'Authorize', token]);
    const status = async () => JSON.parse(await frameOn(network, frame))[2].idTokenInfo.status;
    assert.equal(await status(), 'Accepted');
    await network.doWork((work) => setTokenStatus(work, cardOf(1), 'blocked'));
    assert.equal(await status(), 'Blocked');
    assert.equal(await logged(network), 1);
  }),
);

test(
  'both copies of a boot that arrive together are answered, and kept as one message',
  gateway(async (network) => {
    await network.build(1);
    const frame = JSON.stringify([2, '1', 'BootNotification', boot]);
    await frameOn(network, frame);
    const item = {
      ...{ stationId: A, messageId: '1', digest: digestOf(frame), raw: frame },
      ...{ action: 'BootNotification' as const, payload: boot },
    };
    const outcomes = await network.doWork((work) => answerAll(work, [item, item]));
    assert.deepEqual(
      outcomes.map((it) => 'answer' in it && 'repeated' in it.answer && it.answer.repeated),
      [false, false],
    );
    assert.equal(await logged(network), 1);
  }),
);

test(
  'the same message id with other content, as after a reboot that restarts the counter, is a new message',
  gateway(async (network) => {
    await network.build(1);
    const answers: string[] = [];
    const station = network.connect(A);
    station.socket.onFrame((it) => answers.push(it));
    station.socket.send(JSON.stringify([2, '1', 'TransactionEvent', txEvent(0)]));
    while (answers.length < 1) await turn();
    station.socket.send(JSON.stringify([2, '1', 'TransactionEvent', txEvent(1)]));
    while (answers.length < 2) await turn();
    assert.equal(await logged(network), 2);
    assert.equal((await network.doWork((work) => transactionsOf(work, A, 1)))[0]?.received, 2);
  }),
);

test(
  'a resend on a new connection while the first is still being handled is handled once',
  gateway(async (network) => {
    await network.build(1);
    const frame = JSON.stringify([2, 'x', 'TransactionEvent', txEvent(0)]);
    const answers: string[] = [];
    const stations = [network.connect(A), network.connect(A)];
    for (const it of stations) it.socket.onFrame((text) => answers.push(text));
    stations[1]!.socket.send(frame);
    const third = network.connect(A);
    third.socket.onFrame((text) => answers.push(text));
    third.socket.send(frame);
    while (answers.length < 1) await turn();
    assert.equal(await logged(network), 1);
    assert.equal(network.ocpp.connections, 1);
  }),
);

test(
  'what was stored offline is taken in order with the times it happened, and nothing twice',
  gateway(async (network) => {
    await network.build(1);
    network.clock.now = network.clock.now.add({ hours: 6 });
    const stored = Array.from({ length: 30 }, (_, seqNo) => txEvent(seqNo, { offline: true }));
    const first = network.connect(A);
    const sent = stored.slice(0, 12).map((it) => first.call('TransactionEvent', it).catch((error) => error.name));
    await sent[5];
    first.socket.cut(); // in the middle of the replay
    await Promise.all(sent);
    const second = network.connect(A);
    for (const it of stored.slice(4)) await second.call('TransactionEvent', it);
    const [transaction] = await network.doWork((work) => transactionsOf(work, A, 1));
    assert.equal(transaction?.received, 30);
    assert.deepEqual(transaction?.missing, []);
    assert.equal(transaction?.startedAt.toString(), '2026-11-22T08:00:00Z');
    assert.equal(transaction?.offline, true);
    await second.call('TransactionEvent', txEvent(30, { eventType: 'Ended' }));
    assert.equal(await charged(network), 18_000);
    await sound(network);
  }),
);

test(
  'after a reboot a new transaction in the slot closes the one that never ended',
  gateway(async (network) => {
    await network.build(1);
    const station = network.connect(A);
    await station.call('BootNotification', boot);
    await station.call('TransactionEvent', txEvent(0));
    await station.call('TransactionEvent', txEvent(3));
    await station.call('BootNotification', { ...boot, reason: 'Watchdog' });
    network.clock.now = Temporal.Instant.from('2026-11-22T10:00:00Z');
    const next = {
      transactionInfo: { transactionId: 'tx-2' },
      timestamp: '2026-11-22T10:00:00Z',
      meterValue: undefined,
    };
    await station.call('TransactionEvent', JSON.parse(JSON.stringify(txEvent(0, next))));
    const states = (await network.doWork((work) => transactionsOf(work, A, 10))).map((it) => [it.id, it.state]);
    assert.deepEqual(states, [
      ['tx-2', 'open'],
      ['tx-1', 'cut'],
    ]);
    assert.equal(await charged(network), 1800);
    await sound(network);
  }),
);

test(
  'slots are told by NotifyEvent or by StatusNotification, in any spelling',
  gateway(async (network) => {
    await network.build(1);
    const station = network.connect(A);
    const event = (name: string, variable: string, actualValue: string, evse: number) => ({
      eventId: 1,
      timestamp: '2026-11-22T08:00:00Z',
      trigger: 'Delta',
      actualValue,
      eventNotificationType: 'HardWiredNotification',
      component: { name, evse: { id: evse, connectorId: 1 } },
      variable: { name: variable },
    });
    await station.call('NotifyEvent', {
      generatedAt: '2026-11-22T08:00:00Z',
      seqNo: 0,
      eventData: [
        event('Connector', 'AvailabilityState', 'Occupied', 1),
        event('BATTERYCARTRIDGE', 'soc', '81', 1),
        event('BatterySwapCtrlr', 'targetsoc', '90', 0),
      ],
    });
    await station.call('StatusNotification', {
      timestamp: '2026-11-22T08:00:01Z',
      connectorStatus: 'Faulted',
      evseId: 2,
      connectorId: 1,
    });
    const slots = (await network.doWork((work) => slotsOf(work, [A]))).get(A)!;
    assert.deepEqual(
      slots.slice(0, 3).map((it) => [it.state, it.soc]),
      [
        ['occupied', 81],
        ['faulted', null],
        ['empty', null],
      ],
    );
    const variables = await network.doWork((work) => variablesOf(work, A));
    assert.ok(variables.some((it) => it.variable === 'TargetSoC' && it.value === '90' && it.slotNo === null));
  }),
);

test(
  'a report of the device model fills it in',
  gateway(async (network) => {
    await network.build(1);
    const station = network.connect(A);
    await station.call('NotifyReport', {
      requestId: 1,
      generatedAt: '2026-11-22T08:00:00Z',
      seqNo: 0,
      reportData: [
        {
          component: { name: 'BatterySwapCtrlr' },
          variable: { name: 'Timeout', instance: 'In' },
          variableAttribute: [{ type: 'Actual', value: '60' }, { type: 'MaxSet', value: '600' }, { type: 'Target' }],
        },
      ],
    });
    const variables = await network.doWork((work) => variablesOf(work, A));
    assert.deepEqual(
      variables.map((it) => [it.variableInstance, it.attribute, it.value]),
      [
        ['In', 'Actual', '60'],
        ['In', 'MaxSet', '600'],
      ],
    );
  }),
);

test(
  'what breaks the schema is refused with the field, and the operator finds the message',
  gateway(async (network) => {
    await network.build(1);
    const station = network.connect(A);
    const { seqNo, ...without } = txEvent(0);
    await assert.rejects(station.call('TransactionEvent', without), refused('OccurrenceConstraintViolation', /seqNo/));
    await assert.rejects(
      station.call('TransactionEvent', txEvent(0, { colour: 'red' })),
      refused('FormatViolation', /colour/),
    );
    await assert.rejects(station.call('Fly', {}), refused('NotImplemented', /Fly/));
    await assert.rejects(
      station.call('NotifyEVChargingNeeds', {
        evseId: 1,
        chargingNeeds: { requestedEnergyTransfer: 'DC' },
      }),
      refused('NotSupported', /not supported/),
    );
    const [line] = (await lines(network)).filter((it) => it.kind === 'refused');
    assert.equal(line?.times, 2);
    assert.match(String(line?.facts.message), /TransactionEvent/);
  }),
);

test(
  'every call that is refused is kept with its error, however alike; sent again it is judged again',
  gateway(async (network) => {
    const { doWork, build, connect } = network;
    await build(1);
    const station = connect(A);
    const zoneless = (seqNo: number) => txEvent(seqNo, { timestamp: `2026-11-22T11:0${seqNo}:00` });
    for (const seqNo of [0, 1, 2, 3])
      await assert.rejects(
        station.call('TransactionEvent', zoneless(seqNo)),
        refused('PropertyConstraintViolation', /time/),
      );
    await assert.rejects(
      station.call('TransactionEvent', txEvent(4, { timestamp: '2026-02-30T00:00:00Z' })),
      refused('PropertyConstraintViolation', /time/),
    );
    await assert.rejects(station.call('Heartbeat', { at: 'noon' }), refused('FormatViolation', /at/));
    await assert.rejects(station.call('Fly', {}), refused('NotImplemented', /Fly/));
    const frame = JSON.stringify([2, 'same', 'Fly', { up: true }]);
    for (const _ of [1, 2]) {
      station.socket.send(frame);
      await assert.rejects(station.call('Fly', {}), refused('NotImplemented', /Fly/));
    }
    const kept = (await doWork((work) => messagesOf(work, A, 100))).filter((it) => it.direction === 'in');
    assert.deepEqual(
      Map.groupBy(kept, (it) => it.action)
        .entries()
        .map(([action, those]) => [action, those.length])
        .toArray()
        .sort(),
      [
        ['Fly', 4],
        ['Heartbeat', 1],
        ['TransactionEvent', 5],
      ],
    );
    for (const it of kept) {
      assert.equal(it.answer, null);
      assert.match(
        String(it.error),
        /"code":"(PropertyConstraintViolation|FormatViolation|NotImplemented)","description":"/,
      );
    }
    assert.equal(new Set(kept.map((it) => it.raw)).size, kept.length);
    await sound(network);
  }),
);

test(
  'what was refused before and is in order now is handled, and known from then on',
  gateway(async (network) => {
    await network.build(1);
    const { doWork } = network;
    const item = {
      stationId: A,
      messageId: '1',
      digest: digestOf('x'),
      action: 'TransactionEvent',
      payload: txEvent(0),
      raw: 'x',
    };
    const refusal = new OcppError('GenericError', 'not now');
    for (const _ of [1, 2])
      assert.deepEqual(await doWork((work) => answerAll(work, [{ ...item, refusal }])), [{ answer: { refusal } }]);
    const answered = async () =>
      (await doWork((work) => answerAll(work, [item])))[0] as { answer: { repeated: boolean } };
    assert.equal((await answered()).answer.repeated, false);
    assert.equal((await answered()).answer.repeated, true);
    const [kept, ...others] = await doWork((work) => messagesOf(work, A, 9));
    assert.deepEqual([kept?.answer, kept?.error, others], ['{}', null, []]);
  }),
);

test(
  'values that no database, calendar or meter can hold neither stop the others nor the process',
  gateway(async (network) => {
    await network.build(2);
    const [station, other] = [network.connect(A), network.connect(stationName(2))];
    const bad = [
      station.call('TransactionEvent', txEvent(0, { timestamp: '2026-02-30T00:00:00Z' })),
      station.call('TransactionEvent', txEvent(0, { seqNo: 1e300 })),
      station.call('TransactionEvent', txEvent(0, { evse: { id: 1e12 } })),
      station.call('TransactionEvent', txEvent(0, { transactionInfo: { transactionId: 'a\u0000b' } })),
      station.call('TransactionEvent', txEvent(0, { transactionInfo: { transactionId: 'a\ud800b' } })),
    ];
    const good = other.call('TransactionEvent', txEvent(0));
    station.socket.send('[2,"a\\u0000","BootNotification",{"reason":"PowerUp"}]');
    station.socket.send(`[2,"b\\u0000","DataTransfer",{"vendorId":"x"}]`);
    station.socket.send('[2,"c","Fly\\u0000\\ud800",{}]');
    for (const [index, it] of (await Promise.allSettled(bad)).entries())
      assert.match(String((it as PromiseRejectedResult).reason?.code), /Property|Format/, `bad ${index}`);
    assert.deepEqual(await good, {});
    const absurd = txEvent(1);
    absurd.meterValue[0]!.sampledValue[0]!.value = 1e300;
    absurd.meterValue[0]!.sampledValue[1]!.value = 140;
    assert.deepEqual(await other.call('TransactionEvent', absurd), {}, 'taken without the values nobody can measure');
    assert.ok((await lines(network)).some((it) => it.kind === 'unsupported' && it.sentence.includes('Fly')));
    await sound(network);
  }),
);

test(
  'security events, firmware failures and data of unknown vendors are logged, and the bad ones told',
  gateway(async (network) => {
    await network.build(1);
    const station = network.connect(A);
    await station.call('SecurityEventNotification', {
      type: 'TamperDetectionActivated',
      timestamp: '2026-11-22T08:00:00Z',
    });
    await station.call('SecurityEventNotification', { type: 'StartupOfTheDevice', timestamp: '2026-11-22T08:00:00Z' });
    await station.call('FirmwareStatusNotification', { status: 'InstallationFailed', requestId: 1 });
    await station.call('LogStatusNotification', { status: 'Uploading', requestId: 1 });
    assert.deepEqual(await station.call('DataTransfer', { vendorId: 'x' }), { status: 'UnknownVendorId' });
    assert.deepEqual((await lines(network)).map((it) => it.kind).sort(), ['firmware', 'security-event']);
    assert.equal((await network.doWork((work) => messagesOf(work, A, 10))).length, 5);
  }),
);

test(
  'malformed, unknown and unasked frames are answered or noted, and the connection lives on',
  gateway(async (network) => {
    await network.build(1);
    const station = network.connect(A);
    for (const frame of [
      'rubbish',
      '[]',
      '[2]',
      '[9,"a",{}]',
      '[3,"never",{}]',
      '[6,"s","NotifyPeriodicEventStream",{}]',
    ])
      station.socket.send(frame);
    assert.ok('currentTime' in (await station.call('Heartbeat')));
    const kinds = new Set((await lines(network)).map((it) => it.kind));
    assert.ok(kinds.has('unreadable') && kinds.has('unknown-answer'));
  }),
);

test(
  'a flood ends the connection, and leaves one line',
  gateway(
    async (network) => {
      await network.build(1);
      const station = network.connect(A);
      const closed = new Promise<number>((resolve) => station.socket.onClose((code) => resolve(code)));
      for (let i = 0; i < 500; i++) station.socket.send(`[2,"${i}","Heartbeat",{}]`);
      assert.equal(await closed, 1008);
      const flood = (await lines(network)).filter((it) => it.kind === 'flood');
      assert.equal(flood.length, 1);
      assert.equal(network.ocpp.connections, 0);
    },
    { limits: { perSecond: 10, burst: 20, patience: 50 } },
  ),
);

test(
  'a thousand charging stations at once need few transactions and no more connections than the pool has',
  gateway(
    async (network) => {
      await network.build(1000);
      const stations = Array.from({ length: 1000 }, (_, index) => network.connect(stationName(index + 1)));
      const answers = await Promise.all(stations.map((it) => it.call('TransactionEvent', txEvent(0))));
      assert.equal(answers.length, 1000);
      await Promise.all(stations.map((it) => it.call('TransactionEvent', txEvent(1, { eventType: 'Ended' }))));
      assert.equal(await logged(network), 2000);
      await sound(network);
    },
    { connections: 5 },
  ),
);

test(
  'who is connected is known, and nobody after the end',
  gateway(async (network) => {
    await network.build(2);
    const [first] = [network.connect(A), network.connect(stationName(2))];
    await network.ocpp.flush();
    const online = async () =>
      [...(await network.doWork((work) => find(work, [A, stationName(2)]))).values()]
        .filter((it) => it.online)
        .map((it) => it.id)
        .sort();
    assert.deepEqual(await online(), [A, stationName(2)]);
    first.socket.cut();
    await turn();
    await network.ocpp.flush();
    assert.deepEqual(await online(), [stationName(2)]);
    await network.ocpp.close();
    assert.deepEqual(await online(), []);
    assert.equal((await network.doWork((work) => commandsOf(work, A, { most: 10 }))).length, 0);
  }),
);

test(
  'a meter that tells what no meter can show is a line, within a transaction and without',
  gateway(async ({ build, connect, doWork, clock }) => {
    await build(1);
    const station = connect(stationName(1));
    const sampled = (value: number) => [{ timestamp: `${clock.now}`, sampledValue: [{ value, measurand: 'SoC' }] }];
    await station.call('MeterValues', { evseId: 2, meterValue: sampled(-7) });
    await station.call('TransactionEvent', txEvent(0, { meterValue: sampled(700) }));
    const lines = await doWork((work) => anomalies(work, { most: 5 }));
    assert.deepEqual(
      lines.map((it) => [it.kind, it.times, it.sentence]),
      [['meter-impossible', 2, 'The meter of slot 1 told what no meter can show: SoC 700']],
    );
  }),
);

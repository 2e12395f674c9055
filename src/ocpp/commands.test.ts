import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { OcppError } from '#link';
import { type Ask, type Command, command, commandById, takeOldest, variablesOf } from '#station';
import { messagesOf } from './inbox.ts';
import { gateway, type Network, stationName } from './testing.ts';

const A = stationName(1);

const ask = ({ doWork }: Network, rest: Partial<Ask> = {}) =>
  doWork((work) =>
    command(work, { stationId: A, action: 'GetVariables', payload: getSoc, by: 'tester', timeoutMs: 10_000, ...rest }),
  );

/** The command once it is in this state after so many tries; fails after five seconds. */
async function until({ doWork, ocpp }: Network, id: string, state: Command['state'], tries = 0): Promise<Command> {
  for (let looks = 0; looks < 250; looks++) {
    const found = await doWork((work) => commandById(work, id));
    if (found?.state === state && found.tries >= tries) return found;
    await wait(20);
    await ocpp.poke();
  }
  const found = await doWork((work) => commandById(work, id));
  throw new Error(`command is ${found?.state}: ${found?.error}, not ${state}`);
}

const cartridge = { component: { name: 'BatteryCartridge', evse: { id: 1 } }, variable: { name: 'SoC' } };
const getSoc = { getVariableData: [cartridge] };
const soc = { getVariableResult: [{ ...cartridge, attributeStatus: 'Accepted', attributeValue: '77' }] };

test(
  'a command that is queued for a connected station goes out at once; its frame and its answer are kept and understood',
  gateway(async (network) => {
    await network.build(1);
    const heard: string[] = [];
    network.connect(A, ({ messageId }) => {
      heard.push(messageId);
      return soc;
    });
    const id = await ask(network);
    const done = await until(network, id, 'answered');
    const [line] = await network.doWork((work) => messagesOf(work, A, 1));
    assert.deepEqual(JSON.parse(line!.raw), [2, heard[0], 'GetVariables', getSoc], 'the log holds the frame');
    assert.deepEqual([done.tries, done.askedBy, done.answer], [1, 'tester', soc]);
    const [variable] = await network.doWork((work) => variablesOf(work, A));
    assert.equal(variable?.value, '77');
  }),
);

test(
  'a command waits for its station to connect',
  gateway(async (network) => {
    await network.build(1);
    const id = await ask(network);
    await network.ocpp.poke();
    assert.equal((await network.doWork((work) => commandById(work, id)))?.state, 'queued');
    network.connect(A, () => soc);
    assert.equal((await until(network, id, 'answered')).tries, 1);
  }),
);

test(
  'a command that may be repeated is sent again when no answer comes, and given up after its tries',
  gateway(async (network) => {
    await network.build(1);
    let asked = 0;
    network.connect(A, () => (++asked < 2 ? new Promise(() => {}) : soc));
    const id = await ask(network, { timeoutMs: 300 });
    assert.match((await until(network, id, 'queued', 1)).error!, /not answered within/);
    network.clock.now = network.clock.now.add({ seconds: 5 });
    network.connect(A, () => {
      asked++;
      return soc;
    });
    assert.equal((await until(network, id, 'answered')).tries, 2);

    network.connect(A, () => new Promise(() => {}));
    const never = await ask(network, { tries: 1, timeoutMs: 50 });
    assert.match((await until(network, never, 'timed-out')).error!, /not answered within/);
  }),
);

test(
  'a reset is never sent twice, and a refusal is final',
  gateway(async (network) => {
    await network.build(1);
    let asked = 0;
    const station = network.connect(A, () => {
      asked++;
      station.socket.cut();
      return new Promise(() => {});
    });
    const id = await ask(network, { action: 'Reset', payload: { type: 'Immediate' } });
    assert.match((await until(network, id, 'failed')).error!, /closed/);
    assert.equal(asked, 1);
    network.connect(A, () => {
      throw new OcppError('NotSupported', 'no such variable here');
    });
    assert.match((await until(network, await ask(network), 'failed')).error!, /no such variable/);
  }),
);

test(
  'an answer that breaks the schema is a failure, and the station is told why',
  gateway(async (network) => {
    await network.build(1);
    const station = network.connect(A, () => ({ getVariableResult: 'none' }));
    const done = await until(network, await ask(network), 'failed');
    assert.match(done.error!, /getVariableResult/);
    assert.ok(station.problems.some((it) => it.kind === 'answer-refused'));
  }),
);

test(
  'commands of one station go one after the other, those of others meanwhile',
  gateway(async (network) => {
    await network.build(2);
    const open = { [A]: 0, [stationName(2)]: 0 };
    const most = { ...open };
    for (const name of [A, stationName(2)])
      network.connect(name, async () => {
        most[name] = Math.max(most[name]!, ++open[name]!);
        await wait(5);
        open[name]!--;
        return soc;
      });
    const ids = await Promise.all(
      [A, A, A, stationName(2)].map((stationId) => ask(network, { stationId, timeoutMs: 5000 })),
    );
    for (const id of ids) await until(network, id, 'answered');
    assert.deepEqual(Object.values(most), [1, 1]);
  }),
);

test(
  'a command that nobody could send in time expires',
  gateway(async (network) => {
    await network.build(1);
    const id = await ask(network, { notAfter: network.clock.now.add({ minutes: 1 }) });
    network.clock.now = network.clock.now.add({ minutes: 2 });
    assert.equal((await until(network, id, 'expired')).tries, 0);
  }),
);

test(
  'a command that a server sent just before it died is sent again as soon as the station is back',
  gateway(async (network) => {
    await network.build(1);
    const asked = await ask(network);
    const lost = await network.doWork((work) => takeOldest(work, [A])); // and that server is no more
    assert.deepEqual([lost[0]?.id, lost[0]?.state], [asked, 'sent']);
    network.connect(A, () => soc);
    assert.equal((await until(network, asked, 'answered')).tries, 2);
  }),
);

test(
  'a reset that a server sent just before it died is not sent again',
  gateway(async (network) => {
    await network.build(1);
    let resets = 0;
    const asked = await ask(network, { action: 'Reset', payload: { type: 'OnIdle' } });
    await network.doWork((work) => takeOldest(work, [A]));
    network.connect(A, () => {
      resets++;
      return { status: 'Accepted' };
    });
    assert.match((await until(network, asked, 'timed-out')).error!, /no answer/);
    assert.equal(resets, 0);
  }),
);

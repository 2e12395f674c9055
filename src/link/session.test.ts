import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallTimeout, LinkClosed, NotSent, OcppError } from './error.ts';
import { RawJson } from './frame.ts';
import { socketPair } from './socket.ts';
import { end, facing, quiet, TurnedClock } from './testing.ts';

const kinds = (problems: readonly { kind: string }[]) => problems.map((it) => it.kind);
const call = (id: string | number, action = 'Heartbeat', payload: object = {}) =>
  JSON.stringify([2, `${id}`, action, payload]);

test('a call and its answer find each other', async () => {
  const clock = new TurnedClock();
  const [a, b] = socketPair();
  const csms = end(a, clock);
  end(b, clock, { answer: (session, { action, payload }) => ({ action, payload, on: session.context }) });
  assert.deepEqual(await csms.session.call('Reset', { type: 'Immediate' }), {
    action: 'Reset',
    payload: { type: 'Immediate' },
    on: 'station 7',
  });
  assert.equal(clock.running, 0);
});

test('an answer that needs no waiting is out before the next frame is read', () => {
  const sent: string[] = [];
  let deliver = (_: string) => {};
  const socket = {
    send: (it: string) => sent.push(it),
    close: () => {},
    onFrame: (hear: (frame: string) => void) => {
      deliver = hear;
    },
    onClose: () => {},
  };
  end(socket, new TurnedClock(), { answer: () => new RawJson('{"currentTime":"2026-11-22T00:00:00Z"}') });
  deliver(call(1));
  assert.deepEqual(sent, ['[3,"1",{"currentTime":"2026-11-22T00:00:00Z"}]']);
});

test('a call is begun only after the one before it was answered', async () => {
  const begun: string[] = [];
  const answers: (() => void)[] = [];
  const { peer, said } = facing({
    answer: (_, { messageId }) => {
      begun.push(messageId);
      return new Promise((resolve) => answers.push(() => resolve({ to: messageId })));
    },
  });
  for (const id of [1, 2, 3]) peer.send(call(id));
  await quiet();
  assert.deepEqual([begun, said], [['1'], []]);
  for (const expected of [1, 2, 3]) {
    answers.shift()!();
    await quiet();
    assert.deepEqual(said.at(-1), [3, `${expected}`, { to: `${expected}` }]);
  }
  assert.deepEqual(begun, ['1', '2', '3']);
});

test('a refusal reaches the peer with its code, a bug only as InternalError, and the operator sees it', async () => {
  const { peer, said, problems } = facing({
    answer: (_, { action }) => {
      if (action === 'A') throw new OcppError('NotSupported', 'not here', { why: 1 });
      if (action === 'B') return Promise.reject(new OcppError('SecurityError', 'no'));
      if (action === 'C') return { cannot: 1n };
      if (action === 'D') throw new OcppError('GenericError', 'odd details', { cannot: 1n });
      throw new Error('password of the database');
    },
  });
  for (const action of ['A', 'B', 'C', 'D', 'E']) peer.send(call(action, action));
  await quiet();
  assert.deepEqual(said, [
    [4, 'A', 'NotSupported', 'not here', { why: 1 }],
    [4, 'B', 'SecurityError', 'no', {}],
    [4, 'C', 'InternalError', 'the call could not be processed', {}],
    [4, 'D', 'GenericError', 'odd details', {}],
    [4, 'E', 'InternalError', 'the call could not be processed', {}],
  ]);
  assert.deepEqual(kinds(problems), ['crash', 'crash']);
  assert.match(problems[1]!.detail, /password of the database/);
});

test('our calls go out one at a time, and a call refused does not stop the next', async () => {
  const { session, peer, said } = facing();
  const outcomes = Promise.allSettled(['A', 'B', 'C'].map((it) => session.call(it)));
  await quiet();
  assert.equal(said.length, 1);
  peer.send(JSON.stringify([3, said[0]![1], { n: 1 }]));
  await quiet();
  assert.equal(said.length, 2);
  peer.send(JSON.stringify([4, said[1]![1], 'NotSupported', 'no', { a: 1 }]));
  await quiet();
  peer.send(JSON.stringify([3, said[2]![1], { n: 3 }]));
  const [first, second, third] = await outcomes;
  assert.deepEqual(
    said.map((it) => it[2]),
    ['A', 'B', 'C'],
  );
  assert.deepEqual(
    [first, third],
    [
      { status: 'fulfilled', value: { n: 1 } },
      { status: 'fulfilled', value: { n: 3 } },
    ],
  );
  assert.ok(second?.status === 'rejected' && second.reason instanceof OcppError);
  assert.deepEqual(
    [second.reason.code, second.reason.message, second.reason.details],
    ['NotSupported', 'no', { a: 1 }],
  );
});

test('a call that is not answered in time makes way, and its late answer is noted and ignored', async () => {
  const { session, peer, said, clock, problems } = facing();
  const first = session.call('A', {}, 1000);
  const second = session.call('B', {}, 1000);
  await quiet();
  clock.turn(1000);
  await assert.rejects(first, CallTimeout);
  await quiet();
  clock.turn(999);
  for (const id of [said[0]![1], 'never-asked']) peer.send(JSON.stringify([3, id, {}]));
  peer.send(JSON.stringify([3, said[1]![1], { n: 2 }]));
  assert.deepEqual(await second, { n: 2 });
  assert.deepEqual(kinds(problems), ['late-answer', 'unknown-answer']);
  assert.equal(clock.running, 0);
});

test('an answer against the schema is sent back and fails our call', async () => {
  const { session, peer, said, problems } = facing({
    checkResult: (action, payload) =>
      'status' in payload ? undefined : { code: 'OccurrenceConstraintViolation', description: `${action}: no status` },
  });
  const bad = session.call('Reset');
  const unreadable = session.call('Reset');
  const good = session.call('Reset');
  await quiet();
  peer.send(JSON.stringify([3, said[0]![1], {}]));
  await assert.rejects(bad, { name: 'OcppError', code: 'OccurrenceConstraintViolation' });
  await quiet();
  assert.deepEqual(said[1], [5, said[0]![1], 'OccurrenceConstraintViolation', 'Reset: no status', {}]);
  peer.send(JSON.stringify([3, said[2]![1]]));
  await assert.rejects(unreadable, { name: 'OcppError', code: 'RpcFrameworkError' });
  await quiet();
  assert.deepEqual(said[3]!.slice(0, 3), [5, said[2]![1], 'RpcFrameworkError']);
  peer.send(JSON.stringify([3, said[4]![1], { status: 'Accepted' }]));
  assert.deepEqual(await good, { status: 'Accepted' });
  assert.deepEqual(kinds(problems), ['bad-answer', 'unreadable']);
});

test('after a close the caller knows which call may have been acted on and which certainly was not', async () => {
  const { session, peer, closes, clock } = facing();
  const sent = session.call('A');
  const queued = session.call('B');
  await quiet();
  peer.cut();
  await assert.rejects(sent, LinkClosed);
  await assert.rejects(queued, NotSent);
  await assert.rejects(session.call('C'), NotSent);
  assert.deepEqual(closes, [{ code: 1006, reason: 'connection lost' }]);
  assert.equal(clock.running, 0);
});

test('our calls do not pile up without end behind a peer that never answers', async () => {
  const { session } = facing({ limits: { maxQueued: 2 } });
  const calls = [1, 2, 3, 4].map((it) => session.call(`Call${it}`));
  await assert.rejects(calls[3]!, NotSent);
  session.close();
  assert.deepEqual(
    (await Promise.allSettled(calls)).map((it) => it.status === 'rejected' && it.reason.name),
    ['LinkClosed', 'NotSent', 'NotSent', 'NotSent'],
  );
});

test('unconfirmed messages are heard while a call is being answered, and never answered', async () => {
  const { peer, heard, said, problems } = facing({ answer: () => new Promise(() => {}) });
  peer.send(call(1));
  peer.send('[6,"2","NotifyPeriodicEventStream",{"id":1}]');
  peer.send('[6,"3","NotifyPeriodicEventStream"]');
  await quiet();
  assert.deepEqual(
    heard.map((it) => it.payload),
    [{ id: 1 }],
  );
  assert.deepEqual([said, kinds(problems)], [[], ['unreadable']]);
});

test('a crash of whoever hears an unconfirmed message is a line for the operator, not the end of the server', async () => {
  let asked = 0;
  const { peer, session, problems } = facing({
    hear: () => {
      if (asked++ === 0) throw new Error('at once');
      return Promise.reject(new Error('later'));
    },
  });
  for (const id of ['1', '2']) peer.send(`[6,"${id}","NotifyPeriodicEventStream",{}]`);
  await quiet();
  assert.deepEqual(kinds(problems), ['crash', 'crash']);
  assert.ok(session.isOpen);
});

test('the peer is told when it could not be read, and the operator when the peer could not use our answer', async () => {
  const { peer, said, problems } = facing();
  peer.send('nonsense');
  peer.send('[9,"1",{}]');
  peer.send('[5,"1","FormatViolation","what?",{}]');
  await quiet();
  assert.deepEqual(
    said.map((it) => it.slice(0, 3)),
    [
      [4, '-1', 'RpcFrameworkError'],
      [4, '1', 'MessageTypeNotSupported'],
    ],
  );
  assert.deepEqual(kinds(problems), ['unreadable', 'unreadable', 'answer-refused']);
});

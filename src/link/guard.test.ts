import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { taken } from './allowance.ts';
import { facing, quiet } from './testing.ts';

const kinds = (problems: readonly { kind: string }[]) => problems.map((it) => it.kind);
const call = (id: number) => JSON.stringify([2, `${id}`, 'Heartbeat', {}]);

test('a peer above its rate is refused, and served again when it has slowed down', async () => {
  const { peer, said, problems, clock } = facing({ limits: { perSecond: 10, burst: 3, patience: 100 } });
  for (let id = 0; id < 5; id++) peer.send(call(id));
  await quiet();
  assert.deepEqual(
    said.map((it) => it[0]),
    [3, 3, 3, 4, 4],
  );
  assert.deepEqual(said[3], [4, '3', 'GenericError', 'rate limit: at most 10 messages a second', {}]);
  clock.turn(100);
  for (let id = 5; id < 7; id++) peer.send(call(id));
  await quiet();
  assert.deepEqual(
    said.slice(5).map((it) => it[0]),
    [3, 4],
  );
  assert.deepEqual(kinds(problems), ['rate-limit']);
});

test('a peer that will not slow down is hung up on', async () => {
  const { peer, said, problems, closes, clock } = facing({ limits: { perSecond: 10, burst: 3, patience: 4 } });
  for (let id = 0; id < 100; id++) {
    peer.send(call(id));
    clock.turn(1);
  }
  await quiet();
  assert.equal(said.length, 3 + 4);
  assert.deepEqual(kinds(problems), ['rate-limit', 'flood']);
  assert.deepEqual(closes, [{ code: 1008, reason: 'flood' }]);
});

test('our own call is answered even when the peer is above its rate', async () => {
  const { session, peer, said } = facing({ limits: { perSecond: 1, burst: 1 } });
  const answer = session.call('Reset');
  await quiet();
  for (let id = 0; id < 5; id++) peer.send(call(id));
  peer.send(JSON.stringify([3, said[0]![1], { status: 'Accepted' }]));
  assert.deepEqual(await answer, { status: 'Accepted' });
});

test('over any stretch of time nobody gets more than the burst and the rate', () => {
  const anyGaps = fc.array(fc.nat({ max: 300 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(anyGaps, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 20 }), (gaps, perSecond, burst) => {
      let [at, wholeAt] = [1_000_000, 0];
      const served: number[] = [];
      for (const gap of gaps) {
        at += gap;
        const next = taken(wholeAt, at, { perSecond, burst });
        if (next === undefined) continue;
        wholeAt = next;
        served.push(at);
      }
      assert.equal(served[0], 1_000_000 + gaps[0]!);
      for (const [first, from] of served.entries())
        for (let last = first; last < served.length; last++)
          assert.ok(last - first + 1 <= burst + 0.5 + ((served[last]! - from) / 1000) * perSecond + 1e-6);
    }),
  );
});

test('calls that do not wait for their answers are kept in order up to a limit, then hung up on', async () => {
  const { peer, said, problems, closes } = facing({
    answer: () => new Promise(() => {}),
    limits: { maxWaiting: 3 },
  });
  for (let id = 0; id < 8; id++) peer.send(call(id));
  await quiet();
  assert.deepEqual(
    said.map((it) => it.slice(0, 3)),
    [[4, '4', 'RpcFrameworkError']],
  );
  assert.deepEqual(kinds(problems), ['flood']);
  assert.equal(closes[0]?.code, 1008);
});

test('a message beyond the limit is not read: the peer is hung up on', async () => {
  const { peer, said, problems, closes } = facing({ limits: { maxFrameBytes: 100 } });
  peer.send(call(1));
  peer.send(JSON.stringify([2, '2', 'DataTransfer', { data: '电'.repeat(25) }])); // 57 characters, 107 bytes
  peer.send(call(3));
  await quiet();
  assert.deepEqual(said, [[3, '1', {}]]);
  assert.deepEqual(kinds(problems), ['oversized']);
  assert.equal(closes[0]?.code, 1009);
});

test('an answer that is ready only after the close goes nowhere, and nothing that waited is begun', async () => {
  const begun: string[] = [];
  let answer = () => {};
  const { session, peer, said } = facing({
    answer: (_, { messageId }) => {
      begun.push(messageId);
      return new Promise((resolve) => {
        answer = () => resolve({});
      });
    },
  });
  for (const id of [1, 2]) peer.send(call(id));
  await quiet();
  session.close(1001, 'going down');
  answer();
  peer.send(call(3));
  await quiet();
  assert.deepEqual([begun, said], [['1'], []]);
});

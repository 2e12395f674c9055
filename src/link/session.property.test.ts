import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CallTimeout, LinkClosed, NotSent } from './error.ts';
import { socketPair } from './socket.ts';
import { end, facing, quiet, TurnedClock } from './testing.ts';

/** How long each end takes for an answer: nothing (at once), or so many microtasks. */
const anyDelays = fc.array(fc.constantFrom(0, 0, 1, 2, 7, 30), { minLength: 1, maxLength: 12 });

test('however calls of both ends cross, each is answered once, in order, with its own answer', async () => {
  await fc.assert(
    fc.asyncProperty(anyDelays, anyDelays, fc.array(fc.boolean(), { maxLength: 40 }), async (slow, quick, script) => {
      const clock = new TurnedClock();
      const sockets = socketPair();
      const ends = [slow, quick].map((delays, side) => {
        const answered: number[] = [];
        let busy = false;
        const it = end(sockets[side]!, clock, {
          nextMessageId: (() => {
            let id = 0;
            return () => `${side}-${id++}`;
          })(),
          answer: (_, { payload }) => {
            assert.ok(!busy, 'a call was begun before the one before it was answered');
            const { n } = payload as { n: number };
            answered.push(n);
            const delay = delays[n % delays.length]!;
            if (delay === 0) return { n };
            busy = true;
            return (async () => {
              for (let i = 0; i < delay; i++) await undefined;
              busy = false;
              return { n };
            })();
          },
        });
        return { ...it, answered };
      });
      const made = [0, 0];
      const answers = script.map((side) => {
        const n = made[Number(side)]!++;
        return ends[Number(side)]!.session.call('Any', { n }).then((it) => assert.deepEqual(it, { n }));
      });
      await Promise.all(answers);
      for (const side of [0, 1]) {
        assert.deepEqual(ends[1 - side]!.answered, [...Array(made[side]).keys()]);
        assert.deepEqual(ends[side]!.problems, []);
      }
    }),
    { numRuns: 300 },
  );
});

test('a line that is cut at any moment settles every call, and what was surely not sent never arrived', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 10 }), async (cutAfter, calls) => {
      const clock = new TurnedClock();
      const [a, b] = socketPair();
      const seen = new Set<number>();
      const caller = end(a, clock);
      end(b, clock, {
        answer: async (_, { payload }) => {
          seen.add((payload as { n: number }).n);
          await undefined;
          return {};
        },
      });
      const outcomes = Promise.allSettled([...Array(calls).keys()].map((n) => caller.session.call('Any', { n })));
      for (let i = 0; i < cutAfter; i++) await undefined;
      a.cut();
      for (const [n, outcome] of (await outcomes).entries()) {
        if (outcome.status === 'fulfilled') assert.ok(seen.has(n));
        else if (outcome.reason instanceof NotSent) assert.ok(!seen.has(n));
        else assert.ok(outcome.reason instanceof LinkClosed);
      }
      assert.equal(clock.running, 0);
    }),
    { numRuns: 300 },
  );
});

test('no rubbish on the line throws, stops the session, or costs a call its answer', async () => {
  const anyRubbish = fc.oneof(
    fc.string(),
    fc
      .array(fc.oneof(fc.jsonValue(), fc.integer({ min: 0, max: 8 }), fc.string({ maxLength: 40 })), { maxLength: 6 })
      .map((it) => JSON.stringify(it)),
    fc.tuple(fc.constantFrom(3, 4, 5), fc.string({ minLength: 1, maxLength: 36 })).map((it) => JSON.stringify(it)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anyRubbish, { maxLength: 30 }), async (rubbish) => {
      const { session, peer, said, clock } = facing();
      const own = session.call('Reset', {}, 1000);
      own.catch(() => {});
      for (const text of rubbish) peer.send(text);
      peer.send('[2,"the good one","Heartbeat",{}]');
      await quiet();
      assert.ok(session.isOpen);
      assert.deepEqual(said.at(-1), [3, 'the good one', {}]);
      clock.turn(1000);
      await assert.rejects(own, CallTimeout);
    }),
    { numRuns: 500 },
  );
});

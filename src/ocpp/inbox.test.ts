import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { StationId } from '#units';
import { rolledBack } from '../../test/work.ts';
import { rounds } from './batch.ts';
import { answersTo, digestOf, forgetOldMessages, keyOf, type Logged, log, messagesOf } from './inbox.ts';

const message = (messageId: string, raw: string, stationId = 'A' as StationId): Logged => ({
  stationId,
  messageId,
  digest: digestOf(raw),
  direction: 'in',
  action: 'DataTransfer',
  raw,
  answer: `{"n":"${raw}"}`,
});

test(
  'an answer is found by station, message id and content; old messages are forgotten',
  rolledBack(async (work) => {
    const [first, second] = [message('1', 'x'), message('1', 'y')];
    await log(work, [first, second]);
    const other = message('1', 'x', 'B' as StationId);
    assert.deepEqual(await answersTo(work, [second, other]), new Map([[keyOf(second), second.answer]]));
    assert.deepEqual((await messagesOf(work, first.stationId, 10)).map((it) => it.raw).sort(), ['x', 'y']);
    work.later({ hours: 24 * 91 });
    await log(work, [other]);
    assert.equal(await forgetOldMessages(work), 2);
    assert.equal(await forgetOldMessages(work), 0);
    assert.equal((await messagesOf(work, other.stationId, 10)).length, 1);
  }),
);

test('rounds keep the order of each station, and handle each message once', () => {
  const anyMessage = fc.record({ station: fc.integer({ max: 4, min: 0 }), id: fc.integer({ max: 9, min: 0 }) });
  fc.assert(
    fc.property(fc.array(anyMessage, { maxLength: 40 }), (sent) => {
      const items = sent.map((it) => message(`${it.id}`, 'x', `${it.station}` as StationId));
      const done = rounds(items);
      for (const round of done) assert.equal(new Set(round.map((it) => it.stationId)).size, round.length);
      const order = (all: readonly Logged[], station: string) => [
        ...new Map(all.filter((it) => it.stationId === station).map((it) => [keyOf(it), it])).keys(),
      ];
      for (const station of ['0', '1', '2', '3', '4'])
        assert.deepEqual(order(done.flat(), station), order(items, station));
      assert.equal(done.flat().length, new Set(items.map(keyOf)).size);
    }),
  );
});

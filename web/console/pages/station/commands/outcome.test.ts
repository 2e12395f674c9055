import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Command, isOver, outcomeOf, valuesIn } from './outcome.ts';

const answered = (answer: NonNullable<Command['answer']>) => outcomeOf({ state: 'answered', answer });

suite('what became of a command', () => {
  test('an answer is good news only when its status says so', () => {
    assert.equal(answered({ status: 'Accepted' }).is, 'accepted');
    assert.equal(answered({ status: 'Unlocked' }).is, 'accepted');
    assert.equal(answered({ status: 'Scheduled' }).is, 'scheduled');
    assert.deepEqual(answered({ status: 'Rejected', statusInfo: { reasonCode: 'UnsupportedParam' } }), {
      is: 'refused',
      status: 'Rejected',
      reason: 'UnsupportedParam',
    });
    assert.equal(answered({ status: 'OngoingAuthorizedTransaction' }).is, 'refused');
  });

  test('variables are judged one by one', () => {
    const result = (...statuses: string[]) =>
      answered({ setVariableResult: statuses.map((attributeStatus) => ({ attributeStatus })) });
    assert.equal(result('Accepted').is, 'accepted');
    assert.equal(result('Rejected').is, 'refused');
    assert.deepEqual(result('Accepted', 'Rejected'), { is: 'partly', good: 1, all: 2 });
  });

  test('a station that does not answer is told apart from one that said no and from one that was away', () => {
    const of = (state: Command['state']) => outcomeOf({ state, answer: null }).is;
    assert.deepEqual((['queued', 'sent', 'timed-out', 'failed', 'expired'] as const).map(of), [
      'queued',
      'sent',
      'silent',
      'failed',
      'expired',
    ]);
  });

  test('only what waits or is on its way is not over yet', () => {
    assert.deepEqual(
      (['queued', 'sent', 'answered', 'failed', 'timed-out', 'expired'] as const).filter((state) => isOver({ state })),
      ['answered', 'failed', 'timed-out', 'expired'],
    );
  });

  test('values stand with the full name of their variable', () => {
    const answer = {
      getVariableResult: [
        { component: { name: 'Connector', instance: 'A' }, variable: { name: 'Locked' }, attributeValue: '<b>true' },
        { component: { name: 'X' }, variable: { name: 'Y' }, attributeStatus: 'UnknownVariable' },
      ],
    };
    assert.deepEqual(valuesIn(answer), [
      { name: 'Connector.A.Locked', value: '<b>true' },
      { name: 'X.Y', value: 'UnknownVariable' },
    ]);
  });
});

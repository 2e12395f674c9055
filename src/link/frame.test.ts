import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatCall, formatError, formatResult, formatResultError, formatSend, parse, RawJson } from './frame.ts';

const anyId = fc.string({ minLength: 1, maxLength: 36, unit: 'grapheme' }).filter((it) => it.length <= 36);
const anyAction = fc.string({ minLength: 1 });
const anyPayload = fc.dictionary(fc.string(), fc.jsonValue()).map((it) => JSON.parse(JSON.stringify(it)));

test('what one side writes, the other reads', () => {
  fc.assert(
    fc.property(anyId, anyAction, anyPayload, (messageId, action, payload) => {
      const call = formatCall(messageId, action, payload);
      assert.deepEqual(parse(call), { kind: 'call', messageId, action, payload, text: call });
      const send = formatSend(messageId, action, payload);
      assert.deepEqual(parse(send), { kind: 'send', messageId, action, payload, text: send });
      assert.deepEqual(parse(formatResult(messageId, payload)), { kind: 'result', messageId, payload });
      const said = { code: 'SecurityError', description: action.slice(0, 255), details: payload } as const;
      assert.deepEqual(parse(formatError(messageId, said)), { kind: 'error', messageId, ...said });
      assert.deepEqual(parse(formatResultError(messageId, said)), { kind: 'result-error', messageId, ...said });
    }),
  );
});

test('no text whatsoever makes the reader throw', () => {
  const anyFrameLike = fc.array(fc.oneof(fc.jsonValue(), fc.integer({ min: 0, max: 8 }), anyId), { maxLength: 7 });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        anyFrameLike.map((it) => JSON.stringify(it)),
      ),
      (text) => {
        const frame = parse(text);
        assert.ok(frame.messageId.length > 0 && frame.messageId.length <= 36);
      },
    ),
    { numRuns: 2000 },
  );
  assert.equal(parse('['.repeat(100_000)).kind, 'bad');
  assert.equal(parse(`[2,"1","A",${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}]`).kind, 'call');
});

test('the sender of a broken message learns what is wrong with it', () => {
  const id36 = 'x'.repeat(36);
  for (const [text, problem, messageId, answer] of [
    ['{', 'RpcFrameworkError', '-1', 'call-error'],
    ['', 'RpcFrameworkError', '-1', 'call-error'],
    ['{}', 'RpcFrameworkError', '-1', 'call-error'],
    ['[]', 'RpcFrameworkError', '-1', 'call-error'],
    ['[2,7,"Heartbeat",{}]', 'RpcFrameworkError', '-1', 'call-error'],
    ['[2,"","Heartbeat",{}]', 'RpcFrameworkError', '-1', 'call-error'],
    [`[2,"${id36}x","Heartbeat",{}]`, 'RpcFrameworkError', '-1', 'call-error'],
    [`[2,"${id36}","Heartbeat"]`, 'RpcFrameworkError', id36, 'call-error'],
    ['[2,"1","Heartbeat",{},{}]', 'RpcFrameworkError', '1', 'call-error'],
    ['[2,"1",5,{}]', 'RpcFrameworkError', '1', 'call-error'],
    ['[2,"1","Heartbeat",[]]', 'ProtocolError', '1', 'call-error'],
    ['[2,"1","Heartbeat","x"]', 'ProtocolError', '1', 'call-error'],
    ['["2","1","Heartbeat",{}]', 'RpcFrameworkError', '1', 'call-error'],
    ['[7,"1","Heartbeat",{}]', 'MessageTypeNotSupported', '1', 'call-error'],
    ['[3,"1"]', 'RpcFrameworkError', '1', 'result-error'],
    ['[3,"1",5]', 'ProtocolError', '1', 'result-error'],
    ['[6,"1","NotifyPeriodicEventStream"]', 'RpcFrameworkError', '1', 'none'],
    ['[4,7]', 'RpcFrameworkError', '-1', 'none'],
  ] as const) {
    const frame = parse(text);
    assert.ok(frame.kind === 'bad', text);
    assert.deepEqual([frame.problem, frame.messageId, frame.answer], [problem, messageId, answer], text);
    assert.match(frame.description, /\w/);
  }
});

test('null stands for an empty payload, as part 4 section 4.1.5 allows', () => {
  const frame = parse('[2,"1","Heartbeat",null]');
  assert.ok(frame.kind === 'call');
  assert.deepEqual(frame.payload, {});
});

test('an error with an unknown code or without details is still read', () => {
  const frame = parse('[4,"1","Whatever"]');
  assert.deepEqual(frame, { kind: 'error', messageId: '1', code: 'GenericError', description: '', details: {} });
});

test('an error description never exceeds the 255 characters of the standard', () => {
  const frame = parse(formatError('1', { code: 'GenericError', description: 'x'.repeat(300) }));
  assert.ok(frame.kind === 'error');
  assert.equal(frame.description.length, 255);
});

test('a payload that already is JSON goes out as it is', () => {
  assert.equal(formatResult('1', new RawJson('{ "a": 1.0 }')), '[3,"1",{ "a": 1.0 }]');
});

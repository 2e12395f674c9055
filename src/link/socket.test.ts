import assert from 'node:assert/strict';
import { test } from 'node:test';
import { socketPair } from './socket.ts';
import { quiet } from './testing.ts';

function listening() {
  const [a, b] = socketPair();
  const heard: string[] = [];
  for (const [name, end] of [
    ['a', a],
    ['b', b],
  ] as const) {
    end.onFrame((text) => heard.push(`${name} ${text}`));
    end.onClose((code, reason) => heard.push(`${name} closed ${code} ${reason}`));
  }
  return { a, b, heard };
}

test('frames arrive in order, and a close after them', async () => {
  const { a, b, heard } = listening();
  a.send('1');
  a.send('2');
  a.close(1000, 'done');
  a.close(1000, 'again');
  a.send('too late');
  assert.deepEqual(heard, []);
  await quiet();
  b.send('too late as well');
  await quiet();
  assert.deepEqual(heard, ['b 1', 'b 2', 'a closed 1000 done', 'b closed 1000 done']);
});

test('when the network is cut, what was under way is lost and both ends notice', async () => {
  const { a, b, heard } = listening();
  a.send('lost');
  b.send('lost too');
  a.cut();
  b.cut();
  await quiet();
  assert.deepEqual(heard, ['a closed 1006 connection lost', 'b closed 1006 connection lost']);
});

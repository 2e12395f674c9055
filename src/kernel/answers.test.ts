import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { Answers, answerOf, sendAnswer } from './answers.ts';

const textOf = async (answers: Answers, name: string, asked: { keptMs: number; caller: string }, text: string) =>
  (await answers.get(name, asked, async () => text)).body.toString();

test('all who ask for the same within a moment get one answer; after it they get a new one', async () => {
  const answers = new Answers();
  const asked = { keptMs: 60, caller: 'a' };
  assert.equal(await textOf(answers, 'x', asked, 'first'), 'first');
  assert.equal(await textOf(answers, 'x', asked, 'second'), 'first');
  assert.equal(await textOf(answers, 'y', asked, 'other'), 'other');
  await wait(80);
  assert.equal(await textOf(answers, 'x', asked, 'third'), 'third');
});

test('of those who ask all the time nobody waits: an answer is made anew before it ends', async () => {
  const answers = new Answers();
  const asked = { keptMs: 200, caller: 'a' };
  await textOf(answers, 'x', asked, 'first');
  await wait(120);
  const slow = async () => {
    await wait(20);
    return 'second';
  };
  assert.equal((await answers.get('x', asked, slow)).body.toString(), 'first');
  await wait(40);
  assert.equal(await textOf(answers, 'x', asked, 'third'), 'second');
  await wait(90);
  const broken = () => Promise.reject(new Error('no database'));
  assert.equal((await answers.get('x', asked, broken)).body.toString(), 'second', 'it is not at its end yet');
});

test('who has written something finds it at once; others get what is kept', async () => {
  const answers = new Answers();
  const [writer, reader] = [
    { keptMs: 10_000, caller: 'writer' },
    { keptMs: 10_000, caller: 'reader' },
  ];
  await textOf(answers, 'x', writer, 'before');
  answers.wrote('writer');
  assert.equal(await textOf(answers, 'x', reader, 'after'), 'before');
  assert.equal(await textOf(answers, 'x', writer, 'after'), 'after');
  assert.equal(await textOf(answers, 'x', reader, 'later'), 'after', 'and the newest is what all get');
});

test('a failure is kept for nobody', async () => {
  const answers = new Answers();
  const asked = { keptMs: 10_000, caller: 'a' };
  await assert.rejects(answers.get('x', asked, () => Promise.reject(new Error('no database'))));
  assert.equal(await textOf(answers, 'x', asked, 'well'), 'well');
});

test('however much is asked for, what is kept stays within its limit', async () => {
  const answers = new Answers();
  const asked = { keptMs: 60_000, caller: 'a' };
  const large = 'x'.repeat(8 << 20);
  for (let n = 0; n < 12; n++) await textOf(answers, `large ${n}`, asked, large);
  assert.equal(await textOf(answers, 'large 0', asked, 'made anew'), 'made anew');
  assert.equal((await textOf(answers, 'large 11', asked, 'made anew')).length, large.length);
});

test('a large answer travels compressed to who takes it so, and not at all to who has it', async () => {
  const http = Fastify();
  const answer = answerOf(JSON.stringify({ items: Array.from({ length: 2000 }, (_, n) => ({ n })) }));
  http.get('/', (request, reply) => sendAnswer(request, reply, answer));
  http.get('/small', (request, reply) => sendAnswer(request, reply, answerOf('{}')));
  const plain = await http.inject('/');
  assert.equal(plain.headers['content-encoding'], undefined);
  const packed = await http.inject({ url: '/', headers: { 'accept-encoding': 'br, gzip' } });
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.ok(packed.rawPayload.length < plain.rawPayload.length / 3);
  assert.equal(gunzipSync(packed.rawPayload).toString(), plain.body);
  const etag = String(plain.headers.etag);
  const again = await http.inject({ url: '/', headers: { 'if-none-match': etag } });
  assert.deepEqual([again.statusCode, again.body], [304, '']);
  const small = await http.inject({ url: '/small', headers: { 'accept-encoding': 'gzip' } });
  assert.equal(small.headers['content-encoding'], undefined);
  await http.close();
});

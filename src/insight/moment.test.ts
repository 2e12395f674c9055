import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Moment } from './moment.ts';

test('who asks while an answer is made, or soon after, gets the same; a failure is asked again', async () => {
  const moment = new Moment<number>(60_000);
  let made = 0;
  const make = async () => ++made;
  assert.deepEqual(await Promise.all([moment.get(make), moment.get(make)]), [1, 1]);
  assert.equal(await moment.get(make), 1);

  const failing = new Moment<number>(60_000);
  await assert.rejects(failing.get(() => Promise.reject(new Error('no database'))));
  assert.equal(await failing.get(make), 2);
});

test('an answer is made anew when its moment is over', async () => {
  const moment = new Moment<number>(0);
  let made = 0;
  const make = async () => ++made;
  await moment.get(make);
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(await moment.get(make), 2);
});

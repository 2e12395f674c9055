import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Ear, Feed, GAP_MS, type World } from './feed.ts';

/** A world turned by hand. */
function worldByHand() {
  let now = 0;
  let timers: { at: number; act: () => void }[] = [];
  const it = { ears: [] as Ear[], asked: [] as string[], admitted: true, closed: 0 };
  const world: World = {
    open: (ear, types) => {
      it.ears.push(ear);
      it.asked.push(types.join());
      return () => void it.closed++;
    },
    admitted: async () => it.admitted,
    now: () => now,
    later: (ms, act) => {
      const timer = { at: now + ms, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  const pass = async (ms: number) => {
    now += ms;
    const due = timers.filter((timer) => timer.at <= now);
    timers = timers.filter((timer) => timer.at > now);
    for (const timer of due) timer.act();
    await new Promise((done) => setImmediate(done));
  };
  return { it, world, pass };
}

suite('the live feed', () => {
  test('hands news on at most twice a second, for each thing what is newest of it', async () => {
    const { it, world, pass } = worldByHand();
    const feed = new Feed(world);
    const heard: unknown[] = [];
    feed.listen('station', (news) => heard.push(news));
    feed.start();
    it.ears[0]!.opened();
    it.ears[0]!.heard('station', { id: 'S1', ready: 1, online: true });
    it.ears[0]!.heard('station', { id: 'S1', ready: 2 });
    it.ears[0]!.heard('station', { id: 'S2', ready: 7 });
    assert.deepEqual(heard, []);
    await pass(GAP_MS);
    assert.deepEqual(heard, [
      [
        { id: 'S1', ready: 2, online: true },
        { id: 'S2', ready: 7 },
      ],
    ]);
  });

  test('after a loss it comes back by itself and has everything read anew', async () => {
    const { it, world, pass } = worldByHand();
    const feed = new Feed(world);
    let returned = 0;
    feed.onReturn(() => returned++);
    feed.start();
    it.ears[0]!.opened();
    it.ears[0]!.broke();
    await pass(0);
    assert.equal(feed.state().state, 'lost');
    await pass(1_000);
    assert.equal(it.ears.length, 2);
    assert.equal(feed.state().state, 'lost', 'until somebody answers');
    it.ears[1]!.opened();
    assert.deepEqual([feed.state().state, returned], ['live', 1]);
  });

  test('asks the server for what somebody hears, and changes over without a gap', async () => {
    const { it, world, pass } = worldByHand();
    const feed = new Feed(world);
    feed.start();
    it.ears[0]!.opened();
    const end = feed.listen('stations', () => {});
    await pass(0);
    assert.deepEqual(it.asked, ['', 'stations']);
    assert.deepEqual([it.closed, feed.state().state], [0, 'live'], 'the old stream goes on until the new one speaks');
    it.ears[1]!.opened();
    assert.equal(it.closed, 1);
    end();
    await pass(10_000);
    assert.equal(it.asked.at(-1), '');
  });

  test('who begins to listen while the stream opens, or while it carries other things, is told when it carries his', async () => {
    const { it, world, pass } = worldByHand();
    const feed = new Feed(world);
    const missed: string[] = [];
    feed.start();
    feed.listen(
      'swap',
      () => {},
      () => missed.push('swap'),
    );
    await pass(0);
    assert.deepEqual(it.asked, [''], 'one stream is opening already');
    it.ears[0]!.opened();
    assert.deepEqual([it.asked, missed], [['', 'swap'], []]);
    it.ears[1]!.opened();
    assert.deepEqual(missed, ['swap']);
    feed.listen(
      'station',
      () => {},
      () => missed.push('station'),
    );
    await pass(0);
    it.ears[2]!.opened();
    assert.deepEqual(missed, ['swap', 'station'], 'of swaps nothing was missed this time');
  });

  test('somebody who may not listen any more is not tried again', async () => {
    const { it, world, pass } = worldByHand();
    const feed = new Feed(world);
    feed.start();
    it.ears[0]!.opened();
    it.admitted = false;
    it.ears[0]!.broke();
    await pass(0);
    await pass(60_000);
    assert.deepEqual([feed.state().state, it.ears.length], ['off', 1]);
  });
});

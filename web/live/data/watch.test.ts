import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CallFailed } from '../../shared/client.ts';
import { network, station, swap } from './samples.ts';
import { CALM_MS, type Ear, GAP_MS, retryMs, Watch } from './watch.ts';

/** A world turned by hand: its clock moves only by `pass`. */
function turnedWorld() {
  const timers = new Set<{ at: number; act: () => void }>();
  const it = {
    ms: 0,
    reads: 0,
    isDown: false,
    tookMs: 0,
    ear: undefined as Ear | undefined,
    frames: [] as (() => void)[],
    readings: [] as number[],
  };
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  const watch = new Watch({
    network: async () => {
      it.reads++;
      it.readings.push(it.ms);
      it.ms += it.tookMs;
      if (it.isDown) throw new CallFailed(0, 'gone');
      return network([station('S1')]);
    },
    swaps: async () => [],
    anomalies: async () => [],
    listen: (ear) => {
      it.ear = ear;
      return () => {
        if (it.ear === ear) it.ear = undefined;
      };
    },
    now: () => it.ms,
    later: (ms, act) => {
      const timer = { at: it.ms + ms, act };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    nextFrame: (act) => void it.frames.push(act),
  });
  const pass = async (ms: number) => {
    const end = it.ms + ms;
    for (;;) {
      const next = [...timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      timers.delete(next);
      it.ms = Math.max(it.ms, next.at);
      next.act();
      await settle();
    }
    it.ms = Math.max(it.ms, end);
  };
  const open = async () => {
    watch.connect();
    it.ear?.opened();
    await settle();
  };
  return Object.assign(it, { watch, pass, settle, open });
}

suite('the page keeps itself up to date', () => {
  test('it is live once it listens and has read the network', async () => {
    const world = turnedWorld();
    world.watch.connect();
    assert.equal(world.watch.view().connection, 'opening');
    world.ear?.opened();
    await world.settle();
    assert.equal(world.watch.view().connection, 'live');
    assert.equal(world.watch.view().network?.stations.length, 1);
  });

  test('a hundred events are drawn as one, and lead to one reading of the network, at the earliest after 2 s', async () => {
    const world = turnedWorld();
    await world.open();
    const before = world.reads;
    let drawn = 0;
    world.watch.subscribe(() => drawn++);
    for (let n = 0; n < 100; n++) world.ear?.heard('swap', swap(`s${n}`));
    assert.equal(world.frames.length, 1);
    world.frames[0]?.();
    assert.equal(drawn, 1);
    assert.equal(world.watch.view().swaps.length, 100);
    await world.pass(GAP_MS - 1);
    assert.equal(world.reads, before);
    await world.pass(1);
    assert.equal(world.reads, before + 1);
  });

  test('under a constant stream the network is read every 2 s, and when reading is slow for a tenth of the time', async () => {
    const world = turnedWorld();
    await world.open();
    world.readings.length = 0;
    const stream = async (ms: number) => {
      for (const end = world.ms + ms; world.ms < end; ) {
        world.ear?.heard('swap', swap('a'));
        await world.pass(100);
      }
    };
    await stream(20_000);
    const gaps = world.readings.slice(1).map((at, n) => at - world.readings[n]!);
    assert.ok(gaps.length >= 8 && gaps.every((it) => it >= GAP_MS), `${gaps}`);
    world.tookMs = 1_000;
    await stream(3_000);
    world.readings.length = 0;
    await stream(60_000);
    const slow = world.readings.slice(1).map((at, n) => at - world.readings[n]!);
    assert.ok(slow.length > 0 && slow.every((it) => it >= 10_000), `${slow}`);
  });

  test('in a calm network it still reads now and then, so a silent loss is noticed', async () => {
    const world = turnedWorld();
    await world.open();
    world.isDown = true;
    await world.pass(CALM_MS);
    assert.equal(world.watch.view().connection, 'lost');
    assert.equal(world.watch.view().fault, 0);
  });

  test('after a loss it keeps what it knew, says since when, and comes back by itself', async () => {
    const world = turnedWorld();
    await world.open();
    world.isDown = true;
    world.ear?.broke();
    assert.equal(world.watch.view().connection, 'lost');
    assert.equal(world.watch.view().network?.stations.length, 1);
    const heardAt = world.watch.view().heardAt;
    await world.pass(30_000);
    assert.equal(world.watch.view().connection, 'lost');
    assert.equal(world.watch.view().heardAt, heardAt);
    world.isDown = false;
    await world.pass(10_000);
    world.ear?.opened();
    await world.settle();
    assert.equal(world.watch.view().connection, 'live');
  });

  test('it tries again less and less often, but at least every 10 s', () => {
    assert.deepEqual([0, 1, 2, 3, 4, 50].map(retryMs), [1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  test('somebody who does not want to wait does not have to', async () => {
    const world = turnedWorld();
    await world.open();
    world.ear?.broke();
    world.watch.hurry();
    world.ear?.opened();
    await world.settle();
    assert.equal(world.watch.view().connection, 'live');
  });

  test('a stopped watch is silent', async () => {
    const world = turnedWorld();
    await world.open();
    world.watch.stop();
    const { reads } = world;
    await world.pass(60_000);
    assert.equal(world.reads, reads);
  });
});

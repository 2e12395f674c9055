import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Station } from './contract.ts';
import { network, station, swap } from './samples.ts';
import { nothingYet, type View, withNetwork, withNews } from './view.ts';

const none = { swaps: [], stations: [], anomalies: [] };
const seen = (stations: readonly Station[]): View => withNetwork(nothingYet, network(stations), 1_000);

suite('what the page shows follows what happens', () => {
  test('a swap that starts appears in the feed and at its station', () => {
    const view = withNews(seen([station('S1'), station('S2')]), { ...none, swaps: [swap('a')] }, 2_000);
    assert.deepEqual(
      view.swaps.map((it) => it.id),
      ['a'],
    );
    assert.equal(view.network?.stations[0]?.openSwap?.state, 'positioned');
    assert.equal(view.network?.stations[1]?.openSwap, null);
    assert.equal(view.heardAt, 2_000);
    assert.equal(view.fetchedAt, 1_000);
  });

  test('a swap that ends leaves its station and stays in the feed', () => {
    const begun = withNews(seen([station('S1')]), { ...none, swaps: [swap('a')] }, 0);
    const end = swap('a', { state: 'released', endedAt: '2026-11-22T08:05:00Z', updatedAt: '2026-11-22T08:05:00Z' });
    const view = withNews(begun, { ...none, swaps: [end] }, 0);
    assert.equal(view.network?.stations[0]?.openSwap, null);
    assert.equal(view.swaps[0]?.state, 'released');
  });

  test('the end of an earlier swap does not take away the one that runs', () => {
    const begun = withNews(seen([station('S1')]), { ...none, swaps: [swap('b')] }, 0);
    const view = withNews(begun, { ...none, swaps: [swap('a', { endedAt: '2026-11-22T08:00:01Z' })] }, 0);
    assert.equal(view.network?.stations[0]?.openSwap?.id, 'b');
  });

  test('a new reservation does not push aside the driver who is there', () => {
    const begun = withNews(seen([station('S1')]), { ...none, swaps: [swap('a')] }, 0);
    const view = withNews(begun, { ...none, swaps: [swap('b', { state: 'reserved' })] }, 0);
    assert.equal(view.network?.stations[0]?.openSwap?.id, 'a');
  });

  test('a late report never undoes a later one', () => {
    const later = swap('a', { state: 'installed', updatedAt: '2026-11-22T08:02:00Z' });
    const view = withNews(withNews(seen([]), { ...none, swaps: [later] }, 0), { ...none, swaps: [swap('a')] }, 0);
    assert.equal(view.swaps[0]?.state, 'installed');
  });

  test('the feed has the newest first and does not grow without end', () => {
    const at = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 1_000).toISOString();
    const many = Array.from({ length: 500 }, (_, n) => swap(`s${n}`, { startedAt: at(n) }));
    const view = withNews(seen([]), { ...none, swaps: many }, 0);
    assert.equal(view.swaps.length, 200);
    assert.equal(view.swaps[0]?.id, 's499');
  });

  test('a station that goes offline is counted at once', () => {
    const view = withNews(
      seen([station('S1'), station('S2')]),
      { ...none, stations: [station('S1', { online: false })] },
      0,
    );
    assert.equal(view.network?.totals.online, 1);
  });

  test('reading the network again leaves unchanged stations the same objects, so they are not drawn again', () => {
    const before = seen([station('S1'), station('S2')]);
    const after = withNetwork(before, network([station('S1'), station('S2', { ready: 0 })]), 2_000);
    assert.equal(after.network?.stations[0], before.network?.stations[0]);
    assert.notEqual(after.network?.stations[1], before.network?.stations[1]);
  });

  test('anomalies stay hidden from those who may not see them', () => {
    const anomaly = { id: 'x', stationId: 'S1', kind: 'flood', since: '', at: '', times: 1, sentence: '' };
    assert.equal(withNews(seen([]), { ...none, anomalies: [anomaly] }, 0).anomalies, undefined);
    const open = { ...seen([]), anomalies: [] };
    const twice = [anomaly, { ...anomaly, times: 2 }];
    assert.deepEqual(
      withNews(open, { ...none, anomalies: twice }, 0).anomalies?.map((it) => it.times),
      [2],
    );
  });
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { aboutOf, grouped, type Line, linesOf } from './grouped.ts';

const line = (it: Partial<Record<keyof Line, unknown>>): Line =>
  ({
    id: 'x',
    stationId: 'SZ-1',
    kind: 'flood',
    since: '2026-11-22T08:00:00Z',
    at: '2026-11-22T08:05:00Z',
    times: 1,
    sentence: 'words',
    ...it,
  }) as Line;

suite('anomalies by what happened and where', () => {
  test('lines of one kind from one station are one group: since the first, the words of the last, all times', () => {
    const [group, ...others] = grouped([
      line({ times: 3, at: '2026-11-22T08:25:00Z', since: '2026-11-22T08:20:00Z', sentence: 'newest' }),
      line({ times: 4 }),
    ]);
    assert.equal(others.length, 0);
    assert.deepEqual(
      [group!.times, group!.since, group!.at, group!.sentence],
      [7, '2026-11-22T08:00:00Z', '2026-11-22T08:25:00Z', 'newest'],
    );
  });

  test('what endangers somebody stands before what is newer', () => {
    const groups = grouped([line({ at: '2026-11-22T09:00:00Z' }), line({ kind: 'orphan-pack' })]);
    assert.deepEqual(
      groups.map((it) => it.kind),
      ['orphan-pack', 'flood'],
    );
  });

  test('no line and no time is lost by grouping', () => {
    const anyLine = fc
      .record({
        stationId: fc.constantFrom('', 'A', 'B'),
        kind: fc.constantFrom('flood', 'crash', 'something new'),
        times: fc.integer({ min: 1, max: 1e6 }),
      })
      .map(line);
    fc.assert(
      fc.property(fc.array(anyLine), (lines) => {
        const groups = grouped(lines);
        const sum = (its: readonly { times: number }[]) => its.reduce((all, it) => all + it.times, 0);
        assert.equal(sum(groups), sum(lines));
        assert.equal(groups.flatMap((it) => it.lines).length, lines.length);
        assert.equal(new Set(groups.map((it) => it.key)).size, groups.length);
      }),
    );
  });

  test('the swaps and packs that the facts name are named once; without facts there are none', () => {
    const swapId = '0199-swap';
    const its = [line({ facts: { swapId, code: '04QPE8KV02L1X7C3N0000001' } }), line({ facts: { swapId } }), line({})];
    assert.deepEqual(aboutOf(its), { swapIds: [swapId], packs: ['04QPE8KV02L1X7C3N0000001'] });
    assert.deepEqual(aboutOf([line({ facts: { code: 'FormatViolation' } })]).packs, []);
  });

  test('a file has the lines of the groups that are shown: of their kinds, weights and stations', () => {
    const choice = (...any: string[]) => ({ kind: 'choice', any }) as const;
    assert.deepEqual(linesOf({ filters: {} }), {});
    assert.deepEqual(linesOf({ filters: { kind: choice('flood', 'orphan-pack'), weight: choice('act') } }), {
      kinds: 'orphan-pack',
    });
    assert.match(linesOf({ filters: { weight: choice('act') } }).kinds!, /orphan-pack.*release-blocked/);
    assert.deepEqual(linesOf({ filters: { station: choice('', 'SZ-1') } }), { stations: ',SZ-1' });
  });
});

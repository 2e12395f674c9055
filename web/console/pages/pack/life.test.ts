// What the page makes of a pack's life: its phases, and what may come next.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Life, nextOf, phasesOf } from './life.ts';

const eventsOf = (...all: readonly [type: string, stage: string][]): Life['events'] =>
  all.map(([type, stage], n) => ({
    ...{ seq: n + 1, at: `2026-11-0${n + 1}T00:00:00Z`, type, stage, report: null, by: [] },
  })) as never;
const lived = (it: Partial<Life>): Life =>
  ({
    ...{ code: 'A', original: null, successor: null, stage: 'in-use', events: [], gaps: [], counted: null },
    ...it,
  }) as Life;
const used = eventsOf(
  ['pack.registered', 'production'],
  ['swap.pack-given', 'in-use'],
  ['swap.pack-returned', 'in-use'],
  ['title.transferred', 'in-use'],
  ['pack.succeeded', 'retired'],
);
const steps = (life: Partial<Life>, holder: string | null) =>
  Object.fromEntries(nextOf(lived(life), holder).map(({ step, not }) => [step, not ?? 'may']));

suite('the life of a pack on its page', () => {
  test('everyday entries are counted and not told one by one', () => {
    const inUse = phasesOf(lived({ events: used })).find((it) => it.name === 'in-use')!;
    assert.deepEqual([inUse.is, inUse.swaps, inUse.milestones.map((it) => it.type)], ['now', 2, ['title.transferred']]);
    assert.deepEqual([inUse.since?.slice(0, 10), inUse.until?.slice(0, 10)], ['2026-11-02', '2026-11-04']);
  });

  test('the old code tells when the pack went on, and the new one begins with its first life', () => {
    const old = phasesOf(lived({ events: used, successor: 'B' as never, stage: 'second-life' }));
    assert.deepEqual(
      old.map((it) => it.is),
      ['over', 'over', 'ahead', 'over', 'now', 'ahead'],
    );
    assert.equal(old.find((it) => it.name === 'second-life')!.since, used.at(-1)!.at);
    const events = eventsOf(
      ['pack.registered', 'production'],
      ['pack.second-use', 'second-life'],
      ['swap.pack-given', 'in-use'],
    );
    const [first, second, ...rest] = phasesOf(lived({ original: 'A' as never, stage: 'second-life', events }));
    assert.deepEqual([first?.name, second?.name, second?.is, second?.swaps], ['first-life', 'second-life', 'now', 1]);
    assert.deepEqual(
      second?.milestones.map((it) => it.type),
      ['pack.second-use'],
    );
    assert.ok(rest.every((it) => it.is === 'ahead'));
  });

  test('what may come next depends on where it is, and every step that may not says why', () => {
    const station = { sale: 'may', test: 'may', 'second-use': 'may', recycling: 'not-retired', lost: 'may' };
    assert.deepEqual(steps({}, 'station:S1'), station);
    assert.deepEqual(steps({}, 'vehicle:X'), { ...station, test: 'in-vehicle', 'second-use': 'in-vehicle' });
    assert.deepEqual(steps({}, 'vehicle'), { ...station, test: 'in-vehicle', 'second-use': 'in-vehicle' });
    assert.deepEqual(steps({}, null), { ...station, test: 'nobody-has-it', 'second-use': 'nobody-has-it' });
    assert.deepEqual(steps({ stage: 'retired' }, 'party:x'), { ...station, recycling: 'may' });
    assert.deepEqual(steps({ original: 'A' as never }, 'party:x'), { ...station, 'second-use': 'second-already' });
    assert.deepEqual(steps({ successor: 'B' as never }, 'party:x'), {});
    const lost = eventsOf(['exchange.pack-lost', 'in-use']);
    const { lost: _, ...others } = station;
    assert.deepEqual(steps({ events: lost }, 'party:x'), {
      ...{ ...others, test: 'is-lost', 'second-use': 'is-lost', found: 'may' },
    });
    const found = [...lost, ...eventsOf(['exchange.pack-found', 'in-use'])];
    assert.deepEqual(steps({ events: found }, 'station:S1'), station);
  });
});

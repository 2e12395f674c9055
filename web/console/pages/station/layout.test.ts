import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { type Layout, layoutOf, neighbour } from './layout.ts';

const numbers = (many: number) => Array.from({ length: many }, (_, n) => n + 1);
const all = (it: Layout<number>) => [...it.before, ...it.after].flatMap((rack) => rack.columns.flat());
const profiles = ['chassis-robot', 'truck-side', 'truck-top', 'cabinet', 'something new'];

suite('the slots of a station in racks', () => {
  test('every slot stands once, in its order, whatever the kind of station', () => {
    fc.assert(
      fc.property(fc.constantFrom(...profiles), fc.nat(80), fc.integer({ min: 1, max: 3 }), (profile, many, bays) => {
        assert.deepEqual(all(layoutOf(profile, numbers(many), bays)), numbers(many));
      }),
    );
  });

  test('a station for cars has a rack of at most two stacks at each side of the bay', () => {
    for (const many of [8, 13, 27, 30, 39]) {
      const { before, after, bays } = layoutOf('chassis-robot', numbers(many), 1);
      assert.deepEqual([before[0]!.name, after[0]!.name, bays], ['left', 'right', 1]);
      assert.ok(before[0]!.columns.length <= 2 && after[0]!.columns.length <= 2);
    }
  });

  test('a cabinet has doors and no bay', () => {
    const { before, bays } = layoutOf('cabinet', numbers(12), 1);
    assert.deepEqual([before[0]!.columns.map((it) => it.length), bays], [[3, 3, 3, 3], 0]);
  });

  test('arrow keys reach every slot, and stop at the edges', () => {
    fc.assert(
      fc.property(fc.constantFrom(...profiles), fc.integer({ min: 1, max: 60 }), (profile, many) => {
        const layout = layoutOf(profile, numbers(many), 1);
        const reached = new Set<number>();
        const waiting = [1];
        for (let slot = waiting.pop(); slot !== undefined; slot = waiting.pop()) {
          if (reached.has(slot)) continue;
          reached.add(slot);
          for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) {
            const next = neighbour(layout, slot, key);
            if (next !== undefined) waiting.push(next);
          }
        }
        assert.equal(reached.size, many);
      }),
    );
    assert.equal(neighbour(layoutOf('cabinet', numbers(12), 1), 1, 'ArrowUp'), undefined);
  });
});

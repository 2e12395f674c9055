import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pageQuery, toPage } from './route.ts';

test('page after page shows every row once, in order, and no page is empty but the first', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.integer({ min: 1, max: 20 }), (many, limit) => {
      const all = Array.from({ length: many }, (_, n) => ({ id: n + 1 }));
      const shown: { id: number }[] = [];
      for (let cursor: string | undefined = '0'; cursor !== undefined; ) {
        const after = Number(cursor);
        const rows = all.filter((it) => it.id > after).slice(0, limit + 1); // as a store asks
        const page: { items: { id: number }[]; nextCursor?: string } = toPage(rows, limit, (it) => String(it.id));
        assert.ok(page.items.length > 0 || many === 0);
        assert.ok(page.items.length <= limit);
        shown.push(...page.items);
        cursor = page.nextCursor;
      }
      assert.deepEqual(shown, all);
    }),
  );
});

test('a list says nothing of a next page on the last one, also when the last is full', () => {
  assert.deepEqual(
    toPage([1, 2], 2, (it) => String(it)),
    { items: [1, 2] },
  );
  assert.deepEqual(
    toPage([1, 2, 3], 2, (it) => String(it)),
    { items: [1, 2], nextCursor: '2' },
  );
});

test('who asks for no limit gets 100, and nobody gets more than 1000 or less than one', () => {
  assert.equal(pageQuery.parse({}).limit, 100);
  assert.equal(pageQuery.parse({ limit: '7' }).limit, 7);
  for (const limit of ['0', '1001', 'many', '1.5']) assert.equal(pageQuery.safeParse({ limit }).success, false);
});

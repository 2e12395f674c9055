// No field that somebody sends is passed over in silence: a slip in a name must never do what was not meant.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { z } from 'zod';
import { withServer } from '../test/app.ts';
import { cardOf, smallNetwork } from '../test/seed.ts';
import { apis } from './pages.ts';

const posts = Object.values(apis).flatMap((api) => Object.values(api).filter((it) => it.method === 'POST'));

/** Where a schema lets unknown fields pass. What is a map by nature, such as the payload of a command, says so. */
function loose(schema: unknown, path: readonly string[] = []): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties, additionalProperties } = schema as { properties?: object; additionalProperties?: unknown };
  const here = properties && additionalProperties !== false ? [path.join('.') || '(whole)'] : [];
  return [...here, ...Object.entries(schema).flatMap(([name, it]) => loose(it, [...path, name]))];
}

test('the body of every request, and each object in it, names all fields it may have', () => {
  const found = posts.flatMap(({ path, body }) =>
    body ? loose(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' })).map((it) => `${path}: ${it}`) : [],
  );
  assert.ok(posts.length > 20);
  assert.deepEqual(found, []);
});

test(
  'an unknown field is refused by its name, also where no body is asked for',
  withServer(async ({ as }) => {
    const caller = await as('admin');
    for (const { path } of posts) {
      const { status, body } = await caller.post(path.replaceAll(/:\w+/g, crypto.randomUUID()), { Colour: 'red' });
      const told = body.issues?.some((it: { field: string; problem: string }) => it.field === 'Colour');
      assert.deepEqual([status, told], [400, true], `${path} ${JSON.stringify(body)}`);
    }
  }),
);

test(
  'a blocked token stays blocked unless somebody says active',
  withServer(async ({ app, as }) => {
    await app.doWork((work) => smallNetwork(work));
    const caller = await as('operate');
    const path = `/v1/tokens/${cardOf(1)}/status`;
    const standing = () =>
      app.doWork((work) => sql`select status from party.token where id_token = ${cardOf(1)}`.execute(work.db));
    assert.equal((await caller.post(path, { status: 'blocked' })).status, 200);
    for (const slip of [{}, { Status: 'active' }, { status: 'Active' }, []])
      assert.equal((await caller.post(path, slip)).status, 400, JSON.stringify(slip));
    assert.deepEqual((await standing()).rows, [{ status: 'blocked' }]);
    assert.equal((await caller.post(path, { status: 'active' })).status, 200);
    assert.deepEqual((await standing()).rows, [{ status: 'active' }]);
  }),
);

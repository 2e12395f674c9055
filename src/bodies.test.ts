// No field that somebody sends is passed over in silence, in a body or an address: a slip in a name must never do what
// was not meant.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { z } from 'zod';
import { withServer } from '../test/app.ts';
import { cardOf, smallNetwork, vinOf } from '../test/seed.ts';
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
  'a filter that a list does not know is refused by its name, and those that it knows are named',
  withServer(async ({ as }) => {
    const caller = await as('admin');
    const gets = Object.values(apis).flatMap((api) => Object.values(api).filter((it) => it.method === 'GET'));
    assert.ok(gets.length > 40);
    for (const { path } of gets) {
      const given: Record<string, string> = { ':table': 'packs', ':subject': 'pack:X', ':seq': '1' };
      const some = path.startsWith('/v1/ledger') ? '1' : crypto.randomUUID();
      const one = path.replaceAll(/:\w+/g, (name: string) => given[name] ?? some);
      const { status, body } = await caller.get(`${one}?Colour=red`);
      const told = body.issues?.some((it: { field: string }) => ['Colour', 'query'].includes(it.field));
      if (status !== 404) assert.deepEqual([status, told], [400, true], `${path} ${JSON.stringify(body)}`);
    }
    for (const [path, known] of [
      ['anomalies?bogus=1', /^bogus: there is no such field; there are cursor, limit, .*station/],
      ['swaps?stationId=nix', /^stationId: there is no such field; there are .*station/],
      ['packs?holder=nix', /^holder: there is no such field; there are .*place/],
      ['network?station=A', /^station: there is no such field; nothing is asked for here/],
      ['live?event=swap', /^event: there is no such field; there are events/],
    ] as const) {
      const { status, body } = await caller.get(`/v1/${path}`);
      assert.deepEqual([status, body.type], [400, '/problems/malformed'], path);
      assert.match(body.title, known);
    }
  }),
);

test(
  'what is registered has an id that an address can hold, and a name that somebody can read',
  withServer(async ({ as }) => {
    const caller = await as('admin');
    const driver = { id: 'ann', name: 'Ann', payment: 'prepaid' };
    const party = { id: 'acme', name: 'Acme', kind: 'operator' };
    const place = { latitude: 22.5, longitude: 114 };
    const station = { id: 'SZ-1', name: 'One', operatorId: 'acme', presetId: 'nio-g3', place };
    const key = { name: 'ops', scopes: ['read'] };
    const invited = { kind: 'operator', role: 'admin', email: 'x@acme.example', name: 'X' };
    const refused = async (path: string, body: object, field: string) => {
      const { status, body: told } = await caller.post(path, body);
      const named = told.issues?.some((it: { field: string }) => it.field.split('.').at(-1) === field);
      assert.deepEqual([status, named], [400, true], `${path} ${JSON.stringify(body)} ${JSON.stringify(told)}`);
    };
    for (const id of ['.', '..'])
      for (const [path, body] of [
        ['drivers', driver],
        ['parties', party],
        ['stations', station],
      ] as const)
        await refused(`/v1/${path}`, { ...body, id }, 'id');
    for (const idToken of ['.', '..', ''])
      await refused('/v1/tokens', { idToken, type: 'ISO14443', driverId: 'ann', vin: vinOf(1) }, 'idToken');
    for (const [path, body] of [
      ['drivers', driver],
      ['parties', party],
      ['stations', station],
      ['keys', key],
      ['invitations', invited],
    ] as const)
      for (const name of [' ', '\u3000\t']) await refused(`/v1/${path}`, { ...body, name }, 'name');
    await caller.post('/v1/parties', party);
    assert.equal((await caller.post('/v1/drivers', { ...driver, id: '...', name: '  Ann \n' })).status, 200);
    const [ann] = (await caller.get('/v1/drivers')).body.items;
    assert.deepEqual([ann.id, ann.name], ['...', 'Ann']);
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

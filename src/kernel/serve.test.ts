import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastify, { type FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Caller, nobody, Refused, replyWithProblems, serve } from '#kernel';
import { everything, problem, route } from '#kernel/api';
import { wire } from '#units/api';
import { type OwnDatabase, ownDatabase } from '../../test/database.ts';
import { testStart } from '../../test/work.ts';

const open = z.object({ id: z.string(), slots: z.int() }).strict();

const api = {
  station: route({
    method: 'GET',
    path: '/v1/stations/:id',
    summary: 'One station',
    may: 'station.see',
    params: z.object({ id: z.string().max(5) }),
    query: z.object({ slots: z.coerce.number().int().min(1).default(3), cursor: z.string().optional() }),
    reply: z.object({ id: z.string(), slots: z.int(), seenAt: wire.instant }),
  }),
  open: route({
    method: 'POST',
    path: '/v1/stations',
    summary: 'Opens a station',
    may: 'station.register',
    body: z.union([open, z.array(open)]),
    reply: z.object({ id: z.string(), number: z.int() }),
  }),
  health: route({
    method: 'GET',
    path: '/v1/health',
    summary: 'Well?',
    may: 'anyone',
    reply: z.object({ well: z.boolean() }),
  }),
};

const callers: Record<string, Caller> = {
  reader: { name: 'reader', kind: 'key', grants: { 'station.see': everything } },
  operator: { name: 'operator', kind: 'key', grants: { 'station.register': everything } },
  admin: { name: 'admin', kind: 'key', grants: { 'station.see': everything, 'station.register': everything } },
};

const served = (body: (http: FastifyInstance, own: OwnDatabase) => Promise<void>) =>
  ownDatabase(async (own) => {
    await sql`create table public.station (number integer generated always as identity, id text)`.execute(own.db);
    const http = fastify();
    replyWithProblems(http);
    const identify = async ({ headers }: { headers: { authorization?: string | undefined } }) =>
      callers[headers.authorization ?? ''] ?? nobody;
    serve({ http, doWork: own.doWork, identify }, api, {
      health: async () => ({ well: true }),
      station: async (work, { params, query }) => {
        if (params.id === 'bug') throw new Error('select * from secret');
        if (params.id === 'odd') return { id: 5 } as unknown as { id: string; slots: number; seenAt: typeof work.at };
        if (params.id === 'gone') throw new Refused('station-gone', 'It was taken down', { since: 2025 }, 410);
        return { id: params.id, slots: query.slots, seenAt: work.at };
      },
      open: async (work, call) => {
        const body = [call.body].flat()[0]!;
        const { rows } = await sql<{ number: number }>`insert into public.station (id) values (${body.id})
          returning number`.execute(work.db);
        if (body.slots < 1) throw new Refused('no-slots', 'A station has slots');
        return { id: body.id, number: rows[0]!.number };
      },
    });
    await body(http, own);
    await http.close();
  });

const get = async (http: FastifyInstance, url: string, authorization = 'reader') => {
  const reply = await http.inject({ url, headers: { authorization } });
  return { status: reply.statusCode, type: reply.headers['content-type'], body: reply.json() };
};
const post = async (http: FastifyInstance, payload: object | string, key?: string, authorization = 'operator') => {
  const headers = { authorization, 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) };
  const reply = await http.inject({ method: 'POST', url: '/v1/stations', headers, payload });
  return { status: reply.statusCode, body: reply.json() };
};

test(
  'an answer has the types of the contract, with defaults filled in and instants as text',
  served(async (http) => {
    const { status, body } = await get(http, '/v1/stations/SZ-01');
    assert.deepEqual({ status, body }, { status: 200, body: { id: 'SZ-01', slots: 3, seenAt: testStart.toString() } });
    assert.equal((await get(http, '/v1/stations/SZ-01?slots=5')).body.slots, 5);
  }),
);

test(
  'every failure is a problem of RFC 9457 that names the field and tells nothing of our insides',
  served(async (http) => {
    const failures = [
      ['/v1/stations/far-too-long', 400, '/problems/malformed', 'id: Too big: expected string to have <=5 characters'],
      ['/v1/stations/SZ-01?slots=0', 400, '/problems/malformed', 'slots: Too small: expected number to be >=1'],
      ['/v1/stations/gone', 410, '/problems/station-gone', 'It was taken down'],
      ['/v1/stations/bug', 500, '/problems/internal', 'Something broke on our side; the operator has been told'],
      ['/v1/nowhere', 404, '/problems/no-such-page', 'There is nothing at GET /v1/nowhere'],
    ] as const;
    for (const [url, status, type, title] of failures) {
      const reply = await get(http, url);
      assert.deepEqual([reply.status, reply.body.type, reply.body.title], [status, type, title]);
      assert.match(reply.type as string, /^application\/problem\+json/);
      assert.equal(problem.parse(reply.body).status, status);
    }
    assert.equal((await get(http, '/v1/stations/gone')).body.since, 2025);
    const malformed = await post(http, '{"id": ', 'k1');
    assert.deepEqual([malformed.status, malformed.body.type], [400, '/problems/malformed']);
  }),
);

test(
  'an answer that breaks its own contract is our fault, not the caller’s',
  served(async (http) => {
    const { status, body } = await get(http, '/v1/stations/odd');
    assert.deepEqual([status, body.type], [500, '/problems/internal']);
  }),
);

test(
  'a caller does what he has the permission for, and what is public needs none',
  served(async (http) => {
    assert.equal((await get(http, '/v1/stations/SZ-01', '')).status, 401);
    assert.equal((await get(http, '/v1/stations/SZ-01', 'operator')).status, 403);
    assert.equal((await get(http, '/v1/stations/SZ-01', 'admin')).status, 200);
    assert.equal((await get(http, '/v1/health', '')).status, 200);
  }),
);

test(
  'a request that is sent twice is done once; one that was refused leaves nothing',
  served(async (http, { db }) => {
    const station = { id: 'SZ-01', slots: 3 };
    assert.equal((await post(http, station)).body.type, '/problems/idempotency-key-missing');
    assert.equal((await post(http, { ...station, slots: 0 }, 'k1')).status, 409);
    const first = await post(http, station, 'k1');
    assert.equal(first.status, 200);
    assert.deepEqual(await post(http, station, 'k1'), first);
    assert.equal((await post(http, { ...station, id: 'SZ-02' }, 'k1')).status, 422);
    assert.equal((await sql`select from public.station`.execute(db)).rows.length, 1);
  }),
);

test(
  'of a body that may be one or many, the field that is wrong is named, not the choice',
  served(async (http) => {
    const titles = [
      [{ id: 'SZ-01', slots: 'three' }, 'slots: Invalid input: expected number, received string'],
      [
        [
          { id: 'SZ-01', slots: 1 },
          { id: 5, slots: 1 },
        ],
        '1.id: Invalid input: expected string, received number',
      ],
      [{ id: 'SZ-01', slots: 1, colour: 'red' }, 'colour: there is no such field'],
      [
        'SZ-01',
        '(whole): Invalid input: expected object, received string, or Invalid input: expected array, received string',
      ],
    ] as const;
    for (const [sent, title] of titles) {
      const { status, body } = await post(http, JSON.stringify(sent), title.slice(0, 100));
      assert.deepEqual([status, body.title], [400, title]);
    }
  }),
);

test(
  'text that cannot be stored is refused with its field, wherever it stands in a request',
  served(async (http) => {
    const nul = await post(http, { id: 'A\0', slots: 1 }, 'k1');
    assert.deepEqual([nul.status, nul.body.title], [400, 'id: holds a NUL character']);
    const half = await post(http, '[{"id": "A\\ud800", "slots": 1}]', 'k2');
    assert.deepEqual([half.status, half.body.issues[0].field], [400, '0.id']);
    assert.equal((await get(http, '/v1/stations/%00')).body.title, 'id: holds a NUL character');
    assert.equal((await get(http, '/v1/stations/A?cursor=%00')).body.type, '/problems/cursor-wrong');
  }),
);

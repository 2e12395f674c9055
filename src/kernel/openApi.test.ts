import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { openApi } from '#kernel';
import { pageOf, pageQuery, route } from '#kernel/api';
import { wire } from '#units/api';

const station = z.object({ id: wire.stationId, place: wire.place, seenAt: wire.instant });
const stations = {
  list: route({
    method: 'GET',
    path: '/v1/stations',
    summary: 'All stations',
    may: 'station.see',
    query: pageQuery,
    reply: pageOf(station),
  }),
  one: route({
    method: 'GET',
    path: '/v1/stations/:id/slots/:slotNo',
    summary: 'One slot',
    may: 'anyone',
    params: z.object({ id: wire.stationId, slotNo: z.coerce.number().int() }),
    reply: station,
  }),
  add: route({
    method: 'POST',
    path: '/v1/stations',
    summary: 'Adds one',
    may: 'station.register',
    body: station,
    reply: station,
  }),
  key: route({
    method: 'POST',
    path: '/v1/keys',
    summary: 'Makes one',
    may: 'key.manage',
    reply: z.object({ key: z.string() }),
    secret: true,
  }),
};

interface Operation {
  operationId: string;
  security?: unknown;
  description?: string;
  parameters: { name: string; in: string; required: boolean; schema: object; description?: string }[];
  requestBody?: { required: boolean; content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content: Record<string, { schema: object }> }>;
}
type Page = { openapi: string; info: object; paths: Record<string, Record<string, Operation>> };

const page = JSON.parse(JSON.stringify(openApi('Packloop', '1.0', { stations }, () => ['admin']))) as Page;
const operations = Object.entries(page.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, it]) => ({ path, method, ...it })),
);
const operation = (id: string) => operations.find((it) => it.operationId === id)!;

test('the page names every route once, methods of one path together', () => {
  assert.match(page.openapi, /^3\.1\.\d+$/);
  assert.deepEqual(operations.map((it) => it.operationId).sort(), [
    'stations.add',
    'stations.key',
    'stations.list',
    'stations.one',
  ]);
  assert.deepEqual(Object.keys(page.paths['/v1/stations']!), ['get', 'post']);
});

test('what stands in braces in a path is what its path parameters are, all of them required', () => {
  for (const { path, parameters } of operations) {
    const inPath = parameters.filter((it) => it.in === 'path');
    assert.deepEqual(
      inPath.map((it) => it.name),
      [...path.matchAll(/\{(\w+)\}/g)].map((it) => it[1]),
    );
    assert.ok(inPath.every((it) => it.required));
    assert.ok(!path.includes(':'));
  }
});

test('a query with a default need not be sent, an Idempotency-Key must be', () => {
  assert.deepEqual(
    operation('stations.list').parameters.map((it) => [it.in, it.name, it.required]),
    [
      ['query', 'cursor', false],
      ['query', 'limit', false],
    ],
  );
  assert.deepEqual(
    operation('stations.add').parameters.map((it) => [it.in, it.name, it.required]),
    [['header', 'Idempotency-Key', true]],
  );
});

test('what is public needs no key, all else says which permission and scope it needs', () => {
  assert.equal(operation('stations.one').security, undefined);
  assert.deepEqual(operation('stations.add').security, [{ apiKey: [] }, { session: [] }]);
});

test('where a reply holds a secret, the page says that it is shown once', () => {
  const once = 'the reply is shown once; the same key again is refused';
  const key = operation('stations.key');
  assert.match(
    key.description!,
    /Needs the permission "key.manage"; of API keys the scope "admin"\. .*shown once; the same key again is refused/,
  );
  assert.match(key.parameters[0]!.description!, new RegExp(once));
  assert.match(operation('stations.add').parameters[0]!.description!, /the same key again gets the first reply/);
});

test('every schema is a valid JSON Schema 2020-12 by itself and takes what really travels', () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const schemas = operations.flatMap(({ parameters, requestBody, responses }) => [
    ...parameters.map((it) => it.schema),
    ...[requestBody, ...Object.values(responses)].flatMap((it) =>
      Object.values(it?.content ?? {}).map((c) => c.schema),
    ),
  ]);
  assert.ok(schemas.length > 10);
  for (const it of schemas) {
    assert.equal(ajv.validateSchema(it), true, JSON.stringify(ajv.errors));
    assert.ok(!JSON.stringify(it).includes('"$ref"'), 'a reference would point into the page, not into its schema');
  }
  const real = { id: 'SZ-01', place: { latitude: 22.5, longitude: 114 }, seenAt: '2026-11-22T08:00:00Z' };
  const takes = ajv.compile(operation('stations.add').requestBody!.content['application/json']!.schema);
  assert.equal(takes(real), true, JSON.stringify(takes.errors));
  assert.equal(takes({ ...real, seenAt: 5 }), false);
  assert.equal(takes({ ...real, place: { latitude: 91, longitude: 0 } }), false);
});

test('every operation may answer with a problem', () => {
  for (const { responses } of operations)
    for (const status of ['4XX', '5XX']) assert.ok(responses[status]!.content['application/problem+json']);
});

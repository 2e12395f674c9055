import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { defaultLimits, type Limits } from './options.ts';
import { type End, end, TurnedClock } from './testing.ts';
import { fromWebSocket, webSocketOptions } from './websocket.ts';

/** A server with one session, and a client of the bare library. */
async function connected(limits: Partial<Limits> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'packloop-link-'));
  const http = createServer();
  const { maxFrameBytes } = { ...defaultLimits, ...limits };
  const wss = new WebSocketServer({ server: http, ...webSocketOptions(maxFrameBytes) });
  const ended = Promise.withResolvers<{ code: number; reason: string }>();
  const server = new Promise<End>((resolve) => {
    wss.on('connection', (ws) => {
      const answer = (_: unknown, { payload }: { payload: object }) => payload;
      resolve(end(fromWebSocket(ws), new TurnedClock(), { answer, limits, closed: (_, it) => ended.resolve(it) }));
    });
  });
  http.listen(join(folder, 's'));
  await once(http, 'listening');
  const client = new WebSocket(`ws+unix://${join(folder, 's')}:/ocpp/S1`, { perMessageDeflate: true });
  client.on('error', () => {});
  await once(client, 'open');
  return {
    client,
    server: await server,
    ended: ended.promise,
    [Symbol.asyncDispose]: async () => {
      client.terminate();
      wss.close();
      http.close();
      await rm(folder, { recursive: true });
    },
  };
}

test('a station speaks over a WebSocket, compressed when a message is long', async () => {
  await using line = await connected();
  assert.match(line.client.extensions, /permessage-deflate/);
  const payload = { data: '电池 '.repeat(1000) };
  line.client.send(JSON.stringify([2, '1', 'DataTransfer', payload]));
  const [data] = await once(line.client, 'message');
  assert.deepEqual(JSON.parse(String(data)), [3, '1', payload]);
  line.server.session.close(1001, 'x'.repeat(200));
  const [code, reason] = await once(line.client, 'close');
  assert.deepEqual([code, String(reason)], [1001, 'x'.repeat(120)]);
});

test('a station that sends bytes instead of text is hung up on', async () => {
  await using line = await connected();
  line.client.send(Buffer.from('[2,"1","Heartbeat",{}]'));
  const [code] = await once(line.client, 'close');
  assert.equal(code, 1003);
  assert.equal((await line.ended).code, 1003);
});

test('a message beyond the limit is refused before it is read, also when it was compressed', async () => {
  for (const compress of [true, false]) {
    await using line = await connected({ maxFrameBytes: 10_000 });
    line.client.send(JSON.stringify([2, '1', 'DataTransfer', { data: 'x'.repeat(10_000) }]), { compress });
    const [code] = await once(line.client, 'close');
    assert.equal(code, 1009);
    assert.equal((await line.ended).code, 1009);
    assert.deepEqual(
      line.server.problems.map((it) => it.kind),
      ['oversized'],
    );
  }
});

test('a station that floods us with pings is hung up on, as one that floods us with messages', async () => {
  for (const control of ['ping', 'pong'] as const) {
    await using line = await connected({ perSecond: 1, burst: 5, patience: 20 });
    const closed = once(line.client, 'close');
    for (let sent = 0; sent < 5; sent++) line.client[control]();
    line.client.send(JSON.stringify([2, '1', 'Heartbeat', {}]));
    const [data] = await once(line.client, 'message');
    assert.equal(JSON.parse(String(data))[3], 'rate limit: at most 1 messages a second');
    for (let sent = 0; sent < 100; sent++) line.client[control]();
    const [code, reason] = await closed;
    assert.deepEqual([code, String(reason)], [1008, 'flood']);
    assert.deepEqual(
      line.server.problems.map((it) => it.kind),
      ['rate-limit', 'flood'],
    );
  }
});

test('a burst of pings, however many come at once, ends with the reason told to both', async () => {
  await using line = await connected();
  const closed = once(line.client, 'close');
  for (let sent = 0; sent < 3000; sent++) line.client.ping();
  const [code, reason] = await closed;
  assert.deepEqual([code, String(reason)], [1008, 'flood']);
  assert.deepEqual(
    line.server.problems.map((it) => it.kind),
    ['rate-limit', 'flood'],
  );
});

test('a ping within the rate is answered with what it said', async () => {
  await using line = await connected();
  line.client.ping('still there?');
  const [data] = await once(line.client, 'pong');
  assert.equal(String(data), 'still there?');
});

test('a station that is lost without a word is noticed', async () => {
  await using line = await connected();
  line.client.terminate();
  assert.equal((await line.ended).code, 1006);
});

test('a station that reads nothing does not fill our memory', async () => {
  await using line = await connected();
  line.client.pause();
  const noise = Array.from({ length: 20_000 }, (_, i) => (i * 2654435761) % 65536).join();
  for (let sent = 0; line.server.session.isOpen && sent < 400; sent++) {
    line.server.session.send('NotifyPeriodicEventStream', { noise });
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.match((await line.ended).reason, /bytes unread/);
});

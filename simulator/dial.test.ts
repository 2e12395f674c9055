import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'node:test';
import { WebSocketServer } from 'ws';
import { webSocketOptions } from '#link';
import { freePort } from '../test/server.ts';
import { phone } from './app.ts';
import { dialer } from './dial.ts';

/** An HTTP server on a free port of this machine, closed after the test. */
async function listening(t: { after(act: () => void): void }) {
  const port = await freePort();
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { server, port };
}

test('a station dials with its password, the subprotocol of OCPP 2.1 and compression, and both ends hear each other', async (t) => {
  const { server, port } = await listening(t);
  const sockets = new WebSocketServer({ ...webSocketOptions(1e5), server });
  const asked = once(sockets, 'connection');
  const wire = await dialer(`ws://127.0.0.1:${port}/ocpp/`, { id: 'SZ 1', password: 'secret:of 24' })();
  const [ws, request] = await asked;
  assert.equal(request.url, '/ocpp/SZ%201');
  assert.equal(atob(request.headers.authorization.slice('Basic '.length)), 'SZ 1:secret:of 24');
  assert.equal(ws.protocol, 'ocpp2.1');
  assert.match(ws.extensions, /permessage-deflate/);

  const long = `[3,"1",${JSON.stringify({ text: 'x'.repeat(5000) })}]`;
  ws.on('message', (data: Buffer) => ws.send(data.toString()));
  const heard = new Promise((resolve) => wire.onFrame(resolve));
  wire.send(long);
  assert.equal(await heard, long);

  const [closed] = await Promise.all([new Promise((resolve) => wire.onClose(resolve)), wire.cut!()]);
  assert.equal(closed, 1006, 'a cut is no goodbye');
});

test('a station that is turned away learns the HTTP status', async (t) => {
  const { server, port } = await listening(t);
  server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n'));
  await assert.rejects(
    dialer(`ws://127.0.0.1:${port}/ocpp`, { id: 'A', password: 'wrong' })() as Promise<unknown>,
    /401/,
  );
});

test('the phone reserves, starts and cancels by HTTP, each with a key of its own, and reads why not', async (t) => {
  const { server, port } = await listening(t);
  const asked: string[] = [];
  const keys = new Set<string>();
  server.on('request', async (request, response) => {
    const body = (await Array.fromAsync(request)).join('');
    asked.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
    keys.add(String(request.headers['idempotency-key']));
    const isRefused = request.url?.includes('EMPTY');
    response.writeHead(isRefused ? 409 : 200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(isRefused ? { type: '/problems/no-pack-ready', title: 'none', status: 409 } : { id: 'swap-1' }),
    );
  });
  let n = 0;
  const app = phone({ httpUrl: `http://127.0.0.1:${port}`, apiKey: 'pl_key', newKey: () => `key-${++n}` });
  const arriveBy = Temporal.Instant.from('2026-11-02T10:00:00Z');
  assert.deepEqual(await app.reserve('SZ-1', 'card-1', arriveBy), { swapId: 'swap-1' });
  assert.equal(await app.start('SZ-1', 'card-1'), undefined);
  assert.equal(await app.start('EMPTY', 'card-1'), 'no-pack-ready');
  assert.deepEqual(await app.reserve('EMPTY', 'card-1', arriveBy), { why: 'no-pack-ready' });
  await app.cancel('swap-1');
  assert.deepEqual(asked.slice(0, 2), [
    'POST /v1/stations/SZ-1/reservations Bearer pl_key {"idToken":"card-1","arriveBy":"2026-11-02T10:00:00Z"}',
    'POST /v1/stations/SZ-1/swaps Bearer pl_key {"idToken":"card-1"}',
  ]);
  assert.equal(asked.at(-1), 'POST /v1/swaps/swap-1/cancel Bearer pl_key {}');
  assert.equal(keys.size, 5);
  server.close();
  server.closeAllConnections();
  assert.equal(await app.start('SZ-1', 'card-1'), 'unreachable');
});

// What the server bears: slow, broken and strange requests over real connections.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { makeKey } from '#party';
import { type TestApp, withServer } from '../test/app.ts';
import { freePort } from '../test/server.ts';
import type { Config } from './config.ts';

type Real = TestApp & {
  /** Sends these texts, waits for the end of the connection. @returns what came back */
  say(...texts: string[]): Promise<string>;
};

/** A test body with the server on a port of its own. */
const listening = async (body: (it: Real) => Promise<void>, config: Partial<Config> = {}) => {
  const PORT = await freePort();
  await withServer(
    async (it) => {
      await it.app.listen();
      const say = async (...texts: string[]) => {
        const socket = createConnection(PORT, '127.0.0.1');
        let heard = '';
        socket.on('data', (data) => {
          heard += data;
        });
        socket.on('error', () => {});
        for (const text of texts) socket.write(text);
        await once(socket, 'close');
        return heard;
      };
      await body({ ...it, say });
    },
    { PORT, ...config },
  )();
};

const get = (path: string, ...headers: string[]) =>
  [`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers, '', ''].join('\r\n');
const statusOf = (heard: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1]);

test('whoever sends his headers or his body by drops is told so and hung up on', () =>
  listening(
    async ({ say, as }) => {
      const post = 'POST /v1/parties HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
      for (const begun of [
        '',
        'GET /v1/network HTTP/1.1\r\nHost: x\r\nX-A',
        `${post}Content-Length: 90\r\n\r\n{"id":`,
      ]) {
        const heard = await say(begun);
        assert.deepEqual([statusOf(heard), /problems\/too-slow/.test(heard)], [408, true], begun);
      }
      assert.equal((await (await as()).get('/healthz')).status, 200);
    },
    { REQUEST_TIMEOUT_S: 1 },
  ));

test('whoever offers another protocol than WebSocket is answered in HTTP/1.1', () =>
  listening(async ({ say }) => {
    const h2c = get('/healthz', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA');
    const heard = await say(h2c.replace('Connection: close', 'Connection: Upgrade, HTTP2-Settings, close'));
    assert.deepEqual([statusOf(heard), /"status":"up"/.test(heard)], [200, true]);
  }));

test('a WebSocket is for stations: at another address it is refused in words', () =>
  listening(async ({ say }) => {
    const upgrade = (path: string) =>
      get(
        path,
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        `Sec-WebSocket-Key: ${btoa('0123456789abcdef')}`,
      ).replace('Connection: close', 'Connection: Upgrade');
    for (const path of ['/v1/live', '/', '/v1/stations/SZ-1']) {
      const heard = await say(upgrade(path));
      assert.deepEqual([statusOf(heard), /Stations connect to \/ocpp\/<station>/.test(heard)], [404, true], path);
    }
    const station = await say(upgrade('/ocpp/SZ-1'));
    assert.deepEqual([statusOf(station), /subprotocol ocpp2\.1/.test(station)], [400, true]);
  }));

test('what is no HTTP, or no address, is a problem as all failures are', () =>
  listening(async ({ say, app }) => {
    for (const text of ['\0\0\0\r\n\r\n', get('/', `X-Long: ${'x'.repeat(20_000)}`)]) {
      const heard = await say(text);
      assert.match(heard, /^HTTP\/1\.1 4(00|31) .*\r\nContent-Type: application\/problem\+json/);
      assert.match(heard, /"type":"\/problems\/malformed"/);
    }
    for (const url of ['/%', '/v1/stations/%E0%A4%A', `/v1/stations/${'x'.repeat(300)}`]) {
      const { statusCode, headers, body } = await app.http.inject({ url });
      assert.match(String(headers['content-type']), /^application\/problem\+json/, url);
      assert.equal(JSON.parse(body).status, statusCode);
      assert.ok(statusCode >= 400 && statusCode < 500);
    }
  }));

test('an address that can name nothing is a page that is not there', () =>
  listening(async ({ app }) => {
    for (const url of ['//v1/drivers', '/v1//drivers', '//', '/console//x', '/docs//x', '/a%00b']) {
      const { statusCode, body } = await app.http.inject({ url });
      assert.deepEqual([statusCode, JSON.parse(body).type], [404, '/problems/no-such-page'], url);
    }
  }));

test('a request without a host, or that expects what we do not know, is told so as a problem', () =>
  listening(async ({ say }) => {
    const strange = [
      [get('/healthz').replace('Host: x\r\n', ''), 400, /"field":"host"/],
      [get('/healthz', 'Expect: 200-maybe'), 417, /"field":"expect"/],
      [get('/healthz', 'Expect: 100-Continue'), 200, /"status":"up"/],
      ['GET /healthz HTTP/1.0\r\n\r\n', 200, /"status":"up"/],
    ] as const;
    for (const [text, status, told] of strange) {
      const heard = await say(text);
      assert.deepEqual(
        [statusOf(heard.replace(/^HTTP\/1.1 100.*\r\n\r\n/, '')), told.test(heard)],
        [status, true],
        heard,
      );
      if (status !== 200) assert.match(heard, /content-type: application\/problem\+json/i);
    }
  }));

test(
  'a body in an encoding or a charset that is not read is refused by its name, whatever is in it',
  withServer(async ({ app }) => {
    const key = { authorization: `Bearer ${await keyTo(app)}` };
    const party = { kind: 'operator', name: '能源' };
    const send = async (id: string, headers: object, encoded: (text: string) => string | Buffer = (it) => it) => {
      const all = { 'content-type': 'application/json', 'idempotency-key': id, ...key, ...headers };
      const payload = encoded(JSON.stringify({ ...party, id }));
      const { statusCode, body } = await app.http.inject({ method: 'POST', url: '/v1/parties', headers: all, payload });
      return [statusCode, JSON.parse(body).issues?.[0].field];
    };
    const zipped = { 'content-encoding': 'gzip' };
    const wide = { 'content-type': 'application/json; charset=utf-16' };
    for (const encoded of [(it: string) => it, gzipSync])
      assert.deepEqual(await send('a', zipped, encoded), [415, 'content-encoding']);
    for (const encoded of [(it: string) => it, (it: string) => Buffer.from(it, 'utf16le')])
      assert.deepEqual(await send('b', wide, encoded), [415, 'content-type']);
    assert.deepEqual(await send('c', { 'content-encoding': 'Identity' }), [200, undefined]);
    assert.deepEqual(await send('d', { 'content-type': 'application/json; charset="UTF-8"' }), [200, undefined]);
  }),
);

test(
  'a known address asked with another method says which it has',
  withServer(async ({ app }) => {
    for (const [method, url, allow] of [
      ['DELETE', '/v1/stations', 'GET, HEAD, POST'],
      ['PUT', '/v1/stations/SZ-1?x=/v1/keys', 'GET, HEAD, POST'],
      ['GET', '/v1/stations/SZ-1/password', 'POST'],
      ['HEAD', '/v1/stations/SZ-1/password', 'POST'],
      ['OPTIONS', '/v1/tokens/a%2Fb/status', 'POST'],
      ['POST', '/v1/network', 'GET, HEAD'],
      ['POST', '/healthz', 'GET, HEAD'],
    ] as const) {
      const { statusCode, headers, body } = await app.http.inject({ method, url });
      assert.deepEqual([statusCode, headers.allow], [405, allow], `${method} ${url}`);
      if (method !== 'HEAD') assert.equal(JSON.parse(body).type, '/problems/method-wrong');
    }
    for (const [method, url] of [
      ['DELETE', '/v1/nowhere'],
      ['GET', '/v1/stations/SZ-1/password/more'],
      ['POST', '/v1/drivers/'],
    ] as const)
      assert.equal((await app.http.inject({ method, url })).statusCode, 404, `${method} ${url}`);
  }),
);

test('HEAD of a stream answers at once, and nothing is streamed', () =>
  listening(async ({ say }) => {
    const heard = await say(get('/v1/live').replace('GET', 'HEAD'));
    assert.deepEqual([statusOf(heard), /content-type: text\/event-stream/i.test(heard)], [200, true]);
    assert.match(heard, /\r\n\r\n$/);
  }));

test('large answers travel compressed to whoever takes them so; small ones, HEAD and streams as they are', () =>
  listening(async ({ as, app, say }) => {
    const caller = await as('admin');
    await caller.post('/v1/parties', { id: 'op', name: 'Operator', kind: 'operator' });
    const station = { operatorId: 'op', presetId: 'nio-g3', place: { latitude: 22.5, longitude: 114 } };
    const many = Array.from({ length: 100 }, (_, n) => ({ ...station, id: `SZ-${n}`, name: `Number ${n}` }));
    assert.equal((await caller.post('/v1/stations', many)).status, 200);
    const headers = { authorization: `Bearer ${await keyTo(app)}`, 'accept-encoding': 'gzip' };
    for (const url of ['/v1/network', '/v1/stations?limit=1000']) {
      const packed = await app.http.inject({ url, headers });
      const plain = (await app.http.inject({ url, headers: { ...headers, 'accept-encoding': 'identity' } })).rawPayload;
      assert.equal(packed.headers['content-encoding'], 'gzip', url);
      assert.ok(plain.length > 32_768 && packed.rawPayload.length < plain.length / 4, url);
      assert.equal(JSON.parse(gunzipSync(packed.rawPayload).toString()).stations?.length ?? 100, 100);
      const head = await app.http.inject({ method: 'HEAD', url, headers });
      assert.deepEqual([head.statusCode, head.rawPayload.length], [200, 0], url);
    }
    const small = await app.http.inject({ url: '/v1/stations?limit=1', headers });
    assert.equal(small.headers['content-encoding'], undefined);
    const live = await say(get('/v1/live', 'Accept-Encoding: gzip').replace('GET', 'HEAD'));
    assert.doesNotMatch(live, /content-encoding/i);
  }));

const keyTo = (app: TestApp['app']): Promise<string> =>
  app.doWork((work) => makeKey(work, { name: 'test', scopes: ['admin'], random: randomBytes(32) }));

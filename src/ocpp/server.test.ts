import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createRequire } from 'node:module';
import { createConnection } from 'node:net';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { createValidator, RPCClient } from 'ocpp-rpc';
import { WebSocket, type ClientOptions as WsOptions } from 'ws';
import { fromWebSocket } from '#link';
import { anomalies, renewPasswords } from '#station';
import { authority } from '../../test/certificates.ts';
import { boot, gateway, listening, type Network, plainServer, stationName, stationOn, txEvent } from './testing.ts';

/** `auth` is Node's, which the types of ws forget. */
type ClientOptions = WsOptions & { readonly auth?: string };

const A = stationName(1);
const PORT = 21_730;
const servers = new Set<Server>();
after(() => {
  for (const it of servers) it.closeAllConnections();
});

/** A test body with a server in front of its gateway. */
const served = (
  body: (network: Network & { url: string }) => Promise<void>,
  make: (network: Network) => Server = ({ ocpp }) => plainServer(ocpp),
  limits: Parameters<typeof gateway>[1] = {},
) =>
  gateway(async (network) => {
    const server = make(network);
    servers.add(server);
    const address = await listening(server, PORT);
    try {
      await body({ ...network, url: `${'setSecureContext' in server ? 'wss' : 'ws'}://${address}/ocpp` });
    } finally {
      await network.ocpp.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  }, limits);

/** Opens a connection. @returns the socket, or the HTTP status it was refused with */
function open(
  url: string,
  options: ClientOptions = {},
  protocol: string | string[] = 'ocpp2.1',
): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(url, protocol, { rejectUnauthorized: false, ...options });
    ws.once('open', () => resolve(ws));
    ws.once('unexpected-response', (_, response) => {
      resolve(response.statusCode!);
      ws.terminate();
    });
    ws.once('error', (error) => reject(error));
  });
}

async function opened(...args: Parameters<typeof open>): Promise<WebSocket> {
  const ws = await open(...args);
  assert.ok(ws instanceof WebSocket, `connected, not ${ws}`);
  return ws;
}

const kinds = async ({ ocpp, doWork }: Network) => {
  await ocpp.flush();
  return (await doWork((work) => anomalies(work, { most: 50 }))).map((it) => it.kind).sort();
};

test(
  'security profile 1: the right name and password connect; anything else is turned away with its status and a line',
  served(async (network) => {
    const { url, build } = network;
    const password = (await build(1)).get(A)!;
    const ws = await opened(`${url}/${A}`, { auth: `${A}:${password}` });
    assert.equal(ws.protocol, 'ocpp2.1');
    assert.match(ws.extensions, /permessage-deflate/);
    const station = stationOn(fromWebSocket(ws), A);
    assert.equal(((await station.call('BootNotification', boot)) as { status: string }).status, 'Accepted');

    assert.equal(await open(`${url}/${A}`), 401);
    assert.equal(await open(`${url}/${A}`, { auth: `${A}:wrong` }), 401);
    assert.equal(await open(`${url}/${A}`, { auth: `SZ-2:${password}` }), 401);
    assert.equal(await open(`${url}/nobody`, { auth: `nobody:${password}` }), 404);
    assert.equal(await open(`${url}/..%2f`, {}), 404);
    assert.equal(await open(url.replace('/ocpp', '/else'), {}), 404);
    assert.equal(await open(`${url}/${A}`, { auth: `${A}:${password}` }, 'ocpp1.6'), 400);
    assert.equal(await open(`${url}/${A}`, { auth: `${A}:${password}` }, []), 400);
    assert.deepEqual(await kinds(network), ['bad-credentials', 'unknown-station']);
    assert.equal(network.ocpp.connections, 1, 'the first connection lives on');
  }),
);

test(
  'a new password makes the old one void',
  served(async ({ url, build, doWork }) => {
    const old = (await build(1)).get(A)!;
    const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));
    const fresh = (await doWork((work) => renewPasswords(work, [A], random))).get(A)!;
    assert.equal(await open(`${url}/${A}`, { auth: `${A}:${old}` }), 401);
    (await opened(`${url}/${A}`, { auth: `${A}:${fresh}` })).close();
  }),
);

test(
  'a connection made with a password ends when that is renewed, in whichever process, and when its station is removed',
  served(
    async (network) => {
      const { url, build, doWork } = network;
      const passwords = await build(3);
      const [B, C] = [stationName(2), stationName(3)];
      const auth = (id: typeof A, password = passwords.get(id)) => ({ auth: `${id}:${password}` });
      const [a, b, c] = [
        await opened(`${url}/${A}`, auth(A)),
        await opened(`${url}/${B}`, auth(B)),
        await opened(`${url}/${C}`, auth(C)),
      ];
      const ended = (ws: WebSocket) =>
        new Promise<string>((done) => ws.on('close', (code, why) => done(`${code} ${why}`)));
      const ends = [ended(a), ended(b)];
      const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));
      const fresh = (await doWork((work) => renewPasswords(work, [A], random))).get(A)!;
      assert.equal(await ends[0], '1008 its credentials were renewed');
      await doWork(async (work) => {
        for (const table of ['credential where station_id', 'slot where station_id', 'station where id'])
          await sql`delete from station.${sql.raw(table)} = ${B}`.execute(work.db);
      });
      assert.equal(await ends[1], '1008 it is not registered any more');
      const again = await opened(`${url}/${A}`, auth(A, fresh));
      await wait(100); // some looks, all of which go back over what has changed
      assert.deepEqual([again.readyState, c.readyState, network.ocpp.connections], [WebSocket.OPEN, WebSocket.OPEN, 2]);
      assert.deepEqual(await kinds(network), ['admission-void', 'admission-void']);
    },
    undefined,
    { limits: { pollMs: 20 } },
  ),
);

test(
  'a station that is registered for TLS is refused without it, before its password is looked at',
  served(async (network) => {
    await network.build(1, { securityProfile: 2 });
    assert.equal(await open(`${network.url}/${A}`, { auth: `${A}:whatever` }), 403);
    assert.deepEqual(await kinds(network), ['wrong-profile']);
  }),
);

const ours = await authority();
const server = await ours.certify('localhost');
const secure = ({ ocpp }: Network): Server =>
  createSecureServer({
    ...server,
    ca: ours.cert,
    requestCert: true,
    rejectUnauthorized: false,
  }).on('upgrade', (request, socket, head) =>
    ocpp.handleUpgrade(request, socket, head, { tls: true }),
  ) as unknown as Server;

test(
  'security profile 2: a password over TLS',
  served(async ({ url, build }) => {
    const password = (await build(1, { securityProfile: 2 })).get(A)!;
    const ws = await opened(`${url}/${A}`, { auth: `${A}:${password}` });
    assert.ok('currentTime' in (await stationOn(fromWebSocket(ws), A).call('Heartbeat')));
    assert.equal(await open(`${url}/${A}`, { auth: `${A}:wrong` }), 401);
  }, secure),
);

test(
  'security profile 3: a certificate in the station’s name, signed by our authority',
  served(async ({ url, build }) => {
    assert.equal((await build(1, { securityProfile: 3 })).size, 0, 'no password is made');
    const ws = await opened(`${url}/${A}`, await ours.certify(A));
    assert.ok('currentTime' in (await stationOn(fromWebSocket(ws), A).call('Heartbeat')));
    assert.equal(await open(`${url}/${A}`, await ours.certify('SZ-2')), 401);
    assert.equal(await open(`${url}/${A}`, await (await authority()).certify(A)), 401, 'signed by somebody else');
    assert.equal(await open(`${url}/${A}`, { auth: `${A}:secret` }), 401);
  }, secure),
);

test(
  'a second connection of a station replaces the first',
  served(async ({ url, build, ocpp }) => {
    const auth = `${A}:${(await build(1)).get(A)}`;
    const first = await opened(`${url}/${A}`, { auth });
    const closed = new Promise<string>((resolve) => first.on('close', (code, reason) => resolve(`${code} ${reason}`)));
    const second = await opened(`${url}/${A}`, { auth });
    assert.match(await closed, /^1000 replaced/);
    assert.ok('currentTime' in (await stationOn(fromWebSocket(second), A).call('Heartbeat')));
    assert.equal(ocpp.connections, 1);
  }),
);

test(
  'oversized and binary messages end the connection, and the process stays up',
  served(async (network) => {
    const auth = `${A}:${(await network.build(1)).get(A)}`;
    const send = async (data: string | Buffer) => {
      const ws = await opened(`${network.url}/${A}`, { auth });
      const code = new Promise<number>((resolve) => ws.on('close', resolve));
      ws.send(data);
      return await code;
    };
    assert.equal(await send(`[2,"1","DataTransfer",{"vendorId":"${'x'.repeat(300_000)}"}]`), 1009);
    assert.equal(await send(Buffer.from([1, 2, 3])), 1003);
    (await opened(`${network.url}/${A}`, { auth })).close();
    assert.ok((await kinds(network)).includes('oversized'));
  }),
);

test(
  'a station that answers no ping is disconnected',
  served(
    async ({ url, build, ocpp }) => {
      const auth = `${A}:${(await build(1)).get(A)}`;
      const ws = await opened(`${url}/${A}`, { auth, autoPong: false } as ClientOptions);
      await new Promise((resolve) => ws.on('close', resolve));
      for (let tries = 0; ocpp.connections > 0 && tries < 100; tries++) await wait(20);
      assert.equal(ocpp.connections, 0);
    },
    undefined,
    { limits: { pingMs: 90 } },
  ),
);

test(
  'somebody who knocks and goes away, or speaks no HTTP, disturbs nobody',
  served(async ({ url, build }) => {
    const auth = `${A}:${(await build(1)).get(A)}`;
    const knock = (text: string) =>
      new Promise<void>((done) => {
        const socket = createConnection(PORT, '127.0.0.1', () => {
          socket.write(text);
          setImmediate(() => socket.destroy());
        });
        socket.on('close', () => done());
        socket.on('error', () => {});
      });
    const upgrade = `GET /ocpp/${A} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`;
    await knock('\0\0\0');
    await knock(`${upgrade}Sec-WebSocket-Protocol: ocpp2.1\r\nAuthorization: Basic ${btoa(auth)}\r\n\r\n`);
    await knock(`${upgrade}\r\n`);
    (await opened(`${url}/${A}`, { auth })).close();
  }),
);

/** Its strict mode looks for OCPP 2.1's schemas under the names of 1.6, so it gets its own ones under those. */
function strict21() {
  const schemas: { $id: string }[] = createRequire(import.meta.url)('ocpp-rpc/lib/schemas/ocpp2_1.json');
  const named = schemas.map((it) => ({ ...it, $id: it.$id.replace(/Request$/, '.req').replace(/Response$/, '.conf') }));
  // Enumerations carry a keyword for objects, about which its Ajv would talk on the console.
  const quiet = JSON.parse(JSON.stringify(named), (_, it) => {
    if (it?.type === 'string') delete it.additionalProperties;
    return it;
  });
  return createValidator('ocpp2.1', quiet);
}

test(
  'a client that others wrote (ocpp-rpc, strict) boots, charges and swaps with us',
  served(async ({ url, build }) => {
    const password = (await build(1)).get(A)!;
    const options = { endpoint: url, identity: A, password, protocols: ['ocpp2.1'], reconnect: false };
    const client = new RPCClient({ ...options, strictMode: true, strictModeValidators: [strict21()] } as never);
    client.handle('GetBaseReport', (() => ({ status: 'Accepted' })) as never);
    const call = client.call.bind(client) as (action: string, payload: object) => Promise<Record<string, unknown>>;
    await client.connect();
    assert.equal((await call('BootNotification', boot)).status, 'Accepted');
    assert.deepEqual(await call('TransactionEvent', txEvent(0)), {});
    const swap = {
      eventType: 'BatteryIn',
      requestId: 1,
      idToken: { idToken: 'nobody', type: 'Central' },
      batteryData: [{ evseId: 1, serialNumber: 'unknown', soC: 20, soH: 95 }],
    };
    assert.deepEqual(await call('BatterySwap', swap), {});
    const { idTokenInfo } = await call('Authorize', { idToken: { idToken: 'nobody', type: 'ISO14443' } });
    assert.notEqual((idTokenInfo as { status: string }).status, 'Accepted');
    await assert.rejects(call('NoSuchAction', {}), 'it is strict');
    await client.close();
  }),
);

// `packloop sim` before a real server that speaks TLS.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { StationPresetId } from '#pack';
import { addParties } from '#party';
import { anomalies, find, register } from '#station';
import type { PartyId, StationId } from '#units';
import { authority } from '../../test/certificates.ts';
import { type OwnDatabase, ownDatabase } from '../../test/database.ts';
import { freePort, type ServerProcess, startServerProcess } from '../../test/server.ts';
import { stationEntry, writeRoster } from '../demo/roster.ts';

const program = fileURLToPath(new URL('../../bin/packloop', import.meta.url));
const operatorId = 'op' as PartyId;

interface Tls {
  readonly own: OwnDatabase;
  readonly server: ServerProcess;
  /** The name of a file; `{id}` is left as it is. */
  file(name: string): string;
  /** Runs `packloop sim` until the station is connected, or has been turned away. @returns what it complained of */
  sim(stationId: string, ...options: string[]): Promise<string>;
}

/** Station P2 is registered for security profile 2, P3 for 3; the server knows our authority. */
const overTls = (body: (it: Tls) => Promise<void>) =>
  ownDatabase(async (own) => {
    const folder = mkdtempSync(join(tmpdir(), 'packloop-sim-tls-'));
    const file = (name: string) => join(folder, name);
    const ours = await authority();
    const write = (name: string, text: string) => writeFileSync(file(name), text);
    write('ca.pem', ours.cert);
    write('other-ca.pem', (await authority('Somebody else')).cert);
    for (const name of ['server', 'P3', 'P4']) {
      const { cert, key } = await ours.certify(name);
      write(`${name}.pem`, cert);
      write(`${name}.key`, key);
    }
    const stations = (['P2', 'P3'] as StationId[]).map((id, index) => ({
      ...{ id, name: id, operatorId, presetId: 'nio-g3' as StationPresetId, timeZone: 'Asia/Shanghai' },
      ...{ place: { latitude: 22.5, longitude: 114 }, swapOrder: 'In-Out' as const },
      securityProfile: (index + 2) as 2 | 3,
    }));
    const passwords = await own.doWork(async (work) => {
      await addParties(work, [{ id: operatorId, name: 'Operator', kind: 'operator' }]);
      return await register(work, stations, randomBytes);
    });
    const tlsPort = await freePort();
    const env = {
      TLS_PORT: String(tlsPort),
      TLS_CERT: file('server.pem'),
      TLS_KEY: file('server.key'),
      TLS_CLIENT_CA: file('ca.pem'),
    };
    const server = await startServerProcess({ databaseUrl: own.url, env });
    writeRoster(file('roster.json'), {
      ocppUrl: `wss://127.0.0.1:${tlsPort}/ocpp`,
      httpUrl: server.http,
      apiKey: 'none',
      seed: 1,
      clock: { speed: 1, simulatedStart: '2026-11-22T08:00:00Z', realStartMs: Date.now() },
      stations: stations.map((it) => stationEntry(it, passwords.get(it.id) ?? '', [])),
      vehicles: [],
    });
    const sim = async (stationId: string, ...options: string[]) => {
      const child = spawn(program, ['sim', file('roster.json'), '--stations', stationId, ...options], {
        env: { ...process.env, DATABASE_URL: own.url },
      });
      let said = '';
      child.stderr.on('data', (it) => {
        said += it;
      });
      const gone = once(child, 'close');
      while (child.exitCode === null && !said.includes('cannot connect') && !(await isOnline(own, stationId)))
        await wait(50);
      child.kill('SIGTERM');
      await gone;
      return said;
    };
    try {
      await body({ own, server, file, sim });
    } finally {
      await server.kill();
      rmSync(folder, { recursive: true });
    }
  });

const isOnline = async ({ doWork }: OwnDatabase, id: string): Promise<boolean> =>
  (await doWork((work) => find(work, [id as StationId]))).get(id as StationId)!.lastBootAt !== null;

test(
  'simulated stations connect by TLS with a password, and by TLS with a certificate of their own',
  overTls(async ({ own, file, sim }) => {
    const secret = await sim('P2', '--ca', file('ca.pem'));
    assert.deepEqual([await isOnline(own, 'P2'), await isOnline(own, 'P3')], [true, false], secret);
    const own3 = ['--cert', file('{id}.pem'), '--key', file('{id}.key')];
    const certified = await sim('P3', '--ca', file('ca.pem'), ...own3);
    assert.equal(await isOnline(own, 'P3'), true, certified);
  }),
);

test(
  'a simulated station does not talk to a server that it cannot trust or whose clock is another; a wrong certificate is turned away',
  overTls(async ({ own, server, file, sim }) => {
    assert.match(await sim('P2'), /P2: cannot connect: .*certificate/);
    assert.match(await sim('P2', '--ca', file('other-ca.pem')), /P2: cannot connect: .*certificate/);
    assert.match(await sim('P3', '--ca', file('ca.pem')), /^packloop: station P3 has no password/);
    const others = ['--cert', file('P4.pem'), '--key', file('P4.key')];
    assert.match(await sim('P3', '--ca', file('ca.pem'), ...others), /P3: cannot connect: .*401/);
    assert.match(await sim('P2', '--ca', file('nowhere.pem')), /^packloop: --ca .*nowhere\.pem cannot be read: ENOENT/);
    const broken = await sim('P2', '--ca', file('ca.pem'), '--fault', 'short:pack=NONE');
    assert.match(broken, /^packloop: fault short: no pack NONE is in the roster/);
    const tooFast = await sim('P2', '--ca', file('ca.pem'), '--speed', '5');
    assert.match(tooFast, /^packloop: --speed 5: the server at .* runs at 1; .* start the server with CLOCK_SPEED=5/);
    assert.deepEqual([await isOnline(own, 'P2'), await isOnline(own, 'P3')], [false, false]);
    await server.stop(); // lines for the operator are written every two seconds, and at the end
    const lines = await own.doWork((work) => anomalies(work, { most: 9 }));
    assert.deepEqual(
      lines.map((it) => it.kind),
      ['bad-credentials'],
    );
  }),
);

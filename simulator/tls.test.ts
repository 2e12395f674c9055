import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { authority } from '../test/certificates.ts';
import { readTls, type TlsFiles } from './tls.ts';

const stations = ['A', 'B/1'].map((id) => ({ id, password: 'secret' }));
const safe = 'wss://127.0.0.1:9/ocpp';

const inFolder =
  (body: (folder: string, write: (name: string, text: string) => string) => Promise<void>) => async () => {
    const folder = mkdtempSync(join(tmpdir(), 'packloop-tls-'));
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    try {
      await body(folder, write);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

test(
  'each station shows its own certificate and no password; without one all share the trust in the server and show passwords',
  inFolder(async (folder, write) => {
    const ours = await authority();
    const ca = write('ca.pem', ours.cert);
    for (const { id } of stations) {
      const { cert, key } = await ours.certify(id);
      write(`${encodeURIComponent(id)}.pem`, cert);
      write(`${encodeURIComponent(id)}.key`, key);
    }
    const shared = readTls({ ca }, { ocppUrl: safe, stations })!;
    assert.equal(shared('A'), shared('B/1'));
    assert.equal(shared('A').hasCertificate, false);
    const own = readTls(
      { ca, cert: join(folder, '{id}.pem'), key: join(folder, '{id}.key') },
      { ocppUrl: safe, stations: stations.map((it) => ({ ...it, password: '' })) },
    )!;
    assert.notEqual(own('A').secureContext, own('B/1').secureContext);
    assert.equal(own('B/1').hasCertificate, true);
    assert.equal(readTls({}, { ocppUrl: 'ws://127.0.0.1:9/ocpp', stations }), undefined);
  }),
);

test(
  'a file that cannot be read, or is not what it should be, is refused by its option and name',
  inFolder(async (folder, write) => {
    const ours = await authority();
    const [one, other] = [await ours.certify('A'), await ours.certify('A')];
    const [cert, key, otherKey] = [write('a.pem', one.cert), write('a.key', one.key), write('b.key', other.key)];
    const noise = write('noise.pem', 'no certificate');
    const missing = join(folder, 'missing.pem');
    const refused = (files: TlsFiles, words: RegExp, ocppUrl = safe, of = stations) =>
      assert.throws(() => readTls(files, { ocppUrl, stations: of }), { message: words });
    refused({ ca: missing }, /^--ca .*missing\.pem cannot be read: ENOENT/);
    refused({ ca: folder }, /^--ca .* cannot be read: EISDIR/);
    refused({ ca: noise }, /^--ca .*noise\.pem holds no certificate in PEM form$/);
    refused({ ca: key }, /^--ca .*a\.key holds no certificate/);
    refused({ cert: missing, key }, /^--cert .*missing\.pem cannot be read/);
    refused({ cert, key: missing }, /^--key .*missing\.pem cannot be read/);
    refused({ cert: noise, key }, /^--cert .*noise\.pem holds no certificate/);
    refused({ cert, key: noise }, /^--key .*noise\.pem holds no private key/);
    refused({ cert, key: otherKey }, /^--key .*b\.key is not the key of the certificate in .*a\.pem$/);
    refused({ cert }, /^--cert and --key belong together/);
    refused({ key }, /^--cert and --key belong together/);
    refused({ ca: cert }, /^--ca is for TLS.* must begin with wss:\/\/$/, 'ws://127.0.0.1:9/ocpp');
    refused({ cert, key }, /^--cert is for TLS/, 'ws://127.0.0.1:9/ocpp');
    const mute = [{ id: 'A', password: '' }];
    refused({}, /^station A has no password/, safe, mute);
    refused({}, /^station A has no password/, 'ws://127.0.0.1:9/ocpp', mute);
  }),
);

// Vectors: GB/T 32905-2016 annex A (SM3) and GB/T 32918.5-2017 annex A (SM2 signature on the recommended curve).
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign, verify } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { newKey, privateKeyLine, readPrivateKey, signedNote, signingKey, verifierKey } from '#record/log';
import { accepted, base64, joined, keyId, readKey, readNote, readPolicy, signedBy, utf8 } from '#record/verify';
import { sm2Signer } from '../log/sm2.ts';
import { verifySm2 } from './sm2.ts';
import { sm3 } from './sm3.ts';

const hex = (text: string) => Uint8Array.fromHex(text.replaceAll(' ', ''));
const point = hex(
  '09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020 CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13',
);
const published = hex(
  'F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3 B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA',
);

test('SM3 gives the hashes of the standard', () => {
  assert.equal(sm3(utf8('abc')).toHex(), '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
  const second = 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732';
  assert.equal(sm3(utf8('abcd'.repeat(16))).toHex(), second);
});

test('SM3 of any message is that of Node', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
      assert.equal(sm3(message).toHex(), hash('sm3', message, 'hex'));
    }),
  );
});

test('the signature of the standard holds, and not one with any bit changed', () => {
  const message = utf8('message digest');
  assert.equal(verifySm2(point, message, published), true);
  assert.equal(verifySm2(point, utf8('message digesT'), published), false);
  assert.equal(verifySm2(point, message, published, 'ALICE123@YAHOO.COM'), false);
  const changed = (bytes: Uint8Array, bit: number) => bytes.with(bit >> 3, bytes[bit >> 3]! ^ (1 << (bit & 7)));
  fc.assert(
    fc.property(fc.nat(511), (bit) => {
      assert.equal(verifySm2(point, message, changed(published, bit)), false);
      assert.equal(verifySm2(changed(point, bit), message, published), false);
    }),
    { numRuns: 20 },
  );
  for (const bad of [new Uint8Array(64), new Uint8Array(64).fill(255), published.slice(1), new Uint8Array()])
    assert.equal(verifySm2(point, message, bad), false);
});

/** r and s out of the DER that Node writes. */
function plain(der: Uint8Array): Uint8Array<ArrayBuffer> {
  const first = der.subarray(4, 4 + der[3]!);
  const second = der.subarray(6 + first.length);
  return hex([first, second].map((it) => BigInt(`0x${it.toHex()}`).toString(16).padStart(64, '0')).join(''));
}

test('a signature that Node makes holds for its text alone', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'SM2' });
  const point = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-64));
  // A key just made signs by ECDSA; read from its file it signs by SM2. The user is empty: Node has no way to name one.
  const file = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
  const key = createPrivateKey({ key: file, format: 'der', type: 'pkcs8' });
  for (let turn = 0; turn < 5; turn++) {
    const made = plain(sign('sm3', utf8('a pack'), key));
    assert.equal(verifySm2(point, utf8('a pack'), made, ''), true);
    assert.equal(verifySm2(point, utf8('another'), made, ''), false);
    assert.equal(verifySm2(point, utf8('a pack'), made), false);
  }
});

test('what we sign holds for whoever knows the key, for its text alone, and each time looks another way', async () => {
  const { key, line } = await newKey('bank.example/title', 'sm2');
  const vkey = await readKey(await verifierKey(key, 'note'));
  const again = await readPrivateKey(line);
  assert.deepEqual([again.name, again.algorithm, again.raw], [key.name, 'sm2', key.raw]);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const message = new Uint8Array(bytes);
      const [made, next] = [key.sign(message), again.sign(message)];
      assert.notDeepEqual(made, next);
      for (const it of [made, next]) assert.equal(await vkey.fits(it, message), true);
      assert.equal(await vkey.fits(made, joined(message, Uint8Array.of(0))), false);
    }),
    { numRuns: 20 },
  );
});

test('from the secret number of the standard comes its point', () => {
  const seed = hex('3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8');
  assert.deepEqual(signingKey('gbt', seed, 'sm2').raw.slice(-64), point);
});

test('Node, which has its SM2 from OpenSSL, knows our signature by the same key', () => {
  const seed = hex('3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8');
  const der = joined(hex('3059301306072A8648CE3D020106082A811CCF5501822D03420004'), point);
  const known = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  const made = sm2Signer(seed).sign(utf8('a pack'), '');
  const number = (bytes: Uint8Array) => {
    const least = hex(BigInt(`0x${bytes.toHex()}`).toString(16).padStart(64, '0'));
    const signed = least[0]! > 127 ? joined(Uint8Array.of(0), least) : least;
    return joined(Uint8Array.of(2, signed.length), signed);
  };
  const both = joined(number(made.subarray(0, 32)), number(made.subarray(32)));
  const signature = joined(Uint8Array.of(0x30, both.length), both);
  assert.equal(verify('sm3', utf8('a pack'), known, signature), true);
  assert.equal(verify('sm3', utf8('another'), known, signature), false);
});

test('a number that is too large or 0, a key file with another algorithm, and half a key file are no keys', async () => {
  const order = hex('FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123');
  const tooLarge = order.with(31, 0x22); // n - 1
  for (const seed of [new Uint8Array(32), order, tooLarge, new Uint8Array(32).fill(255)])
    assert.throws(() => signingKey('x', seed, 'sm2'), { reason: 'malformed-key' });
  assert.ok(signingKey('x', order.with(31, 0x21), 'sm2'));
  const line = await privateKeyLine('x', order.with(31, 0x21), 'sm2');
  const other = line.replace(/[^+]+$/, (it) => base64(Uint8Array.fromBase64(it).with(18, 0x32)));
  for (const bad of [other, line.slice(0, -4), line.replace(/\+[0-9a-f]{8}\+/, '+00000000+')])
    await assert.rejects(readPrivateKey(bad), { reason: 'malformed-key' });
});

// Made with `openssl pkeyutl -sign -rawin -digest sm3 -pkeyopt distid:1234567812345678` (OpenSSL 3.0).
const origin = 'log.example';
const text = `${origin}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`;
const inKey = joined(
  utf8('packloop/sm2-sm3/v1\n'),
  hex(
    '8996e0c4d116bc6b4adb313c8a15396b7f3c73cac89ddf5a51c9654424ba908c 74007f8b04e1c3bba5ca371b6b61102b899704b3b6527249de71984824ef4b83',
  ),
);
const made = hex(
  'e9dd7694c70a05eb82bb7a3c995120ecb63b35ef42fb2fd1f013c4c584385842 1edc93337ca229743a3e33be75119825f27695032a2c285552620c76a96777a7',
);
const vkeyOf = async (data: Uint8Array<ArrayBuffer>) =>
  `${origin}+${await keyId(origin, 255, data)}+${base64(joined(Uint8Array.of(255), data))}`;
const lineOf = async (signature: Uint8Array) =>
  `— ${origin} ${base64(joined(Uint8Array.fromHex(await keyId(origin, 255, inKey)), signature))}\n`;
const ed25519 = signingKey(origin, new Uint8Array(32).fill(7));
const policyOf = (...keys: readonly string[]) =>
  readPolicy(utf8([...keys.map((it) => `log ${it}`), 'quorum none', ''].join('\n')));

test('a checkpoint with a line in SM2 beside the one in Ed25519 convinces whoever knows either key', async () => {
  const [ed, sm] = [await verifierKey(ed25519, 'note'), await vkeyOf(inKey)];
  const note = utf8((await signedNote(ed25519, text)) + (await lineOf(made)));
  for (const keys of [[ed], [sm], [ed, sm]]) {
    const { checkpoint } = await accepted(note, await policyOf(...keys));
    assert.equal(checkpoint.size, 0);
  }
  assert.equal((await signedBy(readNote(note), [await readKey(ed), await readKey(sm)])).length, 2);
});

test('a wrong line in SM2 spoils a checkpoint for those who know the key, and is nothing to others', async () => {
  const [ed, sm] = [await verifierKey(ed25519, 'note'), await vkeyOf(inKey)];
  for (const wrong of [made.with(40, made[40]! ^ 1), made.slice(1), new Uint8Array(64)]) {
    const note = utf8((await signedNote(ed25519, text)) + (await lineOf(wrong)));
    await assert.rejects(async () => accepted(note, await policyOf(ed, sm)), { reason: 'bad-signature' });
    assert.equal((await accepted(note, await policyOf(ed))).checkpoint.size, 0);
  }
});

test('a key of type 0xff is refused when its algorithm has another name, its point is off the curve, or its id another', async () => {
  const other = joined(utf8('packloop/sm2-sm3/v2\n'), inKey.slice(20));
  const off = inKey.with(inKey.length - 1, 0);
  const vkey = await vkeyOf(inKey);
  const otherId = vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+');
  for (const bad of [await vkeyOf(other), await vkeyOf(off), await vkeyOf(inKey.slice(0, -1)), otherId])
    await assert.rejects(readKey(bad), { reason: 'malformed-key' });
});

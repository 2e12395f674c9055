import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { test } from 'node:test';
import { atLeast, healthClaims, issueCredential, NotCredible, presented, verifyCredential } from './credential.ts';

const at = Temporal.Instant.from('2026-11-22T08:00:00Z');
const until = at.add({ hours: 24 });
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const random = (size: number) => new Uint8Array(randomBytes(size));
const code = '001PB750000001G110000001';
const claims = healthClaims({ code, soh: 83.4, lower: 80.2, basis: 'estimated', measuredAt: at });
const issued = () => issueCredential(claims, { key: privateKey, issuer: 'packloop', at, until, random });
const fails = (reason: NotCredible['reason']) => (error: unknown) =>
  error instanceof NotCredible && error.reason === reason;

test('whoever shows that the state of health is at least 80 % shows nothing else', async () => {
  const shown = presented(await issued(), ['code', atLeast(80)]);
  const it = await verifyCredential(shown, { key: publicKey, at });
  assert.deepEqual(it.claims, { code, soh_at_least_80: true });
  assert.equal(it.issuer, 'packloop');
  const readable = shown
    .split(/[.~]/)
    .map((part) => Buffer.from(part, 'base64url').toString())
    .join(' ');
  for (const secret of ['83.4', 'soh_at_least_85', 'soh_at_least_75', 'measured_at', 'estimated'])
    assert.ok(!readable.includes(secret), secret);
});

test('what is promised holds by the lower end of the estimate', () => {
  assert.deepEqual([claims[atLeast(80)], claims[atLeast(85)]], [true, false]);
});

test('all of it is valid as issued, and nobody reads from the digests whether two packs are alike', async () => {
  const [one, other] = [await issued(), await issued()];
  assert.deepEqual((await verifyCredential(one, { key: publicKey, at })).claims, claims);
  const digests = (it: string) => JSON.parse(Buffer.from(it.split('.')[1]!, 'base64url').toString())._sd as string[];
  assert.equal(digests(one).length, Object.keys(claims).length);
  assert.ok(digests(one).every((it) => !digests(other).includes(it)));
});

test('any changed character, another key, another time, a claim made up or told twice: refused with its reason', async () => {
  const shown = presented(await issued(), ['code', atLeast(80)]);
  const check = (it: string, over = {}) => verifyCredential(it, { key: publicKey, at, ...over });
  const { publicKey: stranger } = generateKeyPairSync('ed25519');
  await assert.rejects(check(shown, { key: stranger }), fails('wrong-signature'));
  await assert.rejects(check(shown, { at: until }), fails('expired'));
  await assert.rejects(check(shown, { at: at.subtract({ hours: 1 }) }), fails('not-yet'));
  const lie = Buffer.from(JSON.stringify(['A'.repeat(22), atLeast(95), true])).toString('base64url');
  await assert.rejects(check(`${shown}${lie}~`), fails('not-disclosed'));
  await assert.rejects(check(`${shown}${shown.split('~')[1]}~`), fails('malformed'));
  await assert.rejects(check(`${shown}a.b.c`), fails('malformed'));
  for (const none of ['', '~', 'a.b.c~', 'null', shown.slice(0, -1)]) await assert.rejects(check(none), NotCredible);
  const [jwt] = shown.split('~');
  for (let n = 0; n < jwt!.length; n += 5) {
    const other = jwt![n] === 'A' ? 'B' : 'A';
    await assert.rejects(check(shown.slice(0, n) + other + shown.slice(n + 1)), NotCredible, `character ${n}`);
  }
  assert.throws(() => presented(shown, ['soh']), fails('not-disclosed'));
});

test('what says that it needs no signature, or is signed for something else, is refused', async () => {
  const body = (await issued()).split('.')[1]!;
  const made = (header: object, payload = body) => {
    const signed = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}`;
    return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}~`;
  };
  const check = (it: string) => verifyCredential(it, { key: publicKey, at });
  await check(made({ alg: 'EdDSA', typ: 'dc+sd-jwt' }));
  await assert.rejects(check(made({ alg: 'none', typ: 'dc+sd-jwt' })), fails('malformed'));
  await assert.rejects(check(made({ alg: 'EdDSA', typ: 'JWT' })), fails('malformed'));
  const other = Buffer.from(JSON.stringify({ iss: 'x', iat: 0, exp: 9e9, vct: 'other', _sd: [] })).toString(
    'base64url',
  );
  await assert.rejects(check(made({ alg: 'EdDSA', typ: 'dc+sd-jwt' }, other)), fails('malformed'));
});

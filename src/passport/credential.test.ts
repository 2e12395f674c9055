import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { test } from 'node:test';
import { bound } from './binding.ts';
import { atLeast, healthClaims, issueCredential, presented, verifyCredential } from './credential.ts';
import { NotCredible } from './jwt.ts';
import { PLACES, statusList } from './statusList.ts';

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

const uri = 'https://packloop.example/status/credentials';
const holder = generateKeyPairSync('ed25519');
const challenge = { audience: 'dealer.example', nonce: 'n-4711' };
const bearing = (over: object) =>
  issueCredential(claims, { key: privateKey, issuer: 'packloop', at, until, random, ...over });
const proven = (text: string, over: object = {}, by = holder.privateKey) =>
  bound(text, { ...challenge, ...over }, { key: by, at });

test('a revoked credential is refused by whoever has the list; whoever has none is told that nobody looked', async () => {
  const shown = presented(await bearing({ status: { uri, idx: 4711 } }), ['code', atLeast(80)]);
  const check = (it?: string, when = at) =>
    verifyCredential(shown, { key: publicKey, at: when, ...(it !== undefined && { statusList: it }) });
  const list = (revoked: readonly number[], over = {}) => statusList(revoked, { key: privateKey, uri, at, ...over });
  assert.deepEqual([(await check()).status, (await check()).statusAt], ['not-checked', uri]);
  assert.equal((await check(list([]))).status, 'not-revoked');
  assert.equal((await check(list([4710, 4712, 0, PLACES - 1]))).status, 'not-revoked', 'neighbours are others');
  await assert.rejects(check(list([4711])), fails('revoked'));

  const { privateKey: stranger } = generateKeyPairSync('ed25519');
  for (const [why, one] of [
    ['another signed', list([], { key: stranger })],
    ['of another address', list([], { uri: `${uri}/2` })],
    ['of tomorrow', list([], { at: at.add({ hours: 30 }) })],
    ['of last week', list([], { at: at.subtract({ hours: 24 * 7 }) })],
    ['no list', 'a.b.c'],
    ['nothing', ''],
  ] as const)
    await assert.rejects(check(one), fails('status-unknown'), why);
  const spoilt = list([4711]).replace(/\.(.{40})./, '.$1A');
  await assert.rejects(check(spoilt), fails('status-unknown'));
  const beyond = presented(await bearing({ status: { uri, idx: PLACES } }), ['code']);
  await assert.rejects(verifyCredential(beyond, { key: publicKey, at, statusList: list([]) }), fails('status-unknown'));
  const without = presented(await issued(), ['code']);
  assert.equal((await verifyCredential(without, { key: publicKey, at, statusList: list([]) })).status, 'none');
});

test('the list is the same whoever asks within an hour, and says nothing of which credentials there are', () => {
  const one = statusList([7, 9], { key: privateKey, uri, at });
  assert.equal(statusList([9, 7], { key: privateKey, uri, at: at.add({ minutes: 59 }) }), one);
  assert.throws(() => statusList([PLACES], { key: privateKey, uri, at }), RangeError);
});

test('a bound credential is of use to its holder alone: a copy, a repeated proof and one for somebody else are refused', async () => {
  const shown = presented(await bearing({ holder: holder.publicKey }), ['code', atLeast(80)]);
  const check = (it: string, over: object = { challenge }) => verifyCredential(it, { key: publicKey, at, ...over });
  assert.equal((await check(proven(shown))).holder, 'proven');
  assert.equal((await check(shown, {})).holder, 'not-checked');
  assert.equal((await verifyCredential(await issued(), { key: publicKey, at })).holder, 'none');

  await assert.rejects(check(shown), fails('not-bound'), 'a copy');
  await assert.rejects(check(proven(shown, { nonce: 'n-4710' })), fails('not-bound'), 'an old proof');
  await assert.rejects(check(proven(shown, { audience: 'other.example' })), fails('not-bound'));
  await assert.rejects(check(proven(shown, {}, privateKey)), fails('not-bound'), 'the key of somebody else');
  const later = { challenge, at: at.add({ hours: 1 }) };
  await assert.rejects(check(proven(shown), later), fails('not-bound'), 'not made just now');
  const more = presented(await bearing({ holder: holder.publicKey }), ['code', 'soh']);
  const proof = proven(shown).slice(shown.length);
  await assert.rejects(check(more + proof), fails('not-bound'), 'a proof for other claims');
  const unbound = presented(await issued(), ['code']);
  await assert.rejects(check(proven(unbound)), fails('malformed'), 'bound to nobody');
  await assert.rejects(check(unbound), fails('not-bound'));
});

test('binding tells the public half of the key and nothing else, whichever half is given', async () => {
  for (const half of [holder.publicKey, holder.privateKey]) {
    const body = (await bearing({ holder: half })).split('.')[1]!;
    const { cnf } = JSON.parse(Buffer.from(body, 'base64url').toString());
    assert.deepEqual(Object.keys(cnf.jwk).toSorted(), ['crv', 'kty', 'x']);
  }
});

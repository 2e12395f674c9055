import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { disclosureDigest, type Json } from '#record/verify';
import { verifyDisclosure } from '../verify/disclosure.ts';
import { accessClasses } from './classes.ts';
import { commitments, disclosures, grouped, opened, payload, type Told } from './commit.ts';
import { Hmac, Secret } from './secret.ts';

const secret = new Secret('a secret for tests, which is as long as it must be');
const registered: Told = {
  seq: 7,
  subject: 'pack:P1',
  type: 'pack.registered',
  body: { model: 'nio-75', capacityWh: 75_000, soh: 98, owners: [{ party: 'bank', millionths: 1_000_000 }] },
};

test('every field is told to one class of readers, and one that nobody named to the operator alone', () => {
  assert.deepEqual(
    [...grouped(registered)],
    [
      ['public', { model: 'nio-75', capacityWh: 75_000 }],
      ['interest', { soh: 98 }],
      ['operator', { owners: registered.body.owners }],
    ],
  );
  fc.assert(
    fc.property(
      fc.constantFrom('pack.registered', 'swap.settled', 'x'),
      fc.dictionary(fc.string(), fc.jsonValue()),
      (type, any) => {
        const body = any as { [field: string]: Json };
        const groups = [...grouped({ type, body }).values()];
        assert.equal(
          groups.reduce((sum, it) => sum + Object.keys(it).length, 0),
          Object.keys(body).length,
        );
      },
    ),
  );
});

test('what is disclosed to one class is what the entry commits to, and tells nothing of the others', async () => {
  const digests = commitments(secret, registered).map((it) => it.digest);
  for (const [to, it] of disclosures(secret, registered)) {
    const { name, value } = await verifyDisclosure(it, digests);
    assert.equal(name, to);
    assert.deepEqual(value, grouped(registered).get(to));
  }
  assert.deepEqual(digests, digests.toSorted(), 'their order tells nothing');
  const told = Buffer.from(disclosures(secret, registered).get('public')!, 'base64url').toString();
  assert.ok(!told.includes('bank') && !told.includes('98'));
});

test('the same fact about another pack, at another number or with another secret has other digests', async () => {
  const digest = (told: Told, by = secret) => commitments(by, told)[0]!.digest;
  const others = [
    digest({ ...registered, seq: 8 }),
    digest({ ...registered, subject: 'pack:P2' }),
    digest(registered, new Secret('another secret, just as long as the first')),
  ];
  assert.equal(new Set([digest(registered), ...others]).size, 4);
  assert.equal(digest(registered), digest({ ...registered }), 'and the same has the same at any time');
});

test('a payload opens with the key of its class and pack, and with no other', async () => {
  const digests = commitments(secret, registered).map((it) => it.digest);
  const sealed = payload(secret, registered, 'interest')!;
  const disclosure = opened(secret.classKey('pack:P1', 'interest'), 'pack:P1', sealed);
  assert.ok(digests.includes(await disclosureDigest(disclosure)));
  for (const to of accessClasses.filter((it) => it !== 'interest'))
    assert.throws(() => opened(secret.classKey('pack:P1', to), 'pack:P1', sealed));
  assert.throws(() => opened(secret.classKey('pack:P2', 'interest'), 'pack:P1', sealed));
  assert.throws(() => opened(secret.classKey('pack:P1', 'interest'), 'pack:P2', sealed));
  const bytes = Uint8Array.fromBase64(sealed.sealed);
  for (let n = 0; n < bytes.length; n++) {
    const flipped = bytes.with(n, bytes[n]! ^ 1).toBase64();
    assert.throws(() => opened(secret.classKey('pack:P1', 'interest'), 'pack:P1', { ...sealed, sealed: flipped }));
  }
  assert.equal(payload(secret, registered, 'authority'), undefined, 'nothing is there for them');
});

test('our HMAC is the one of RFC 2104, for keys and messages of any length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 150 }), fc.uint8Array({ maxLength: 150 }), (key, message) => {
      assert.equal(new Hmac(key).of(message).toHex(), createHmac('sha256', key).update(message).digest('hex'));
    }),
  );
});

// Vectors: RFC 8785 sections 3.2.2 to 3.2.4 and appendix B; RFC 9901 sections 4.2.1 and 4.2.3.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { disclosureDigest, type Json, writeDisclosure } from '#record/verify';
import { verifyDisclosure } from './disclosure.ts';
import { hashAll, hashAllBySubtle } from './hash.ts';
import { canonical, canonicalBytes, readCanonical } from './json.ts';

test('the example of RFC 8785 is written as the RFC writes it', () => {
  const value = JSON.parse(String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`) as Json;
  assert.equal(
    canonical(value),
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

test('names are sorted as RFC 8785 sorts them: by UTF-16 code units', () => {
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  assert.deepEqual(Object.values(JSON.parse(canonical(value))).length, 7);
  const order = [...canonical(value).matchAll(/:"([^"]+)"/g)].map((it) => it[1]);
  assert.deepEqual(order, [
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
});

test('the numbers of RFC 8785, appendix B, are written as there', () => {
  const doubles: [string, string][] = [
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ];
  for (const [bits, text] of doubles)
    assert.equal(canonical(new DataView(Uint8Array.fromHex(bits).buffer).getFloat64(0)), text);
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { a: '\udc00b' }])
    assert.throws(() => canonical(wrong), { reason: 'not-canonical' });
});

test('only the canonical spelling is read back', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), fc.nat(), (text, at) => {
      const bytes = canonicalBytes(JSON.parse(text) as Json);
      assert.deepEqual(canonicalBytes(readCanonical(bytes)), bytes);
      const spaced = Uint8Array.of(...bytes.subarray(0, at % bytes.length), 32, ...bytes.subarray(at % bytes.length));
      // A space within a string is another string, which is canonical too: what is read is never what was written.
      try {
        assert.notDeepEqual(canonical(readCanonical(spaced)), canonical(readCanonical(bytes)));
      } catch (error) {
        assert.equal((error as { reason?: string }).reason, 'not-canonical');
      }
    }),
  );
  for (const text of [
    '{"a":1,"a":1}',
    '{"b":1,"a":2}',
    '[1.0]',
    '["\\u0041"]',
    '1 ',
    '\ufeff1',
    '[',
    `${'['.repeat(40)}${']'.repeat(40)}`,
  ])
    assert.throws(() => readCanonical(new TextEncoder().encode(text)), { reason: 'not-canonical' }, text);
});

test('the disclosure of RFC 9901 has the digest of RFC 9901', async () => {
  const disclosure = 'WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0';
  const digest = 'X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0';
  assert.equal(await disclosureDigest(disclosure), digest);
  assert.deepEqual(await verifyDisclosure(disclosure, ['x', digest]), {
    salt: '_26bc4LT-ac6q2KI6cBW5es',
    name: 'family_name',
    value: 'Möbius',
  });
  await assert.rejects(verifyDisclosure(disclosure, ['x']), { reason: 'not-disclosed' });
});

test('another value, name or salt is not what was committed to, and a short salt is none', async () => {
  const told = { salt: 'A'.repeat(22), name: 'soh', value: 91.5 };
  const digest = await disclosureDigest(writeDisclosure(told));
  for (const lie of [{ value: 99 }, { name: 'soc' }, { salt: 'B'.repeat(22) }])
    await assert.rejects(verifyDisclosure(writeDisclosure({ ...told, ...lie }), [digest]), { reason: 'not-disclosed' });
  const short = writeDisclosure({ ...told, salt: 'A' });
  await assert.rejects(verifyDisclosure(short, [await disclosureDigest(short)]), { reason: 'not-disclosed' });
});

test('Node’s own hash and that of browsers say the same of every message', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), async (messages) => {
      const bytes = messages.map((it) => new Uint8Array(it));
      assert.deepEqual(await hashAll(bytes), await hashAllBySubtle(bytes));
    }),
    { numRuns: 30 },
  );
});

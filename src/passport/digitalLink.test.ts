import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseCode } from '#pack';
import type { PackCode } from '#units';
import { checkDigit, codesOfSerial, isGtin, linkPath, readLink } from './digitalLink.ts';

test('the GTIN of the published examples is one, and no other last digit', () => {
  assert.ok(isGtin('06291041500213'));
  for (const last of '012456789') assert.ok(!isGtin(`0629104150021${last}`), last);
});

const digits = fc.stringMatching(/^\d{13}$/);
const code = fc.stringMatching(/^[A-Z0-9]{3}P[BE][A-Z0-9]{2}[A-Z0-9]{7}G11\d{7}$/);

test('every code of a model that is numbered comes back from its link, and from its own address', () => {
  fc.assert(
    fc.property(digits, code, fc.boolean(), (thirteen, text, hasPrefix) => {
      const gtin = thirteen + checkDigit(thirteen);
      const codePrefix = hasPrefix ? text.slice(0, 7) : null;
      const path = linkPath(text as PackCode, { gtin, codePrefix });
      const read = readLink(path);
      assert.ok(read, path);
      // 24 characters are more than a serial of GS1 may have: without a prefix it is our own address.
      assert.equal(read.is, hasPrefix ? 'gs1' : 'code');
      const codes = read.is === 'gs1' ? codesOfSerial(read.serial, codePrefix) : [read.code];
      assert.ok(codes.includes(text as PackCode));
      if (read.is === 'gs1') assert.equal(read.gtin, gtin);
    }),
  );
});

test('a query, and the code of a second use, do not disturb', () => {
  const second = '001PB75G110000001RP' as PackCode;
  assert.ok(parseCode(second, Temporal.PlainDate.from('2026-11-22')).ok);
  assert.deepEqual(readLink('/01/06291041500213/21/001PB75G110000001RP?linkType=all'), {
    ...{ is: 'gs1', gtin: '06291041500213', serial: second },
  });
  assert.deepEqual(readLink('/p/LGX-R-1'), { is: 'code', code: 'LGX-R-1' });
});

test('what is no link is none', () => {
  for (const path of [
    ...['/', '/p', '/p/', '/p/a', '/p/A/B', '/p/%00', '/p/%zz', '/p/<script>', `/p/${'A'.repeat(65)}`],
    ...['/01/06291041500210/21/A', '/01/1/21/A', '/01/06291041500213/21/', '/01/06291041500213/22/A'],
    ...[`/01/06291041500213/21/${'A'.repeat(21)}`, '/01/06291041500213/21/A/10/B', '/01/06291041500213/21/%20'],
  ])
    assert.equal(readLink(path), undefined, path);
  fc.assert(
    fc.property(fc.string(), (text) => {
      const read = readLink(text);
      if (read?.is === 'gs1') assert.ok(isGtin(read.gtin));
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { textOf } from './textOf.ts';

const list = 'id,name,lat,lon\n1,深圳湾换电站,22.5,114\n';
/** The list as a Chinese spreadsheet saves it. */
const gbk = Buffer.from('69642c6e616d652c6c61742c6c6f6e0a312cc9eedbdacde5bbbbb5e7d5be2c32322e352c3131340a', 'hex');

const read = (bytes: Uint8Array) => {
  const it = textOf(bytes);
  return it.ok ? [it.text, it.encoding] : it.problem;
};

test('a list is read in whichever encoding its spreadsheet wrote, and the encoding is told', () => {
  assert.deepEqual(read(Buffer.from(list)), [list, 'UTF-8']);
  assert.deepEqual(read(Buffer.from(`\ufeff${list}`)), [list, 'UTF-8']);
  const little = Buffer.from(`\ufeff${list}`, 'utf16le');
  assert.deepEqual(read(little), [list, 'UTF-16LE']);
  assert.deepEqual(read(Buffer.from(little).swap16()), [list, 'UTF-16BE']);
  assert.deepEqual(read(gbk), [list, 'GB18030']);
});

test('what could be read in two ways, or in none, is not guessed: it is told what to do', () => {
  const western = Buffer.from('id,name,lat,lon\n1,Zürich Höngg,47,8\n2,São Paulo,-23,-46\n', 'latin1');
  assert.match(read(western) as string, /neither UTF-8 nor GBK.*save it as UTF-8/);
  assert.match(read(Buffer.from(list, 'utf16le')) as string, /UTF-16 without its byte order mark/);
  assert.match(read(gbk.subarray(0, 23)) as string, /GB18030 but is damaged/);
  assert.match(read(Buffer.from([0xff, 0xfe, 0x41])) as string, /UTF-16LE but is damaged/);
});

test('every text comes back from UTF-8 as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!text.includes('\0') && !text.startsWith('\ufeff'));
      assert.deepEqual(read(Buffer.from(text)), [text, 'UTF-8']);
    }),
  );
});

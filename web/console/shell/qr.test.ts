// A QR code as a file for whoever prints it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from 'uqr';
import { qrOf, qrSvg } from './qr.ts';

const link = 'https://packs.example/01/09506000134352/21/ABC-123';

test('the file shows just the dark modules of the code, with the white around it that scanners need', () => {
  const { data, size } = encode(link, { ecc: 'M', border: 4 });
  const file = qrSvg(link);
  const drawn = new Set([...file.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`));
  data.forEach((row, y) => {
    row.forEach((isDark, x) => {
      assert.equal(drawn.has(`${x} ${y}`), isDark, `${x} ${y}`);
      if (Math.min(x, y, size - 1 - x, size - 1 - y) < 4) assert.equal(isDark, false);
    });
  });
  assert.match(file, new RegExp(`^<svg xmlns="http://www.w3.org/2000/svg" width="${size}mm" height="${size}mm"`));
});

test('another text is another code', () => assert.notEqual(qrOf(link, 2).path, qrOf(`${link}4`, 2).path));

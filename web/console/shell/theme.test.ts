import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { palettes } from './theme.ts';

test('what antd draws has the colours of the rest of the page', () => {
  const css = readFileSync(new URL('../../shared/style/tokens.css', import.meta.url), 'utf8');
  for (const [, name = '', light, dark] of css.matchAll(/--(\w+): light-dark\((#\w{6}), (#\w{6})\)/g)) {
    assert.equal(palettes.light[name as 'text'], light, name);
    assert.equal(palettes.dark[name as 'text'], dark, name);
  }
});

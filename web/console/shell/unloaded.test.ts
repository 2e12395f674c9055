import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { askAgainMs, isUnloaded, isWorthReloading } from './unloaded.ts';

suite('a part of the page that did not come', () => {
  test('is told from a mistake of the page in each browser', () => {
    for (const words of [
      'Error: Unable to preload CSS for /console/assets/Packs-1a2b.css',
      'TypeError: Failed to fetch dynamically imported module: http://127.0.0.1:8080/console/assets/Packs-1a2b.js',
      'TypeError: error loading dynamically imported module: http://127.0.0.1:8080/console/assets/Packs-1a2b.js',
      'TypeError: Importing a module script failed.',
    ])
      assert.ok(isUnloaded(words), words);
    assert.ok(!isUnloaded(new TypeError('Cannot read properties of undefined')));
  });

  test('is loaded anew by itself, but not over and over when that does not help', () => {
    assert.ok(isWorthReloading(undefined, 1_000_000));
    assert.ok(!isWorthReloading(1_000_000, 1_005_000));
    assert.ok(isWorthReloading(1_000_000, 1_100_000));
    assert.ok(isWorthReloading(1_000_000, 900_000), 'a clock that was set back stops nothing');
  });

  test('is asked for ever more slowly, at least every eight seconds', () => {
    assert.deepEqual([0, 1, 2, 50].map(askAgainMs), [1_000, 1_500, 2_250, 8_000]);
  });
});

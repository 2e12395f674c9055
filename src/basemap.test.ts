import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { basemapOf, mapOrigins } from './basemap.ts';
import { readConfig } from './config.ts';

suite('the ground of the maps', () => {
  test('is the schematic one unless somebody chooses, and asks nobody', () => {
    const config = readConfig({});
    assert.deepEqual([basemapOf(config).provider, basemapOf(config).approvalNo], ['bundled', null]);
    assert.deepEqual(mapOrigins(config), []);
  });

  test('is let through by browsers from where it comes, and from nowhere else', () => {
    const from = (env: Record<string, string>) => mapOrigins(readConfig(env));
    assert.ok(from({ MAP_PROVIDER: 'tianditu', MAP_KEY: 'k' }).every((it) => it.endsWith('.tianditu.gov.cn')));
    const style = { MAP_PROVIDER: 'style', MAP_STYLE_URL: 'https://maps.example/a/style.json' };
    assert.deepEqual(from({ ...style, MAP_ORIGINS: 'https://tiles.example' }), [
      'https://maps.example',
      'https://tiles.example',
    ]);
  });

  test('needs what its provider needs, and its number is told', () => {
    assert.throws(() => readConfig({ MAP_PROVIDER: 'tianditu' }), /MAP_KEY: is needed/);
    assert.throws(() => readConfig({ MAP_PROVIDER: 'style' }), /MAP_STYLE_URL: is needed/);
    assert.throws(() => readConfig({ MAP_REGION: 'China' }), /MAP_REGION: must be two letters/);
    assert.equal(basemapOf(readConfig({ MAP_APPROVAL_NO: 'GS(2026)1' })).approvalNo, 'GS(2026)1');
  });
});

import assert from 'node:assert/strict';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { permissions } from '#kernel/api';
import type { Fact } from './explain/fact.ts';
import { facts } from './explain/facts/index.ts';
import { groups, type PageDef } from './page.ts';
import { en } from './words/en/index.ts';

const files = globSync('pages/*/page.ts', { cwd: import.meta.dirname });
const pages = await Promise.all(
  files.map(async (it) => ((await import(join(import.meta.dirname, it))) as { page: PageDef }).page),
);

const wordAt = (key: string): unknown =>
  key.split('.').reduce<unknown>((words, part) => (words as Record<string, unknown> | undefined)?.[part], en);

suite('the registry of pages', () => {
  test('every folder of pages tells of a page', () => {
    const folders = globSync('pages/*', { cwd: import.meta.dirname });
    for (const it of folders) assert.ok(existsSync(join(import.meta.dirname, it, 'page.ts')), it);
  });

  test('no two pages lie at one address', () => {
    assert.equal(new Set(pages.map((it) => it.path)).size, pages.length);
  });

  test('each has a title, a group, and asks for a permission that exists', () => {
    const needs = [...permissions, 'signed-in', 'anyone'];
    for (const it of pages) {
      assert.equal(typeof wordAt(it.title), 'string', it.title);
      assert.ok(groups.includes(it.group) && needs.includes(it.needs), it.path);
    }
  });

  test('a page with a parameter in its address says how to find an example of it', () => {
    for (const it of pages) assert.equal(it.path.includes('$'), it.example !== undefined, it.path);
  });
});

test('every explained number has words, a formula and a route as its source', () => {
  for (const [name, it] of Object.entries<Fact>(facts)) {
    assert.ok(it.words.zh && it.words.en && it.formula, name);
    assert.match(it.source, /^(GET|SSE) \/v1\//, name);
  }
});

import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { suite, test } from 'node:test';
import { en } from './en/index.ts';
import { zh } from './zh/index.ts';

type Words = { readonly [key: string]: string | Words };
const flat = (words: Words, path = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, it]): [string, string][] =>
    typeof it === 'string' ? [[path + key, it]] : flat(it, `${path}${key}.`),
  );
const blanks = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();
const [english, chinese] = [new Map(flat(en)), new Map(flat(zh))];

/** Names that are the same in every language. */
const names = /^(product|clock\.zone|language\.en|export\.(csv|parquet))$|\.name\.\w+$/;

suite('the console speaks two languages', () => {
  test('both have a text for every key', () => {
    assert.deepEqual([...chinese.keys()].toSorted(), [...english.keys()].toSorted());
  });

  test('both fill the same blanks', () => {
    for (const [key, text] of english) assert.deepEqual(blanks(chinese.get(key)!), blanks(text), key);
  });

  test('no text is empty, and Chinese is Chinese, but for names, units and formulas', () => {
    for (const [key, text] of [...english, ...chinese]) assert.ok(text.trim(), key);
    const foreign = [...chinese].filter(([key, text]) => !/\p{Script=Han}/u.test(text) && !names.test(key));
    const unlike = foreign.filter(([key, text]) => /[A-Za-z]{4}/.test(text) && english.get(key) === text);
    assert.deepEqual(unlike, []);
  });

  test('each page has a file of its own in both', () => {
    const files = (language: string) =>
      globSync(`${import.meta.dirname}/${language}/*.ts`).map((it) => it.split('/').at(-1)!);
    assert.deepEqual(files('zh').toSorted(), files('en').toSorted());
  });
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { steps } from '#swap/api';
import { startLanguage } from '../../shared/words.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

type Words = { readonly [key: string]: string | Words };
const flat = (words: Words, path = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, it]): [string, string][] =>
    typeof it === 'string' ? [[path + key, it]] : flat(it, `${path}${key}.`),
  );
const blanks = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();

suite('two languages', () => {
  test('say the same things with the same figures in them', () => {
    const [english, chinese] = [flat(en), new Map(flat(zh))];
    assert.equal(english.length, chinese.size);
    for (const [key, text] of english) assert.deepEqual(blanks(chinese.get(key) ?? 'missing'), blanks(text), key);
  });

  test('Chinese is Chinese, but for names', () => {
    const foreign = flat(zh).filter(([, text]) => !/\p{Script=Han}/u.test(text));
    assert.deepEqual(foreign.map(([key]) => key).toSorted(), ['clock.zone', 'language.other']);
  });

  test('there is a word for every step', () => assert.ok(steps.every((it) => it in en.step && it in zh.step)));

  test("the reader's choice comes first, then the browser's languages, then English", () => {
    assert.equal(startLanguage('en', ['zh-CN']), 'en');
    assert.equal(startLanguage(undefined, ['fr', 'zh-TW', 'en']), 'zh-CN');
    assert.equal(startLanguage('klingon', ['de']), 'en');
  });
});

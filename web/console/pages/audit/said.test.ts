import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allSentences } from '../../../../src/audit.ts';
import { chinese } from './chinese.ts';
import { roomOf, sentenceInWords } from './said.ts';

test('every invariant is said in Chinese, word for word of what stands now', () => {
  const missing = allSentences.filter((sentence) => sentenceInWords({ sentence }, 'zh-CN').lang !== 'zh-CN');
  assert.deepEqual(missing, [], 'give these sentences Chinese words in pages/audit/chinese.ts');
});

test('nothing is translated that no invariant says any more', () => {
  const said = new Set(allSentences);
  assert.deepEqual(
    Object.keys(chinese).filter((it) => !said.has(it)),
    [],
  );
});

test('a sentence that nobody translated is shown as it is, and said to be English', () => {
  const strange = { sentence: 'The moon is round' };
  assert.deepEqual(sentenceInWords(strange, 'zh-CN'), { text: 'The moon is round', lang: 'en' });
  assert.deepEqual(sentenceInWords(strange, 'en'), { text: 'The moon is round', lang: 'en' });
});

test('an invariant belongs to the part that its id names', () => {
  assert.equal(roomOf('ledger.balanced'), 'ledger');
  assert.equal(roomOf('weather.fair'), 'other');
});

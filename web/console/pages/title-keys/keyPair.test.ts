import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPrivateKey, verifierKey } from '#record/log';
import { readKey, readNote, signedBy, utf8 } from '#record/verify';
import { signatureOf } from '../title/signHere.ts';
import { makeKeyPair } from './keyPair.ts';

test('a key made in the browser is read by the command line and by the page that signs; its public half verifies', async () => {
  const { publicKey, file } = await makeKeyPair('bank.example/title');
  assert.equal(await verifierKey(await readPrivateKey(file.trim()), 'note'), publicKey);
  const text = '{"a":1}\n';
  const made = await signatureOf(file, text);
  assert.ok(typeof made === 'object');
  const signed = await signedBy(readNote(utf8(`${text}\n${made.line}\n`)), [await readKey(publicKey)]);
  assert.equal(signed.length, 1);
  assert.notEqual((await makeKeyPair('bank.example/title')).publicKey, publicKey);
});

test('what cannot name a key makes none', async () => {
  for (const name of ['', 'two words', 'a+b']) await assert.rejects(makeKeyPair(name), /cannot name a key/);
});

// Vectors: golang.org/x/mod, sumdb/note/note_test.go (BSD-3-Clause); transparency-dev/formats, note/note_cosigv1_test.go; a
// checkpoint of the public log arche2025h1 as its witnesses cosigned it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPrivateKey, signedNote, verifierKey } from '#record/log';
import { accepted, readKey, readNote, readPolicy, signedBy, utf8 } from '#record/verify';

const peter = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const enoch = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop';
const petersSecret = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const petersLine =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const enochsLine =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';

test('a published key is read, and none of its manglings', async () => {
  assert.equal((await readKey(peter)).kind, 'note');
  const mangled = [
    ...Array.from(
      peter,
      (_, at) => peter.slice(0, at) + String.fromCharCode(peter.charCodeAt(at) + 1) + peter.slice(at + 1),
    ),
    ...Array.from(peter, (_, at) => peter.slice(0, at)),
    ...Array.from(peter, (_, at) => peter.slice(at + 1)),
    'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
    'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'bananas.sigstore.dev+12344556',
    'rekor.sigstore.dev+12345678+THIS_IS_NOT_BASE64!',
    'rekor.sigstore.dev+12345678+AwEB',
  ];
  for (const wrong of mangled) await assert.rejects(readKey(wrong), { reason: 'malformed-key' }, wrong);
});

test('a published private key signs as published, and none of its manglings is read', async () => {
  const key = await readPrivateKey(petersSecret);
  assert.equal(await verifierKey(key, 'note'), peter);
  assert.equal(await signedNote(key, text), `${text}\n${petersLine}`);
  for (let at = 0; at < petersSecret.length; at++) {
    const next = String.fromCharCode(petersSecret.charCodeAt(at) + 1);
    await assert.rejects(readPrivateKey(petersSecret.slice(0, at) + next + petersSecret.slice(at + 1)));
    await assert.rejects(readPrivateKey(petersSecret.slice(0, at)));
  }
});

test('a note tells which of the keys we know signed it, and ignores the others', async () => {
  const [p, e] = [await readKey(peter), await readKey(enoch)];
  const note = readNote(utf8(`${text}\n${petersLine}${enochsLine}`));
  assert.equal(note.text, text);
  const names = async (keys: (typeof p)[]) => (await signedBy(note, keys)).map((it) => it.key.name);
  assert.deepEqual(await names([p]), ['PeterNeumann']);
  assert.deepEqual(await names([p, e]), ['PeterNeumann', 'EnochRoot']);
  assert.deepEqual(await names([]), []);
  const twice = readNote(utf8(`${text}\n${petersLine}${petersLine}`));
  assert.equal((await signedBy(twice, [p, e])).length, 1);
});

test('a wrong signature of a known key spoils the note', async () => {
  const line = `${petersLine.slice(0, 60)}ABCD${petersLine.slice(60)}`;
  const note = readNote(utf8(`${text}\n${line}${enochsLine}`));
  await assert.rejects(signedBy(note, [await readKey(peter), await readKey(enoch)]), { reason: 'bad-signature' });
  const other = readNote(utf8(`${text}and more\n\n${petersLine}`));
  await assert.rejects(signedBy(other, [await readKey(peter)]), { reason: 'bad-signature' });
});

test('what is not exactly a note is none', () => {
  const wrong = [
    text,
    `${text}\n`,
    `${text}\n${petersLine.slice(0, -1)}`,
    `\x01${text}\n${petersLine}`,
    `${text}\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=`,
    `${text}\n${petersLine}Unexpected line.\n`,
    `${text}\n${petersLine.repeat(101)}`,
    `${text.replaceAll('\n', '\r\n')}\n${petersLine}`,
  ];
  for (const it of wrong) assert.throws(() => readNote(utf8(it)), { reason: 'malformed-note' }, it);
  assert.throws(() => readNote(Uint8Array.of(255, ...utf8(`${text}\n${petersLine}`))), { reason: 'malformed-note' });
});

const arche = `arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
— witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
`;
const archePolicy = `log arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f
witness garden transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM
witness smartit witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO
witness remora remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2
witness stagemole witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv
witness absent rgdd.se/poc-witness+db03732e+BCjJKlo6BU0xfIb8LutqerIFTWIXEA0L5n3tW3QyPFgG
group them NEED garden smartit remora stagemole absent
quorum them
`;

test('a checkpoint of a public log with the cosignatures of four public witnesses is accepted by a quorum of four, not of five', async () => {
  const policy = (need: string) => readPolicy(utf8(archePolicy.replace('NEED', need)));
  const it = await accepted(utf8(arche), await policy('4'));
  assert.equal(it.checkpoint.size, 1_432_088_532);
  assert.deepEqual(
    it.witnesses.map((witness) => witness.name),
    ['garden', 'smartit', 'remora', 'stagemole'],
  );
  assert.equal(it.witnesses[0]!.time, 0x6a122120); // the eight bytes behind the key id
  await assert.rejects(accepted(utf8(arche), await policy('5')), { reason: 'quorum-missed' });
  const changed = arche.replace('1432088532', '1432088533');
  await assert.rejects(accepted(utf8(changed), await policy('4')), { reason: 'bad-signature' });
});

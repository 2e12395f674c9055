import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cosignatureLine, signedNote, verifierKey } from '#record/log';
import { accepted, checkpointText, readPolicy, utf8 } from '#record/verify';
import { keyOf } from '../log/testing.ts';

const log = keyOf('log.example');
const names = ['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3'];
const witness = (name: string) => keyOf(`witness.example/${name}`);
const lines = async (quorum: string) =>
  [
    `log ${await verifierKey(log, 'note')} https://log.example/`,
    ...(await Promise.all(names.map(async (it) => `witness\t${it}  ${await verifierKey(witness(it), 'cosignature')}`))),
    '# the example of the specification',
    quorum,
  ].join('\n');
const ofTwoLevels = `group X-witnesses 2 X1 X2 X3
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`;

async function decides(quorum: string, by: readonly string[]): Promise<boolean> {
  const text = checkpointText({ origin: 'log.example', size: 7, root: new Uint8Array(32) });
  const cosigned = await Promise.all(by.map((it) => cosignatureLine(witness(it), text, 1_700_000_000)));
  const bytes = utf8((await signedNote(log, text)) + cosigned.join(''));
  const policy = await readPolicy(utf8(await lines(quorum)));
  return accepted(bytes, policy).then(
    () => true,
    (error) => {
      assert.equal(error.reason, 'quorum-missed');
      return false;
    },
  );
}

test('the policy of the specification wants two of the X and any of the Y', async () => {
  assert.ok(await decides(ofTwoLevels, ['X1', 'X3', 'Y2']));
  assert.ok(await decides(ofTwoLevels, names));
  assert.ok(!(await decides(ofTwoLevels, ['X1', 'X2', 'X3'])));
  assert.ok(!(await decides(ofTwoLevels, ['X1', 'Y1', 'Y2', 'Y3'])));
  assert.ok(!(await decides(ofTwoLevels, [])));
});

test('a quorum is none, one witness, or any, all or so many of a group', async () => {
  assert.ok(await decides('quorum none', []));
  assert.ok(await decides('quorum X2', ['X2']));
  assert.ok(!(await decides('quorum X2', ['X1'])));
  assert.ok(await decides('group g all X1 X2\nquorum g', ['X1', 'X2']));
  assert.ok(!(await decides('group g all X1 X2\nquorum g', ['X1'])));
  assert.ok(await decides('group g any X1 X2\nquorum g', ['X2']));
  assert.ok(!(await decides('group g 3 X1 X2 X3 Y1\nquorum g', ['X1', 'Y1', 'Y2'])));
});

test('a checkpoint that its log has not signed is worth nothing, whoever cosigned it', async () => {
  const text = checkpointText({ origin: 'log.example', size: 7, root: new Uint8Array(32) });
  const bytes = utf8(`${text}\n${await cosignatureLine(witness('X1'), text, 1_700_000_000)}`);
  await assert.rejects(accepted(bytes, await readPolicy(utf8(await lines('quorum X1')))), { reason: 'not-signed' });
  const other = checkpointText({ origin: 'other.example', size: 7, root: new Uint8Array(32) });
  const stranger = utf8(await signedNote(log, other));
  await assert.rejects(accepted(stranger, await readPolicy(utf8(await lines('quorum none')))), { reason: 'wrong-log' });
});

test('a policy that says something else than it seems to is refused with its line', async () => {
  const wrong = [
    'group g 0 X1\nquorum g',
    'group g 2 X1\nquorum g',
    'group g 02 X1 X2\nquorum g',
    'group g any\nquorum g',
    'group g any X1 X1\nquorum g',
    'group g any none\nquorum g',
    'group g any later\nquorum g',
    'group g any X1\ngroup h any X1\nquorum h',
    'group X1 any X2\nquorum X1',
    'group none any X1\nquorum none',
    'quorum none\nquorum none',
    'quorum later',
    'quorum',
    '',
    'witnesses X1',
    'quorum none\r',
    `witness X9 ${await verifierKey(witness('X1'), 'cosignature')}\nquorum none`,
    `witness Z ${await verifierKey(keyOf('z'), 'note')}\nquorum none`,
    `log ${await verifierKey(log, 'note')}\nquorum none`,
  ];
  for (const it of wrong) {
    const policy = lines(it).then((text) => readPolicy(utf8(text)));
    await assert.rejects(policy, { name: 'Unproven', reason: 'malformed-policy' }, it);
  }
});

test('names are octets, so that a Kelvin sign is not a K', async () => {
  const text = `witness \u212a ${await verifierKey(witness('X1'), 'cosignature')}\nquorum K\n`;
  await assert.rejects(readPolicy(utf8(text)), { reason: 'malformed-policy' });
  assert.equal((await readPolicy(utf8(text.replace('quorum K', 'quorum \u212a')))).witnesses.size, 1);
});

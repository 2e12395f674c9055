// Two organisations agree on a share, each at its own desk.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readKey, readNote, signedBy, utf8 } from '#record/verify';

const program = fileURLToPath(new URL('../../bin/packloop', import.meta.url));
const packloop = (cwd: string, ...args: string[]) =>
  new Promise<{ code: number; out: string; errors: string }>((done) =>
    execFile(program, args, { cwd, env: { ...process.env, DATA_DIR: join(cwd, 'data') } }, (error, out, errors) =>
      done({ code: error ? Number(error.code) : 0, out, errors }),
    ),
  );

test('one signs a statement, the other adds a signature to the same bytes; keys stay where they are', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packloop-cli-title-'));
  try {
    const keys: string[] = [];
    for (const [name, ...how] of [['alfa'], ['zulu', '--sm2']] as const) {
      const asked = ['--name', `${name}.example/title`, '--out', name, ...how, '--json'];
      const made = await packloop(dir, 'title', 'key', ...asked);
      assert.equal(made.code, 0, made.out + made.errors);
      keys.push(JSON.parse(made.out).key);
      assert.equal(statSync(join(dir, name)).mode & 0o777, 0o600);
      assert.equal(made.out.includes('PRIVATE'), false);
    }
    const statement = {
      ...{ v: 1, type: 'title.transfer', pack: '04QCB76836300JBC40000903', after: 0, until: '2099-01-01T00:00:00Z' },
      ...{ to: 'zulu', from: 'alfa', millionths: 250_000 },
    };
    writeFileSync(join(dir, 'offer.json'), `${JSON.stringify(statement, null, 2)}\n\n`);
    assert.equal((await packloop(dir, 'title', 'sign', 'offer.json', '--key-file', 'alfa', '--out', 'offer')).code, 0);
    const both = await packloop(dir, 'title', 'sign', 'offer', '--key-file', 'zulu');
    assert.equal(both.code, 0, both.errors);
    const note = readNote(utf8(both.out));
    assert.deepEqual(JSON.parse(note.text), statement);
    const signed = await signedBy(note, await Promise.all(keys.map(readKey)));
    assert.deepEqual(
      signed.map(({ key }) => key.name),
      ['alfa.example/title', 'zulu.example/title'],
    );

    writeFileSync(join(dir, 'wrong.json'), JSON.stringify({ ...statement, millionths: 0 }));
    const wrong = await packloop(dir, 'title', 'sign', 'wrong.json', '--key-file', 'alfa');
    assert.deepEqual([wrong.code, /millionths/.test(wrong.errors)], [2, true]);
    const soh = {
      percent: 90,
      lower: null,
      upper: null,
      basis: 'reported',
      source: 'pack',
      at: '2026-11-22T08:00:00Z',
    };
    const dispute = {
      ...{ v: 1, type: 'handover.dispute', pack: statement.pack, after: 0, until: statement.until, at: soh.at },
      ...{ by: 'zulu', why: 'it is dented', disputes: 'a'.repeat(64) },
      state: { soh, soc: 50, cycles: 1.5, matings: 3, counters: {}, observedAt: soh.at, damage: ['dent'] },
    };
    writeFileSync(join(dir, 'dispute.json'), JSON.stringify(dispute));
    const refused = await packloop(dir, 'title', 'sign', 'dispute.json', '--key-file', 'zulu');
    assert.deepEqual(JSON.parse(readNote(utf8(refused.out)).text), dispute, 'what is signed of hand-overs, too');
    writeFileSync(join(dir, 'dispute.json'), JSON.stringify({ ...dispute, why: '' }));
    const without = await packloop(dir, 'title', 'sign', 'dispute.json', '--key-file', 'zulu');
    assert.deepEqual([without.code, /why/.test(without.errors)], [2, true]);
    chmodSync(join(dir, 'alfa'), 0o640);
    const open = await packloop(dir, 'title', 'sign', 'offer.json', '--key-file', 'alfa');
    assert.deepEqual([open.code, open.errors.includes(readFileSync(join(dir, 'alfa'), 'utf8').trim())], [2, false]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

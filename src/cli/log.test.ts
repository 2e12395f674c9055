// A producer elsewhere makes its key and seals events on its own machine.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { leafHashes, readEntry, readKey, utf8, verifySeal, verifySealed } from '#record/verify';

const program = fileURLToPath(new URL('../../bin/packloop', import.meta.url));

test('a producer makes a key of either kind and seals; what cannot be sealed is told by file, line and field', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packloop-cli-log-'));
  const packloop = (...args: string[]) =>
    new Promise<{ code: number; out: string; errors: string }>((done) =>
      execFile(program, ['log', ...args], { cwd: dir }, (error, out, errors) =>
        done({ code: error ? Number(error.code) : 0, out, errors }),
      ),
    );
  const event = { subject: 'pack:P1', type: 'pack.weighed', at: '2026-11-22T07:00:00.000Z', commitments: [] };
  const file = (name: string, ...lines: (object | string)[]) =>
    writeFileSync(join(dir, name), lines.map((it) => (typeof it === 'string' ? it : JSON.stringify(it))).join('\n'));
  const seal = (name: string, ...more: string[]) =>
    packloop('seal', name, '--key-file', 'key', '--log', 'log.example', ...more);
  try {
    for (const [out, ...how] of [['other'], ['key', '--sm2']] as const) {
      const made = await packloop('key', '--name', 'gateway.example/7', '--out', out, ...how, '--json');
      assert.equal(statSync(join(dir, out)).mode & 0o777, 0o600);
      file('vkey', JSON.parse(made.out).vkey);
      if (out !== 'key') continue;
      file('events', event, '', { ...event, at: '2026-11-22T08:00:00.000Z' });
      const { entries } = JSON.parse((await seal('events')).out) as { entries: string[] };
      const [first, second, last] = entries.map((it) => readEntry(utf8(it)));
      assert.ok(first?.kind === 'event' && second?.kind === 'event' && last?.kind === 'seal');
      await verifySeal(last.seal, [await readKey(JSON.parse(made.out).vkey)]);
      const sealed = entries.slice(0, 2).map(utf8);
      await verifySealed(last.seal, [first.event, second.event], await leafHashes(sealed));
    }
    file('nothing', '', '');
    file('junk', '\u0000\u0001');
    file('unknown', event, { ...event, mood: 'good' });
    file('late', event, { ...event, at: '2026-11-22' });
    for (const [name, said] of [
      ['nothing', /nothing has no events/],
      ['junk', /junk, line 1 is no JSON/],
      ['unknown', /unknown, line 2: .*mood/],
      ['late', /late, line 2: "at"/],
      ['nowhere', /no file nowhere/],
      ['.', /\. is a folder/],
    ] as const) {
      const { code, errors } = await seal(name);
      assert.deepEqual([code, said.test(errors)], [2, true], errors);
    }
    assert.match((await seal('events', '--heads', 'junk')).errors, /junk is no JSON/);
    assert.match((await seal('events', '--heads', 'unknown')).errors, /unknown is no JSON/);
    assert.match((await packloop('seal', 'events', '--key-file', 'vkey', '--log', 'x')).errors, /chmod 600/);
    assert.match((await packloop('key', '--name', 'a b', '--out', 'next')).errors, /without spaces and plus/);
    assert.match((await packloop('key', '--name', 'a', '--out', 'key')).errors, /never written over/);
    assert.match((await packloop('key', '--name', 'a', '--out', 'nowhere/key')).errors, /cannot be found/);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

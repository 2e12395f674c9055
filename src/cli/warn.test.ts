// packloop health warn as a stranger uses it, on SIMULATED sessions.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { carPack } from '../health/warning/healthy.ts';
import type { Session } from '../health/warning/session.ts';
import { wellFor } from '../health/warning/testing.ts';

const program = fileURLToPath(new URL('../../bin/packloop', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'packloop-warn-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const warn = (lines: readonly (object | string)[], ...args: string[]) => {
  const file = join(folder, 'packs.jsonl');
  writeFileSync(file, lines.map((it) => (typeof it === 'string' ? it : JSON.stringify(it))).join('\n'));
  return new Promise<{ code: number; out: string; errors: string }>((done) =>
    execFile(program, ['health', 'warn', file, ...args], { cwd: folder }, (error, out, errors) =>
      done({ code: error ? Number(error.code) : 0, out, errors }),
    ),
  );
};
const { facts } = carPack('NMC');
const is = (pack: string) => ({ kind: 'pack', pack, ...facts });
const of = (pack: string, its: readonly Session[]) => its.map((it) => ({ pack, ...it }));
const well = wellFor(12);
const leaks = well.map((it, n) => ({
  ...it,
  points: it.points.map((p) => ({
    ...p,
    cellMv: p.cellMv.map((mv, i) => (i === 8 && mv !== null && n > 25 ? mv - 4 * (n - 25) : mv)),
  })),
}));

test('a stranger hears which pack is to be looked at, and why; the order of the lines does not matter', async () => {
  const lines = [is('A'), is('B'), ...of('A', well).reverse(), ...of('B', leaks)];
  const told = await warn(lines, '--json');
  assert.equal(told.code, 0, told.errors + told.out);
  const [a, b] = told.out
    .trim()
    .split('\n')
    .map((it) => JSON.parse(it));
  assert.deepEqual([a.pack, a.level, a.late, a.reasons], ['A', 'calm', 0, []]);
  assert.equal(b.level, 'stop');
  assert.equal(b.reasons[0].cell, 8);
  for (const key of ['detector', 'by', 'value', 'threshold', 'sinceS']) assert.ok(key in b.reasons[0], key);
  const plain = await warn(lines);
  assert.match(plain.out, /^A: calm/m);
  assert.match(plain.out, /leak (sum|held), cell 8: .+ since 1970-.+ohm/);
});

test('a wrong line is refused by file and line', async () => {
  const bad: readonly [readonly (object | string)[], RegExp][] = [
    [['{"kind":"pack"'], /line 1: no JSON/],
    [of('A', well), /line 1: what pack A is has to be told/],
    [[is('A'), { ...of('A', well)[0]!, points: 3 }], /line 2: points/],
    [[is('A'), { ...of('A', well)[0]!, ambientC: 1e6 }], /line 2: ambientC is from/],
    [[is('A'), is('A')], /line 2: pack A is told twice/],
    [[], /tells of no pack/],
  ];
  for (const [lines, why] of bad) {
    const told = await warn(lines);
    assert.equal(told.code, 1);
    assert.match(told.errors, why);
  }
});

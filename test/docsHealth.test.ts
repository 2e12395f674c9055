// The worked example of docs/health.md, as its reader types it; and that the page knows every field of `eval --json`.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';

const page = readFileSync('docs/health.md', 'utf8');
const lines = page
  .match(/```sh\n([\s\S]*?)```/)![1]!
  .trim()
  .split('\n');
const folder = mkdtempSync(join(tmpdir(), 'packloop-docs-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const env = { ...process.env, PATH: `${resolve('bin')}:${process.env.PATH}` };
const typed = (line: string) =>
  new Promise<{ code: number; out: string }>((done) =>
    execFile('sh', ['-c', line], { cwd: folder, env, maxBuffer: 1 << 26 }, (error, out, errors) =>
      done({ code: error ? Number(error.code) : 0, out: out + errors }),
    ),
  );

test('every line of the worked example does what the page says, and the page names every field of a score', async () => {
  const said = new Map<string, string>();
  for (const line of lines) {
    const { code, out } = await typed(line);
    assert.equal(code, 0, `${line}: ${out}`);
    said.set(line, out);
  }
  const of = (words: RegExp) => said.get(lines.find((it) => words.test(it))!)!;
  const [score] = of(/ eval /)
    .trim()
    .split('\n')
    .map((it) => JSON.parse(it) as Record<string, object>);
  const fields = [...Object.keys(score!), ...Object.keys(score!.baselines!)].filter((it) => it !== 'baselines');
  const table = page.slice(page.indexOf('## What `eval --json` says'), page.indexOf('## Does it still fit?'));
  for (const it of fields) assert.ok(table.includes(`${it}\``), `${it} is not explained`);
  assert.match(of(/ drift /), /No model drifts\./);
});

test('the page names the columns of a cell in the order in which a model of another make gets them', async () => {
  const { SIGNALS } = await import('#health/lab');
  const columns = [...page.slice(page.indexOf('**A cell**'), page.indexOf('and `capacity`')).matchAll(/`([^`]+)`/g)];
  assert.deepEqual(
    columns.map((it) => it[1]),
    [...SIGNALS],
  );
});

test('the lines of early warning on the page are read', async () => {
  const { readLine } = await import('#health');
  const shown = page
    .match(/```jsonl\n([\s\S]*?)```/)![1]!
    .trim()
    .split('\n');
  assert.deepEqual(
    shown.map((it) => readLine(it).kind),
    ['pack', 'session', 'sample'],
  );
});

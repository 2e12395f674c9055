// npm run bench -- [NAME...] [--quick] [--json]: runs bench/NAME.ts, or all of them; exit 1 when a goal is missed.
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Bench, Figure } from './harness.ts';

const { values: flags, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const known = readdirSync(import.meta.dirname)
  .filter((it) => it.endsWith('.ts') && !it.endsWith('.test.ts'))
  .map((it) => it.slice(0, -3))
  .filter((it) => it !== 'run' && it !== 'harness');
const unknown = positionals.filter((it) => !known.includes(it));
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join('", "')}"; there are: ${known.join(', ')}`);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

let missed = 0;
process.once('uncaughtException', (error) => {
  console.error(error); // a bench that breaks is not one that misses its goal
  process.exit(2);
});
for (const name of positionals.length > 0 ? positionals : known) {
  const { bench } = (await import(`./${name}.ts`)) as { bench: Bench };
  const lines = (await bench({ quick: flags.quick })).map((it) => line(name, it));
  missed += lines.filter((it) => it.pass === false).length;
  if (flags.json) for (const it of lines) console.log(JSON.stringify(it));
  else print(lines);
}
process.exitCode = missed > 0 ? 1 : 0;

type Line = ReturnType<typeof line>;

function line(bench: string, { metric, value, unit, baseline, goal }: Figure) {
  return {
    bench,
    metric,
    value: rounded(value),
    unit,
    baseline: baseline?.name ?? null,
    baselineValue: baseline ? rounded(baseline.value) : null,
    ratio: baseline ? rounded(value / baseline.value) : null,
    goal: goal ? ('atLeast' in goal ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`) : null,
    pass: goal ? ('atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost) : null,
  };
}

/** Four digits are more than any of these figures can claim. */
function rounded(value: number): number {
  if (!Number.isFinite(value)) return value;
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4));
}

function print(lines: readonly Line[]): void {
  const cells = lines.map((it) => [
    `${it.bench}: ${it.metric}`,
    `${it.value.toLocaleString('en')} ${it.unit}`,
    it.ratio === null ? '' : `${it.ratio} x ${it.baseline} (${it.baselineValue?.toLocaleString('en')})`,
    it.goal ?? '',
    it.pass === null ? '' : it.pass ? 'reached' : 'MISSED',
  ]);
  const rows = [['bench', 'measured', 'beside', 'goal', ''], ...cells];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows)
    console.log(
      row
        .map((it, column) => it.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    );
}

import { CAPACITY, type Cell, SIGNALS } from './cycle.ts';

/** What is wrong with a file, and where: line 1 is the heading. */
export interface Issue {
  readonly file: string;
  readonly line: number;
  readonly problem: string;
}

export type ReadCell =
  | { readonly ok: true; readonly cell: Cell; readonly remarks: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Beyond these a figure is not of the unit it should be: a cell of a vehicle stays far inside. */
const POSSIBLE: Readonly<Record<string, readonly [low: number, high: number, unit: string]>> = {
  'voltage mean': [0.5, 6, 'V'],
  'voltage std': [0, 3, 'V'],
};
/** The constant current that charge and time tell, in multiples of nominal capacity an hour: mAh, hours and minutes show. */
const POSSIBLE_RATE: readonly [low: number, high: number] = [0.005, 25];
/** A cell of less than a twentieth or more than one and a half times its nominal capacity: Ah and mAh, or another cell. */
const POSSIBLE_SOH: readonly [low: number, high: number] = [0.05, 1.5];
/** So many charges of a life may be odd for one reason or another: more of them, and it is the units or the cell. */
const ODD_SHARE = 0.01;
const MOST_ISSUES = 20;
const CC_CHARGE = SIGNALS.indexOf('CC Q');
const CC_TIME = SIGNALS.indexOf('CC charge time');

/**
 * Reads the table of one cell: a heading that names the sixteen signals and, if there are labels, `capacity` in Ah; then a
 * line for each charge. Blank and infinite figures are carried over from the charge before (the row is marked); text and too
 * few columns are refused by line, and so are figures that are not possible in their unit, if they are more than a slip: one
 * in a hundred charges may have one, which then counts as blank, and is told.
 * @param file as messages name it
 */
export function readCell(text: string, file: string, nominalAh: number): ReadCell {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  while (lines.length > 0 && lines.at(-1)!.trim() === '') lines.pop();
  const issues: Issue[] = [];
  const remarks: Issue[] = [];
  const refuse = (line: number, problem: string) => void issues.push({ file, line, problem });
  const odd: { readonly issue: Issue; readonly blank: () => void }[] = [];
  const doubt = (line: number, problem: string, blank: () => void) =>
    void odd.push({ issue: { file, line, problem }, blank });
  if (lines.length === 0) return { ok: false, issues: [{ file, line: 1, problem: 'the file is empty' }] };
  const heading = lines[0]!.split(',').map(unquoted);
  const place = new Map(heading.map((name, at) => [name, at]));
  const missing = SIGNALS.filter((it) => !place.has(it));
  const twice = heading.filter((it, at) => heading.indexOf(it) !== at);
  if (missing.length > 0) refuse(1, `the heading lacks ${missing.map((it) => `"${it}"`).join(', ')}`);
  if (twice.length > 0) refuse(1, `the heading has "${twice[0]}" twice`);
  if (lines.length < 2 && issues.length === 0) refuse(1, 'there is a heading and no charge');
  if (issues.length > 0) return { ok: false, issues };

  const places = SIGNALS.map((it) => place.get(it)!);
  const labelAt = place.get(CAPACITY);
  const rows = lines.length - 1;
  const signals = new Float64Array(rows * SIGNALS.length);
  const soh = new Float64Array(rows).fill(Number.NaN);
  for (let i = 0; i < rows && issues.length < MOST_ISSUES; i++) {
    const line = i + 2;
    const fields = lines[i + 1]!.split(',');
    if (fields.length !== heading.length) {
      refuse(line, `${fields.length} fields where the heading has ${heading.length}`);
      continue;
    }
    for (let k = 0; k < places.length; k++) {
      const name = SIGNALS[k]!;
      const value = figure(fields[places[k]!]!);
      if (value === undefined) refuse(line, `${name} is "${fields[places[k]!]!.trim()}", which is no number`);
      else if (Number.isFinite(value)) {
        const range = POSSIBLE[name];
        if (range && !(value >= range[0] && value <= range[1]))
          doubt(line, `${name} is ${value}: not possible in ${range[2]}, is it another unit?`, () => {
            signals[i * places.length + k] = Number.NaN;
          });
      }
      signals[i * places.length + k] = Number.isFinite(value) ? value! : Number.NaN;
    }
    const charge = signals[i * places.length + CC_CHARGE]!;
    const rate = (charge * 3600) / signals[i * places.length + CC_TIME]! / nominalAh;
    if (charge > 0 && Number.isFinite(rate) && !(rate >= POSSIBLE_RATE[0] && rate <= POSSIBLE_RATE[1]))
      doubt(line, `CC Q and CC charge time make a current of ${rate.toPrecision(3)} C: Ah and s are needed`, () => {
        for (const signal of [CC_CHARGE, CC_TIME]) signals[i * places.length + signal] = Number.NaN;
      });
    if (labelAt === undefined) continue;
    const capacity = figure(fields[labelAt]!);
    if (capacity === undefined) refuse(line, `capacity is "${fields[labelAt]!.trim()}", which is no number`);
    else if (Number.isFinite(capacity)) {
      soh[i] = capacity / nominalAh;
      if (!(soh[i]! >= POSSIBLE_SOH[0] && soh[i]! <= POSSIBLE_SOH[1]))
        doubt(
          line,
          `capacity is ${capacity} Ah of nominal ${nominalAh} Ah: is it another unit, or another cell?`,
          () => {
            soh[i] = Number.NaN;
          },
        );
    }
  }
  const oddCharges = new Set(odd.map((it) => it.issue.line)).size;
  if (oddCharges > ODD_SHARE * rows) issues.push(...odd.slice(0, MOST_ISSUES).map((it) => it.issue));
  if (issues.length > 0) return { ok: false, issues };
  for (const { issue, blank } of odd) {
    blank();
    remarks.push({ ...issue, problem: `${issue.problem} It counts as blank.` });
  }
  for (let i = 0; i < rows; i++) {
    const gaps = SIGNALS.filter((_, k) => Number.isNaN(signals[i * SIGNALS.length + k]!));
    if (gaps.length > 0) remarks.push({ file, line: i + 2, problem: `no usable ${gaps.join(', ')}` });
  }
  return { ok: true, cell: { name: file, rows, signals, soh }, remarks };
}

const unquoted = (field: string) =>
  field
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();

/** A number, NaN for a blank or what programs write for none, undefined for anything else. */
function figure(field: string): number | undefined {
  const text = unquoted(field);
  if (text === '' || /^[-+]?(nan|null|none|na|n\/a)$/i.test(text)) return Number.NaN;
  if (/^[-+]?inf(inity)?$/i.test(text)) return Number.POSITIVE_INFINITY;
  const value = Number(text);
  return Number.isNaN(value) ? undefined : value;
}

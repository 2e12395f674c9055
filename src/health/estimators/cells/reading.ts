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
const POSITIVE = ['CC Q', 'CC charge time', 'CV Q', 'CV charge time', 'current mean', 'voltage mean'] as const;
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
  const columns = columnsIn(lines);
  if (Array.isArray(columns)) return { ok: false, issues: columns.map((problem) => ({ file, line: 1, problem })) };
  const rows = lines.length - 1;
  const draft: Draft = {
    ...{ file, nominalAh, columns },
    signals: new Float64Array(rows * SIGNALS.length),
    soh: new Float64Array(rows).fill(Number.NaN),
    ...{ issues: [], odd: [] },
  };
  for (let row = 0; row < rows && draft.issues.length < MOST_ISSUES; row++) readCharge(draft, row, lines[row + 1]!);
  const { issues, odd, signals, soh } = draft;
  const oddCharges = new Set(odd.map((it) => it.issue.line)).size;
  if (oddCharges > ODD_SHARE * rows) issues.push(...odd.slice(0, MOST_ISSUES).map((it) => it.issue));
  const unit = wrongUnit(signals);
  if (unit) issues.push({ file, line: 2, problem: unit });
  if (issues.length > 0) return { ok: false, issues };
  for (const { blank } of odd) blank();
  const slips = odd.map(({ issue }) => ({ ...issue, problem: `${issue.problem} It counts as blank.` }));
  return { ok: true, cell: { name: file, rows, signals, soh }, remarks: [...slips, ...gapsIn(signals, file)] };
}

/** What the median charge of a file may be off from what its other columns say, either way. */
const APART = 4;

/** What belongs together in every charge does not in this file: the sign or the unit of a column is another one. */
function wrongUnit(signals: Float64Array): string | undefined {
  const median = (of: (at: number) => number): number => {
    const all = Array.from({ length: signals.length / SIGNALS.length }, (_, row) => of(row * SIGNALS.length));
    const told = all.filter(Number.isFinite).sort((a, b) => a - b);
    return told[told.length >> 1] ?? Number.NaN;
  };
  const column = (name: (typeof SIGNALS)[number]) => {
    const place = SIGNALS.indexOf(name);
    return (at: number) => signals[at + place]!;
  };
  for (const name of POSITIVE) if (median(column(name)) < 0) return `${name} is negative in most charges`;
  const [charge, time, current] = [column('CV Q'), column('CV charge time'), column('current mean')];
  const ratio = median((at) => current(at) / ((charge(at) * 3600) / time(at)));
  return ratio < 1 / APART || ratio > APART
    ? `current mean is ${ratio.toPrecision(2)} times CV Q / CV charge time in most charges: A, Ah and s are needed`
    : undefined;
}

interface Columns {
  readonly many: number;
  /** Where each of the sixteen signals stands. */
  readonly places: readonly number[];
  readonly labelAt: number | undefined;
}

/** What has been read so far; `odd`: figures that cannot be, and how to blank them. */
interface Draft {
  readonly file: string;
  readonly nominalAh: number;
  readonly columns: Columns;
  readonly signals: Float64Array;
  readonly soh: Float64Array;
  readonly issues: Issue[];
  readonly odd: { readonly issue: Issue; readonly blank: () => void }[];
}

/** The columns by the heading, or what is wrong with it. */
function columnsIn(lines: readonly string[]): Columns | string[] {
  if (lines.length === 0) return ['the file is empty'];
  const heading = lines[0]!.split(',').map(unquoted);
  const place = new Map(heading.map((name, at) => [name, at]));
  const missing = SIGNALS.filter((it) => !place.has(it));
  const twice = heading.find((it, at) => heading.indexOf(it) !== at);
  const problems = [
    ...(missing.length > 0 ? [`the heading lacks ${missing.map((it) => `"${it}"`).join(', ')}`] : []),
    ...(twice !== undefined ? [`the heading has "${twice}" twice`] : []),
  ];
  if (problems.length === 0 && lines.length < 2) return ['there is a heading and no charge'];
  const places = SIGNALS.map((it) => place.get(it)!);
  return problems.length > 0 ? problems : { many: heading.length, places, labelAt: place.get(CAPACITY) };
}

function readCharge(draft: Draft, row: number, text: string): void {
  const { columns, signals, file, issues, odd } = draft;
  const line = row + 2;
  const fields = text.split(',');
  const refuse = (problem: string) => void issues.push({ file, line, problem });
  const doubt = (problem: string, blank: () => void) => void odd.push({ issue: { file, line, problem }, blank });
  if (fields.length !== columns.many) {
    refuse(`${fields.length} fields where the heading has ${columns.many}`);
    return;
  }
  const first = row * SIGNALS.length;
  for (const [k, name] of SIGNALS.entries()) {
    const field = fields[columns.places[k]!]!;
    const value = figure(field);
    if (value === undefined) refuse(`${name} is "${field.trim()}", which is no number`);
    const isTold = value !== undefined && Number.isFinite(value);
    signals[first + k] = isTold ? value : Number.NaN;
    const range = POSSIBLE[name];
    if (isTold && range && !(value >= range[0] && value <= range[1]))
      doubt(`${name} is ${value}: not possible in ${range[2]}, is it another unit?`, () => {
        signals[first + k] = Number.NaN;
      });
  }
  const charge = signals[first + CC_CHARGE]!;
  const rate = (charge * 3600) / signals[first + CC_TIME]! / draft.nominalAh;
  if (charge > 0 && Number.isFinite(rate) && !(rate >= POSSIBLE_RATE[0] && rate <= POSSIBLE_RATE[1]))
    doubt(`CC Q and CC charge time make a current of ${rate.toPrecision(3)} C: Ah and s are needed`, () => {
      for (const signal of [CC_CHARGE, CC_TIME]) signals[first + signal] = Number.NaN;
    });
  if (columns.labelAt !== undefined) readLabel(draft, row, { field: fields[columns.labelAt]!, refuse, doubt });
}

function readLabel(
  { soh, nominalAh }: Draft,
  row: number,
  {
    field,
    refuse,
    doubt,
  }: { field: string; refuse: (problem: string) => void; doubt: (problem: string, blank: () => void) => void },
): void {
  const capacity = figure(field);
  if (capacity === undefined) refuse(`capacity is "${field.trim()}", which is no number`);
  if (capacity === undefined || !Number.isFinite(capacity)) return;
  const share = capacity / nominalAh;
  soh[row] = share;
  if (!(share >= POSSIBLE_SOH[0] && share <= POSSIBLE_SOH[1]))
    doubt(`capacity is ${capacity} Ah of nominal ${nominalAh} Ah: is it another unit, or another cell?`, () => {
      soh[row] = Number.NaN;
    });
}

function gapsIn(signals: Float64Array, file: string): Issue[] {
  const found: Issue[] = [];
  for (let first = 0; first < signals.length; first += SIGNALS.length) {
    const gaps = SIGNALS.filter((_, k) => Number.isNaN(signals[first + k]!));
    if (gaps.length > 0)
      found.push({ file, line: first / SIGNALS.length + 2, problem: `no usable ${gaps.join(', ')}` });
  }
  return found;
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

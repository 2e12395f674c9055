import { type Cell, SIGNALS } from './cycle.ts';

/** What the training cells looked like: an estimate for a charge that looks otherwise stands on nothing. */
export interface Range {
  /** For each signal: the least, the middle and the largest figure of all training charges. */
  readonly low: readonly number[];
  readonly middle: readonly number[];
  readonly high: readonly number[];
}

/** How far the range reaches: 1 in 1,000 training figures may lie outside on either side, so that one odd charge widens nothing. */
const TAIL = 0.001;

export function learnRange(cells: readonly Cell[]): Range {
  const each = SIGNALS.map((_, signal) => {
    const values = Float64Array.from(
      cells.flatMap(({ signals, rows }) =>
        Array.from({ length: rows }, (_, i) => signals[i * SIGNALS.length + signal]!).filter(Number.isFinite),
      ),
    ).sort();
    const at = (share: number) => values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
    return { low: at(TAIL), middle: at(0.5), high: at(1 - TAIL) };
  });
  return { low: each.map((it) => it.low), middle: each.map((it) => it.middle), high: each.map((it) => it.high) };
}

/** Whether a charge can be judged: as it is, with a wider interval, or not at all. */
export type Standing =
  | { readonly is: 'sound' }
  | { readonly is: 'widened'; readonly by: number; readonly reason: string }
  | { readonly is: 'abstained'; readonly reason: string };

/** A figure so many widths of the range outside of it is of another kind of cell, or of another unit. */
const ELSEWHERE = 3;
/** So many signals missing, or outside the range by its whole width, are too many to say anything. */
const TOO_MANY = 3;
/** As are figures that together lie so many widths outside. Test cells of nine groups of real cells stay below 1.3. */
const TOGETHER = 2;

/** How every charge of a cell stands to the training cells. Row i is judged by rows 0 to i. */
export function standings({ signals, rows }: Cell, range: Range): readonly Standing[] {
  const many = SIGNALS.length;
  const seen = SIGNALS.map(() => false);
  const isLearnt = SIGNALS.map((_, signal) => range.low[signal] !== 0 || range.high[signal] !== 0);
  const copies = copiesIn(signals);
  return Array.from({ length: rows }, (_, row): Standing => {
    const missing: string[] = [];
    let isNeverTold = false;
    const outside: { name: string; by: number }[] = [];
    for (let signal = 0; signal < many; signal++) {
      const value = signals[row * many + signal]!;
      if (!Number.isFinite(value)) {
        if (!isLearnt[signal]) continue;
        missing.push(seen[signal] ? SIGNALS[signal]! : `${SIGNALS[signal]!} (never yet)`);
        isNeverTold ||= !seen[signal];
        continue;
      }
      seen[signal] = true;
      const low = range.low[signal]!;
      const high = range.high[signal]!;
      const by = Math.max(low - value, value - high) / (high - low || Math.abs(high) || 1);
      if (by > 0) outside.push({ name: SIGNALS[signal]!, by });
    }
    const same = copies.get(row);
    if (same !== undefined)
      return { is: 'abstained', reason: `the same charge as charge ${same + 1}, to the last digit` };
    if (missing.length >= TOO_MANY || (isNeverTold && row + 1 >= TOO_MANY))
      return { is: 'abstained', reason: `no usable ${missing.join(', ')}` };
    const far = outside.filter((it) => it.by > 1).map((it) => it.name);
    if (far.length >= TOO_MANY || outside.some((it) => it.by > ELSEWHERE))
      return { is: 'abstained', reason: `far outside of all training charges: ${far.join(', ')}` };
    if (outside.reduce((sum, it) => sum + it.by, 0) >= TOGETHER)
      return {
        is: 'abstained',
        reason: `far outside of all training charges: ${outside.map((it) => it.name).join(', ')}`,
      };
    const by = 1 + missing.length / 2 + outside.reduce((sum, it) => sum + Math.min(1, it.by), 0);
    if (by === 1) return { is: 'sound' };
    const outsideNames = outside.map((it) => it.name);
    const reason = [
      ...(missing.length > 0 ? [`no usable ${missing.join(', ')}`] : []),
      ...(outsideNames.length > 0 ? [`outside of the training charges: ${outsideNames.join(', ')}`] : []),
    ].join('; ');
    return { is: 'widened', by, reason };
  });
}

/** Rows that are an earlier one to the last digit, and which: found by their first figure, so that most are compared with none. */
function copiesIn(signals: Float64Array): ReadonlyMap<number, number> {
  const many = SIGNALS.length;
  const alike = new Map<number, number[]>();
  const found = new Map<number, number>();
  for (let row = 0; row < signals.length / many; row++) {
    const first = signals[row * many]!;
    const before = alike.get(first) ?? alike.set(first, []).get(first)!;
    const same = before.find((it) => SIGNALS.every((_, k) => signals[it * many + k] === signals[row * many + k]));
    if (same === undefined) before.push(row);
    else found.set(row, same);
  }
  return found;
}

/** The cell with every gap filled by the charge before, and those before the first figure by the middle of the training charges. */
export function filled(cell: Cell, { middle }: Range): Cell {
  const signals = cell.signals.slice();
  const many = SIGNALS.length;
  for (let signal = 0; signal < many; signal++) {
    let last = middle[signal]!;
    for (let row = 0; row < cell.rows; row++) {
      const at = row * many + signal;
      if (Number.isFinite(signals[at]!)) last = signals[at]!;
      else signals[at] = last;
    }
  }
  return { ...cell, signals };
}

import { type Basis, basisOfMode } from './basis.ts';
import { type Cell, MODES, type Mode } from './cells/cycle.ts';
import { filled, type Standing, standings } from './cells/range.ts';
import type { GroupModel, Judge } from './group.ts';
import { doubt, halfWidths } from './interval.ts';
import { basisOfLife } from './life.ts';
import { estimate, fallingBack } from './stack.ts';

/** An estimate with the half width of its interval of 90 %; NaN where there is none. */
export interface Judged {
  readonly value: Float64Array;
  readonly half: Float64Array;
}

/** Everything that is said of one cell in one mode, row by row, none by a later row. */
export interface Course {
  readonly mode: Mode;
  readonly soh: Judged;
  /** Charges left; null when the model makes no forecasts. */
  readonly life: Judged | null;
}

/** Estimates every row of a cell in every mode up to `most`. The standing of each row is told beside it; nothing is masked. */
export function courses(
  model: GroupModel,
  cell: Cell,
  modes: readonly Mode[] = MODES,
): { readonly standing: readonly Standing[]; readonly courses: readonly Course[] } {
  const standing = standings(cell, model.range);
  const widen = standing.map((it) => (it.is === 'widened' ? it.by : 1));
  const whole = filled(cell, model.range);
  let known: Float64Array | undefined;
  const found = modes.map((mode): Course => {
    const basis = basisOfMode(whole, mode, model.group, known);
    const judge = model.soh[mode];
    const its = fallingBack(estimate(judge.stack, basis), known);
    known = its.value;
    const half = halfWidths(judge.interval, doubt(basis, its.value, its.apart));
    const life = model.life[mode];
    return {
      mode,
      soh: { value: its.value, half: half.map((it, i) => it * widen[i]!) },
      life: life && forecast(life, basisOfLife(basis, its.value, model.end), widen),
    };
  });
  return { standing, courses: found };
}

/**
 * Estimates with half widths for rows whose basis is there already: the last charges of many packs in one go.
 */
export function judge({ stack, interval }: Judge, basis: Basis): Judged {
  const { value, apart } = estimate(stack, basis);
  return { value, half: halfWidths(interval, doubt(basis, value, apart)) };
}

function forecast({ stack, interval }: Judge, basis: Basis, widen: readonly number[]): Judged {
  const { value, apart } = estimate(stack, basis);
  const half = halfWidths(interval, doubt(basis, value, apart));
  return { value: value.map((it) => Math.max(0, it)), half: half.map((it, i) => it * widen[i]!) };
}

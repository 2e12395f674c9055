import { type Cell, COMMISSIONING_ROWS, type Mode } from './cells/cycle.ts';
import type { Standing } from './cells/range.ts';
import { courses, type Judged } from './courses.ts';
import type { GroupModel } from './group.ts';
import { remaining } from './life.ts';

/** What one mode of one group is worth on its test cells. Errors are per cell, then averaged over cells; see README.md. */
export interface Score {
  readonly group: string;
  readonly mode: Mode;
  /** Percent of the measured state of health. */
  readonly mape: number;
  /** Shares of nominal capacity. */
  readonly rmse: number;
  readonly worstCellRmse: number;
  /** Shares of charges whose truth lay inside the interval of 90 %: the mean over cells and the worst cell. */
  readonly coverage90: number;
  readonly worstCellCoverage90: number;
  /** Charges; null where no test cell came to the end of its life, or the model makes no forecasts. */
  readonly rulRmseCycles: number | null;
  readonly rulMeanGuessRmse: number | null;
  readonly rulCoverage90: number | null;
  readonly rows: number;
  readonly cells: number;
  /** Charges the model abstained from; they are scored by the estimate before. */
  readonly abstained: number;
  readonly rulCells: number;
  /** Cells that the interval was calibrated on. */
  readonly calibrationCells: number;
  /** State of health at which life ends. */
  readonly endOfLife: number;
  readonly baselines: Baselines;
}

/** Percent errors of what needs no model; `fractionOfLife` knows how long the test cell will live, which nobody can. */
export interface Baselines {
  readonly meanSohMape: number;
  readonly meanSohRmse: number;
  readonly fractionOfLifeMape: number;
  readonly fractionOfLifeRmse: number;
  /** Null without any test. */
  readonly holdLastTestMape: number | null;
  readonly holdLastTestRmse: number | null;
}

/** Scores every charge that has a measured capacity. The result does not depend on the order of the cells. */
export function evaluate(model: GroupModel, cells: readonly Cell[]): readonly Score[] {
  const known = cells.map((cell) => ({ cell, ...courses(model, cell) }));
  return (['none', 'commissioned', 'retested'] as const).map((mode, which): Score => {
    const each = known.map(({ cell, courses, standing }) => {
      const { soh, life } = courses[which]!;
      const held = holdThrough(soh, standing, model);
      const left = remaining(cell, model.end);
      const isForecast = life !== null && left.some(Number.isFinite);
      const forecast = isForecast ? against(left, life.value, life.half) : undefined;
      const guess = left.map((_, i) => Math.max(0, (model.meanLife ?? Number.NaN) - i));
      return {
        soh: against(cell.soh, held.value, held.half),
        forecast,
        guess: isForecast ? against(left, guess) : undefined,
        meanSoh: against(cell.soh, new Float64Array(cell.rows).fill(model.meanSoh)),
        fraction: against(
          cell.soh,
          cell.soh.map((_, i) => byLife(model, i / Math.max(1, cell.rows - 1))),
        ),
        hold: mode === 'none' ? undefined : against(cell.soh, lastTest(cell, mode, model)),
        abstained: standing.filter((it) => it.is === 'abstained').length,
      };
    });
    const scored = each.filter((it) => it.soh.rows > 0);
    const over = (of: (it: (typeof each)[number]) => number | undefined) => average(scored.map(of));
    return {
      group: model.group.name,
      mode,
      mape: over((it) => it.soh.mape) ?? Number.NaN,
      rmse: over((it) => it.soh.rmse) ?? Number.NaN,
      worstCellRmse: Math.max(...scored.map((it) => it.soh.rmse)),
      coverage90: over((it) => it.soh.covered) ?? Number.NaN,
      worstCellCoverage90: Math.min(...scored.map((it) => it.soh.covered)),
      rulRmseCycles: over((it) => it.forecast?.rmse) ?? null,
      rulMeanGuessRmse: over((it) => it.guess?.rmse) ?? null,
      rulCoverage90: over((it) => it.forecast?.covered) ?? null,
      rows: scored.reduce((sum, it) => sum + it.soh.rows, 0),
      cells: scored.length,
      abstained: each.reduce((sum, it) => sum + it.abstained, 0),
      rulCells: each.filter((it) => it.forecast).length,
      calibrationCells: model.soh[mode].interval.cells,
      endOfLife: model.end,
      baselines: {
        meanSohMape: over((it) => it.meanSoh.mape) ?? Number.NaN,
        meanSohRmse: over((it) => it.meanSoh.rmse) ?? Number.NaN,
        fractionOfLifeMape: over((it) => it.fraction.mape) ?? Number.NaN,
        fractionOfLifeRmse: over((it) => it.fraction.rmse) ?? Number.NaN,
        holdLastTestMape: over((it) => it.hold?.mape) ?? null,
        holdLastTestRmse: over((it) => it.hold?.rmse) ?? null,
      },
    };
  });
}

interface Measure {
  readonly rows: number;
  readonly mape: number;
  readonly rmse: number;
  readonly covered: number;
}

/** One cell: only rows whose truth is known count. */
function against(truth: Float64Array, value: Float64Array, half?: Float64Array): Measure {
  let rows = 0;
  let share = 0;
  let square = 0;
  let covered = 0;
  for (let i = 0; i < truth.length; i++) {
    if (!Number.isFinite(truth[i]!)) continue;
    const off = Math.abs(truth[i]! - value[i]!);
    rows++;
    share += off / truth[i]!;
    square += off * off;
    if (half && off <= half[i]!) covered++;
  }
  return { rows, mape: (100 * share) / rows, rmse: Math.sqrt(square / rows), covered: covered / rows };
}

/** Where the model abstains, whoever must have a number takes the one before, or the training mean. */
function holdThrough({ value, half }: Judged, standing: readonly Standing[], { meanSoh }: GroupModel): Judged {
  const held = { value: value.slice(), half: half.slice() };
  for (let i = 0; i < value.length; i++) {
    if (standing[i]!.is !== 'abstained' && Number.isFinite(value[i]!)) continue;
    held.value[i] = i > 0 ? held.value[i - 1]! : meanSoh;
    held.half[i] = i > 0 ? held.half[i - 1]! : 0;
  }
  return held;
}

function byLife({ fadeByLife }: GroupModel, share: number): number {
  const at = share * (fadeByLife.length - 1);
  const low = Math.floor(at);
  const high = Math.min(fadeByLife.length - 1, low + 1);
  return fadeByLife[low]! + (at - low) * (fadeByLife[high]! - fadeByLife[low]!);
}

/** What was measured last before each row, held: the mean of the first charges, then each test. Before any, the training mean. */
function lastTest({ soh, rows }: Cell, mode: Mode, { group, meanSoh }: GroupModel): Float64Array {
  const early: number[] = [];
  let last = meanSoh;
  return Float64Array.from({ length: rows }, (_, i) => {
    const measured = soh[i - 1];
    if (measured !== undefined && Number.isFinite(measured)) {
      if (i - 1 < COMMISSIONING_ROWS) {
        early.push(measured);
        last = early.reduce((a, b) => a + b, 0) / early.length;
      } else if (mode === 'retested' && (i - 1) % group.testEveryCycles === 0) last = measured;
    }
    return last;
  });
}

function average(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((it): it is number => it !== undefined && Number.isFinite(it));
  return known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : undefined;
}

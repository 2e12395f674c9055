import type { Basis } from './basis.ts';
import { calibrate } from './calibrate.ts';
import type { Judge } from './group.ts';
import { doubt } from './interval.ts';
import { learn } from './learn.ts';
import type { Lived } from './lesson.ts';
import { basisOfLife, forecasts, remaining } from './life.ts';
import type { Estimates } from './stack.ts';

/**
 * Learns how many charges are left, from estimates by models that had not seen the cell; cells that never came to their end
 * teach nothing. Siblings have no such estimates: their measured capacity stands in.
 */
export function judgeOfLife(
  bases: readonly Basis[],
  estimates: readonly Estimates[],
  { left, siblings, end }: { left: readonly Float64Array[]; siblings: readonly Lived[]; end: number },
  progress: (done: number, all: number) => void,
): Judge {
  const lived = bases.flatMap((basis, i): Lived[] =>
    left[i]!.some(Number.isFinite) ? [{ basis: basisOfLife(basis, estimates[i]!.value, end), y: left[i]! }] : [],
  );
  const others = siblings.flatMap(({ basis, y }): Lived[] => {
    const toCome = remaining({ rows: y.length, soh: y }, end);
    return toCome.some(Number.isFinite) ? [{ basis: basisOfLife(basis, withoutGaps(y), end), y: toCome }] : [];
  });
  const learnt = learn(lived, forecasts(lived[0]!.basis.columns), progress, others);
  const interval = calibrate(
    lived.map(({ basis, y }, i) => {
      const { value, apart } = learnt.unchosen[i]!;
      return { doubt: doubt(basis, value, apart), off: y.map((truth, row) => truth - Math.max(0, value[row]!)) };
    }),
  );
  return { stack: learnt.stack, interval, trials: learnt.trials };
}

/** Every gap filled by what was known before it, the first by what comes first: siblings have no estimates of their own. */
function withoutGaps(values: Float64Array): Float64Array {
  let last = values.find(Number.isFinite) ?? Number.NaN;
  return values.map((it) => {
    if (Number.isFinite(it)) last = it;
    return last;
  });
}

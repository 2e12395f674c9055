import type { Cell, Mode } from './cells/cycle.ts';
import { MODES } from './cells/cycle.ts';
import { type Standing, standings } from './cells/range.ts';
import { type Knee, knee, type Trend, trend } from './course.ts';
import { courses } from './courses.ts';
import type { GroupModel } from './group.ts';

/** A figure with its interval of 90 %. */
export interface Sure {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What is said of one charge. What cannot be said is null, and `reason` tells why. */
export interface Prediction {
  /** In the file: the heading is line 1. */
  readonly line: number;
  readonly cycle: number;
  /** A share of nominal capacity. */
  readonly soh: Sure | null;
  /** Charges until the end of life. */
  readonly remaining: Sure | null;
  readonly standing: 'sound' | 'widened' | 'abstained';
  /** How the cell has fared up to its last charge; on that charge only. */
  readonly course?: { readonly trend: Trend | null; readonly knee: Knee | null };
  readonly reason?: string;
}

/** With fewer charges a cell has shown nothing of how it ages. */
export const FEWEST_CHARGES = 3;
const FIRST_FORECAST = 60;
/** A state of health beyond this has no meaning, whatever a model says. */
export const HIGHEST_SOH = 1.5;

/** Estimates every charge of a cell by what was known at that charge. */
export function predictions(model: GroupModel, cell: Cell, mode: Mode): readonly Prediction[] {
  const { standing, courses: all } = courses(model, cell, MODES.slice(0, MODES.indexOf(mode) + 1));
  const { soh, life } = all.at(-1)!;
  return told(standing, {
    soh: (i) => sure(soh.value[i]!, soh.half[i]!, HIGHEST_SOH),
    remaining: (i, health) =>
      life && i + 1 >= FIRST_FORECAST && health.value > model.end
        ? sure(life.value[i]!, life.half[i]!, Number.MAX_VALUE)
        : null,
  });
}

/** What is said of each charge by how it stands to the training charges; neither is asked of a charge that cannot be judged. */
export function told(
  standing: readonly Standing[],
  {
    soh,
    remaining,
  }: { readonly soh: (row: number) => Sure | null; readonly remaining: (row: number, health: Sure) => Sure | null },
): readonly Prediction[] {
  const said = standing.map((it, i): Prediction => {
    const place = { line: i + 2, cycle: i + 1 };
    const reason = it.is === 'sound' ? undefined : it.reason;
    if (it.is === 'abstained') return { ...place, soh: null, remaining: null, standing: it.is, reason: it.reason };
    if (i + 1 < FEWEST_CHARGES)
      return {
        ...place,
        soh: null,
        remaining: null,
        standing: 'abstained',
        reason: `fewer than ${FEWEST_CHARGES} charges so far`,
      };
    const health = soh(i);
    return {
      ...place,
      soh: health,
      remaining: health && remaining(i, health),
      standing: it.is,
      ...(reason && { reason }),
    };
  });
  const judged = said.filter((it) => it.soh !== null);
  const estimates = judged.map((it) => it.soh!.value);
  const found = knee(estimates);
  const course = {
    trend: trend(estimates) ?? null,
    knee: found ? { ...found, row: judged[found.row]!.cycle - 1 } : null,
  };
  return said.map((it, i) => (i === said.length - 1 ? { ...it, course } : it));
}

/**
 * The group whose training charges the cell is most like, when at least half of its charges lie inside them.
 * @param cells the cell as each group would read it; groups that cannot read it are left out
 */
export function likeliestGroup(
  cells: readonly { readonly model: GroupModel; readonly cell: Cell }[],
): GroupModel | undefined {
  const alike = cells.map(({ model, cell }) => ({
    model,
    share: standings(cell, model.range).filter((it) => it.is === 'sound').length / cell.rows,
  }));
  const best = alike.toSorted((a, b) => b.share - a.share)[0];
  return best && best.share >= 0.5 ? best.model : undefined;
}

function sure(value: number, half: number, most: number): Sure | null {
  if (!Number.isFinite(value) || !Number.isFinite(half)) return null;
  const within = (it: number) => Math.min(most, Math.max(0, it));
  return { value: within(value), low: within(value - half), high: within(value + half) };
}

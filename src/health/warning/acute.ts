// What a pack shows at this moment that cannot wait for the rule of thermal runaway to be fulfilled, or for the end of a
// session: warmer than its maker allows, or a cell that has fallen. One reading of several asks for a look; what is read again,
// by a second sensor, or by the only one there is, stops the pack.
import type { PackFacts } from './session.ts';
import type { Sign } from './sign.ts';

/** What one sample shows, with what was known before. */
export interface Moment {
  readonly atS: number;
  /** As each thermometer read; null where it cannot have. */
  readonly probeC: readonly (number | null)[];
  readonly cellMv: readonly (number | null)[];
  /** Since when each cell is a quarter below what it was. */
  readonly fellS: readonly (number | null)[];
}

/** In how many samples in a row each was so. */
export interface Repeats {
  readonly hot: readonly number[];
  readonly fallen: readonly number[];
}

/** No cell that is well is below: its maker ends the discharge at 2 V or more. */
export const DEAD_MV = 1000;

export const isFallen = ({ cellMv, fellS }: Moment, cell: number): boolean => {
  const mv = cellMv[cell] ?? null;
  return mv !== null && (fellS[cell] !== null || mv < DEAD_MV);
};

export function repeated(before: Repeats, now: Moment, { hottestC }: PackFacts): Repeats {
  const { probeC, cellMv } = now;
  return {
    hot: probeC.map((it, n) => (it === null ? (before.hot[n] ?? 0) : it >= hottestC ? (before.hot[n] ?? 0) + 1 : 0)),
    fallen: cellMv.map((it, n) => {
      const times = before.fallen[n] ?? 0;
      return it === null ? times : isFallen(now, n) ? times + 1 : 0;
    }),
  };
}

export function acuteIn(now: Moment, { hot, fallen }: Repeats, facts: PackFacts): Sign[] {
  return [...overheated(now, hot, facts), ...fell(now, fallen)];
}

function overheated({ atS, probeC }: Moment, hot: readonly number[], { hottestC }: PackFacts): Sign[] {
  const those = probeC.flatMap((it, probe) => (it !== null && it >= hottestC ? [{ probe, celsius: it }] : []));
  const [hottest] = those.toSorted((a, b) => b.celsius - a.celsius);
  if (!hottest) return [];
  const isCertain = those.length > 1 || probeC.length === 1 || those.some((it) => hot[it.probe]! > 1);
  const { probe, celsius } = hottest;
  return [
    {
      ...{ detector: 'overheat', by: 'limit', cell: null, probe: probeC.length === 1 ? null : probe },
      ...{ value: celsius, threshold: hottestC, level: isCertain ? 'stop' : 'inspect', sinceS: atS },
    },
  ];
}

function fell(now: Moment, fallen: readonly number[]): Sign[] {
  const those = now.cellMv.flatMap((mv, cell) => (isFallen(now, cell) ? [{ mv: mv!, cell }] : []));
  const [least] = those.toSorted((a, b) => a.mv - b.mv);
  if (!least) return [];
  const isAgain = those.some((it) => fallen[it.cell]! > 1);
  return [
    {
      ...{ detector: 'fallen', by: 'fall', cell: least.cell, probe: null, value: least.mv, threshold: DEAD_MV },
      ...{ level: isAgain ? 'stop' : 'inspect', sinceS: now.fellS[least.cell] ?? now.atS },
    },
  ];
}

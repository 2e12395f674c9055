import type { Cell, Mode } from '../cells/cycle.ts';
import { evaluate } from '../evaluate.ts';
import type { HealthModel } from './model.ts';
import type { Comparison } from './registry.ts';

/**
 * How the shadow does beside the live model on cells that neither was trained on. Every cell counts once; a group that one
 * of the models does not know is left out.
 * @returns undefined when they have no group in common
 */
export function compared(
  { live, shadow }: { readonly live: HealthModel; readonly shadow: HealthModel },
  cells: Readonly<Record<string, readonly Cell[]>>,
  mode: Mode,
): Comparison | undefined {
  const pairs = Object.entries(cells).flatMap(([name, its]) => {
    const [one, other] = [live, shadow].map((model) => {
      const group = model.groups.find((it) => it.group.name === name);
      return group && evaluate(group, its).find((it) => it.mode === mode);
    });
    return one && other ? [{ live: one, shadow: other }] : [];
  });
  const packs = pairs.reduce((sum, it) => sum + it.live.cells, 0);
  if (packs === 0) return undefined;
  const mean = (of: (it: (typeof pairs)[number]) => number) =>
    pairs.reduce((sum, it) => sum + it.live.cells * of(it), 0) / packs;
  return {
    packs,
    liveError: mean((it) => it.live.mape / 100),
    shadowError: mean((it) => it.shadow.mape / 100),
    shadowCovered: mean((it) => it.shadow.coverage90),
  };
}

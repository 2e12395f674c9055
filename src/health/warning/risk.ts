// One risk for a pack, and why: in codes and figures, which a screen says in Chinese or English.
import type { Sign } from './sign.ts';

export type RiskLevel = 'calm' | 'inspect' | 'stop';

export interface Risk {
  readonly level: RiskLevel;
  /** The gravest first. Notes stand only beside a graver one: features of shape are no alarm alone. */
  readonly reasons: readonly Sign[];
}

const gravity = { note: 0, inspect: 1, stop: 2 } as const;

export function riskOf(signs: readonly Sign[]): Risk {
  const gravest = signs.reduce((most, it) => Math.max(most, gravity[it.level]), 0);
  if (gravest === 0) return { level: 'calm', reasons: [] };
  const excess = (it: Sign) =>
    it.by === 'law' || it.by === 'fall' ? it.threshold / Math.max(it.value, 1e-9) : it.value / it.threshold;
  return {
    level: gravest === 2 ? 'stop' : 'inspect',
    reasons: signs.toSorted((a, b) => gravity[b.level] - gravity[a.level] || excess(b) - excess(a)),
  };
}

// How losses grow when their rate changes with time. Every law is kept as damage that adds up, so that a week in one step
// and a week in seven give the same, and no first step is special (health.md 5.1).

/** y = k x^p: the damage is z = y^(1/p), which grows by k^(1/p) dx. Exact while k stands still. */
export interface Power {
  readonly law: 'power';
  readonly p: number;
}

/** y = limit tanh((k x)^p / 2), which is 2 limit (1/2 - 1/(1 + e^((k x)^p))). The damage is y itself. */
export interface Sigmoid {
  readonly law: 'sigmoid';
}

export type Law = Power | Sigmoid;

/** A rate as it is now. Of a power law k; of a sigmoid what it tends to, how fast, and its bend. */
export type Rate = number | SigmoidRate;
export interface SigmoidRate {
  readonly limit: number;
  readonly k: number;
  readonly p: number;
}

/** The damage after `dx` more of what it grows with. @param damage 0 when new */
export function grown(law: Law, damage: number, rate: Rate, dx: number): number {
  if (dx === 0) return damage;
  if (law.law === 'power') return damage + paceOf(law, rate as number) * dx;
  return grownSigmoid(damage, rate as SigmoidRate, dx);
}

/** What the damage of a power law grows by for each x: k^(1/p). A rate below nothing heals nothing. */
export const paceOf = ({ p }: Power, k: number): number => Math.max(k, 0) ** (1 / p);

/**
 * As if it had always grown at this rate, and a little longer. A pack that has lost more than it would ever lose at this
 * rate loses nothing meanwhile.
 */
export function grownSigmoid(damage: number, { limit, k, p }: SigmoidRate, dx: number): number {
  const reached = damage / limit;
  if (!(reached < 1)) return damage;
  const x = (2 * Math.atanh(reached)) ** (1 / p) + k * dx;
  return Math.max(damage, limit * Math.tanh(x ** p / 2));
}

/** The relative loss, 0 when new. */
export const lossOf = (law: Law, damage: number): number => (law.law === 'power' ? damage ** law.p : damage);

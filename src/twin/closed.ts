// Two other opinions on ageing, in closed form: to hold a model or an estimate against, not to live through a duty with.
import type { Cycle } from './api/rainflow.ts';

const GAS = 8.314;
/** Charging rate in C, and the factor of Wang's formula for it. */
const WANG: readonly (readonly [rateC: number, factor: number])[] = [
  [0.5, 31_630],
  [2, 21_681],
  [6, 12_934],
  [10, 15_512],
];

/**
 * Relative loss of an A123 LFP cell by cycling alone: Wang 2011, J. Power Sources 196:3942, doi
 * 10.1016/j.jpowsour.2010.11.134. Loss in percent = B e^((-31700 + 370.3 C) / (R T)) Ah^0.55.
 * @param ah charge that went out of a cell of about 2 Ah
 */
export function wangLoss({ rateC, celsius, ah }: { rateC: number; celsius: number; ah: number }): number {
  const after = WANG.findIndex(([at]) => at >= rateC);
  const [from, to] = after <= 0 ? [WANG.at(after)!, WANG.at(after)!] : [WANG[after - 1]!, WANG[after]!];
  const share = to[0] > from[0] ? (rateC - from[0]) / (to[0] - from[0]) : 0;
  const factor = from[1] + (to[1] - from[1]) * share;
  return (factor * Math.exp((-31_700 + 370.3 * rateC) / (GAS * (celsius + 273.15))) * ah ** 0.55) / 100;
}

/**
 * Relative loss of any lithium-ion cell: Xu 2018, IEEE Trans. Smart Grid 9:1131, doi 10.1109/TSG.2016.2578950. Built on
 * rainflow cycles, with the fast first loss of a new cell.
 * @param life cycles with depth 0 to 1 that came so many times, at a mean charge and a temperature; and the time in all
 */
export function xuLoss(life: {
  readonly cycles: readonly (Cycle & { readonly times?: number })[];
  readonly days: number;
  readonly soc: number;
  readonly celsius: number;
}): number {
  const charged = (soc: number) => Math.exp(1.04 * (soc - 0.5));
  const warm = Math.exp((0.0693 * (life.celsius - 25) * 298.15) / (273.15 + life.celsius));
  const aged = 4.14e-10 * life.days * 86_400 * charged(life.soc) * warm;
  const cycled = life.cycles.reduce((sum, { range, mean, count, times = 1 }) => {
    const depth = 1 / (1.4e5 * range ** -0.501 - 1.23e5);
    return sum + times * count * depth * charged(mean) * warm;
  }, 0);
  const f = aged + cycled;
  return 1 - (0.0575 * Math.exp(-121 * f) + (1 - 0.0575) * Math.exp(-f));
}

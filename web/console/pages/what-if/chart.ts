// Where fade curves lie in their picture. Pure.
import type { Fade } from '#twin/api';

export interface Box {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Curve {
  /** SVG paths: of the middle pack, and around nine of ten packs. */
  readonly line: string;
  readonly band: string;
}

export interface Chart {
  readonly curves: readonly Curve[];
  readonly ySteps: readonly { readonly y: number; readonly percent: number }[];
  readonly xSteps: readonly { readonly x: number; readonly year: number }[];
  /** Where a pack's life in a vehicle ends: 80 %. */
  readonly endY: number;
}

const END = 80;

/** From 100 % down to what the worst packs fall to, at least to 70 %, never below 0. */
export function chartOf(
  fades: readonly Fade[],
  years: number,
  { width, height, left, right, top, bottom }: Box,
): Chart {
  const worst = Math.min(...fades.flatMap((it) => it.curve.map((point) => point.p5)), 100);
  const low = Math.max(0, Math.min(70, Math.floor(worst / 10) * 10));
  const [innerWidth, innerHeight] = [width - left - right, height - top - bottom];
  const x = (year: number) => left + (year / years) * innerWidth;
  const y = (percent: number) => top + ((100 - Math.min(100, Math.max(low, percent))) / (100 - low)) * innerHeight;
  const at = (year: number, percent: number) => `${x(year).toFixed(1)} ${y(percent).toFixed(1)}`;
  const step = 100 - low > 50 ? 20 : 10;
  const percents = Array.from({ length: Math.floor((100 - low) / step) + 1 }, (_, n) => 100 - n * step);
  const every = Math.max(1, Math.ceil(years / Math.max(2, Math.floor(innerWidth / 60))));
  return {
    curves: fades.map(({ curve }) => ({
      line: `M${curve.map((it) => at(it.year, it.p50)).join('L')}`,
      band: `M${[...curve.map((it) => at(it.year, it.p95)), ...curve.map((it) => at(it.year, it.p5)).toReversed()].join('L')}Z`,
    })),
    ySteps: percents.map((percent) => ({ y: y(percent), percent })),
    xSteps: Array.from({ length: Math.floor(years / every) + 1 }, (_, n) => ({ x: x(n * every), year: n * every })),
    endY: y(END),
  };
}

// The signs on the map, drawn when first needed. One station: a shape for each condition. Several: a ring of their
// conditions, thick where they can serve and thinner the less they can, so that it reads without colours, too.
import type { Palette } from '../../../shell/theme.ts';
import type { Mark } from '../data/marks.ts';
import { type Condition, conditions } from '../data/moods.ts';

/** Pictures are twice as fine as the page. */
export const FINE = 2;
const PARTS = 16;

export const signOf = (mark: Mark): string =>
  mark.many === 1
    ? `sign/${conditions[mark.in.findIndex((it) => it > 0)]}`
    : `ring/${ringPx(mark.many)}/${sixteenths(mark.in).join('-')}`;

export const ringPx = (many: number): number => (many < 10 ? 34 : many < 100 ? 40 : many < 1000 ? 46 : 54);

/** Shares in sixteenths that add up to sixteen; who is there at all gets one. */
export function sixteenths(shares: readonly number[]): number[] {
  const all = shares.reduce((sum, it) => sum + it, 0) || 1;
  const parts = shares.map((it) => (it === 0 ? 0 : Math.max(1, Math.floor((it / all) * PARTS))));
  const missing = PARTS - parts.reduce((sum, it) => sum + it, 0);
  const fullest = parts.indexOf(Math.max(...parts));
  parts[fullest]! += missing;
  return parts;
}

export function drawn(id: string, palette: Palette): ImageData | undefined {
  const [kind, first, second] = id.split('/');
  if (kind === 'sign') return picture(26, (pen) => sign(pen, first as Condition, palette));
  if (kind !== 'ring' || !second) return undefined;
  const px = Number(first);
  return picture(px, (pen) => ring(pen, px, second.split('-').map(Number), palette));
}

function picture(px: number, draw: (pen: OffscreenCanvasRenderingContext2D) => void): ImageData {
  const pen = new OffscreenCanvas(px * FINE, px * FINE).getContext('2d')!;
  pen.scale(FINE, FINE);
  draw(pen);
  return pen.getImageData(0, 0, px * FINE, px * FINE);
}

export const colourOf = (palette: Palette): Readonly<Record<Condition, string>> => ({
  offline: palette.bad,
  empty: palette.low,
  swapping: palette.charging,
  ready: palette.ready,
  unknown: palette.edge,
  shut: palette.bad,
});

function sign(pen: OffscreenCanvasRenderingContext2D, condition: Condition, palette: Palette): void {
  pen.translate(13, 13);
  pen.beginPath();
  if (condition === 'empty')
    polygon(pen, [
      [0, -11],
      [11, 9],
      [-11, 9],
    ]);
  else if (condition === 'shut')
    polygon(pen, [
      [-9, -9],
      [9, -9],
      [9, 9],
      [-9, 9],
    ]);
  else if (condition === 'offline')
    polygon(pen, [
      [0, -11],
      [11, 0],
      [0, 11],
      [-11, 0],
    ]);
  else pen.arc(0, 0, 9, 0, 2 * Math.PI);
  pen.lineJoin = 'round';
  pen.lineWidth = 4;
  pen.strokeStyle = palette.panel;
  pen.stroke();
  const isHollow = condition === 'swapping' || condition === 'unknown';
  pen.fillStyle = isHollow ? palette.panel : colourOf(palette)[condition];
  pen.fill();
  if (!isHollow) return;
  pen.beginPath();
  pen.arc(0, 0, 7.5, condition === 'swapping' ? -1 : 0, condition === 'swapping' ? 4.2 : 7);
  pen.lineWidth = 3.5;
  pen.strokeStyle = colourOf(palette)[condition];
  pen.stroke();
}

function polygon(pen: OffscreenCanvasRenderingContext2D, corners: readonly (readonly [number, number])[]): void {
  for (const [x, y] of corners) pen.lineTo(x, y);
  pen.closePath();
}

const widths: Readonly<Record<Condition, number>> = {
  ready: 6,
  swapping: 4.5,
  empty: 3,
  offline: 1.5,
  unknown: 1,
  shut: 1.5,
};
/** Clockwise from the top: the good ones first. */
const round: readonly Condition[] = ['ready', 'swapping', 'empty', 'offline', 'shut', 'unknown'];

function ring(pen: OffscreenCanvasRenderingContext2D, px: number, parts: readonly number[], palette: Palette): void {
  const radius = px / 2 - 1;
  pen.translate(px / 2, px / 2);
  pen.beginPath();
  pen.arc(0, 0, radius, 0, 2 * Math.PI);
  pen.fillStyle = palette.panel;
  pen.fill();
  let from = -Math.PI / 2;
  for (const condition of round) {
    const part = parts[conditions.indexOf(condition)] ?? 0;
    if (part === 0) continue;
    const to = from + (part / PARTS) * 2 * Math.PI;
    pen.beginPath();
    pen.arc(0, 0, radius - widths[condition] / 2, from, to);
    pen.lineWidth = widths[condition];
    pen.strokeStyle = colourOf(palette)[condition];
    pen.stroke();
    from = to;
  }
}

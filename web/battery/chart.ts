// A fade curve as a drawing. Pure: from cells to SVG, so that it can be looked at in a test.
export interface Point {
  readonly from: number;
  readonly to: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

/** The pack itself: it lies somewhere in this box. */
export interface Box {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** About as wide as a telephone, so that its figures can be read there. */
const WIDE = 400;
const HIGH = 240;
const LEFT = 40;
const RIGHT = 20;
const BELOW = 28;
const ABOVE = 12;

/** @param points in the order of their bins, at least one */
export function drawing(points: readonly Point[], own: Box | undefined, said: { label: string; own: string }): string {
  const lows = [...points.map((it) => it.p10), ...(own ? [own.y[0]] : [])];
  const bottom = Math.max(0, Math.floor((Math.min(...lows) - 2) / 10) * 10);
  const right = Math.max(points.at(-1)!.to, own?.x[1] ?? 0);
  const x = (it: number) => LEFT + (it / right) * (WIDE - LEFT - RIGHT);
  const y = (it: number) => ABOVE + ((100 - it) / (100 - bottom)) * (HIGH - ABOVE - BELOW);
  const place = (it: number) => it.toFixed(1);
  const middle = (it: Point) => (it.from + it.to) / 2;
  const line = (name: 'p10' | 'p50' | 'p90', all = points) =>
    all.map((it) => `${place(x(middle(it)))},${place(y(it[name]))}`).join(' ');
  const grid = ticks(bottom, 100, 10).map(
    (it) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDE - RIGHT}" y1="${place(y(it))}" y2="${place(y(it))}"/><text x="${LEFT - 8}" y="${place(y(it) + 4)}" text-anchor="end">${it}</text>`,
  );
  const marks = ticks(0, right, stepFor(right)).map(
    (it) => `<text x="${place(x(it))}" y="${HIGH - 8}" text-anchor="middle">${it}</text>`,
  );
  // A single bin is no line: its band is drawn as wide as the bin.
  const [only] = points.length === 1 ? points : [];
  const curve = only
    ? `<rect class="band" x="${place(x(only.from))}" width="${place(x(only.to) - x(only.from))}" y="${place(y(only.p90))}" height="${place(y(only.p10) - y(only.p90))}"/><line class="median" x1="${place(x(only.from))}" x2="${place(x(only.to))}" y1="${place(y(only.p50))}" y2="${place(y(only.p50))}"/>`
    : `<polygon class="band" points="${line('p90')} ${line('p10', points.toReversed())}"/><polyline class="median" points="${line('p50')}"/>`;
  const box =
    own &&
    `<rect class="own" x="${place(x(own.x[0]))}" width="${place(Math.max(6, x(own.x[1]) - x(own.x[0])))}" y="${place(y(own.y[1]))}" height="${place(y(own.y[0]) - y(own.y[1]))}"><title>${escaped(said.own)}</title></rect>`;
  return `<svg viewBox="0 0 ${WIDE} ${HIGH}" role="img" aria-label="${escaped(said.label)}">${grid.join('')}${marks.join('')}${curve}${box ?? ''}</svg>`;
}

const ticks = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step + 1e-9) + 1 }, (_, n) => Math.round((from + n * step) * 10) / 10);

/** So that there are at most eight. */
const stepFor = (right: number): number =>
  [0.5, 1, 2, 5, 100, 200, 500, 1000, 2000].find((it) => right / it <= 8) ?? 5000;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (it) => ENTITIES[it]!);

// The fade curves beside an answer: drawn, and as a table for whoever does not see drawings.
import type { enquiryApi } from '#enquiry/api';
import type { Answer as Reply } from '../shared/client.ts';
import { type Answer, ageOf, filled } from './card.ts';
import { type Box, drawing } from './chart.ts';
import { append, make } from './element.ts';
import type { Words } from './words.ts';

export type Fade = Reply<typeof enquiryApi.fade>;
type Cell = Fade['cells'][number];

export function curvesIn(answer: Answer, fade: Fade | undefined, words: Words): HTMLElement[] {
  const { told } = answer;
  const cells = fade?.cells ?? [];
  // By plate the pace is not told; then the one that most points are of.
  const pace = told.pace ?? commonest(cells);
  const head = [make('h2', words.fade)];
  const figures = (['age', 'cycles'] as const).flatMap((axis) => {
    const points = cells.filter((it) => it.axis === axis && it.pace === pace);
    return points.length === 0 ? [] : [figureOf(points, boxOf(answer, axis), words)];
  });
  if (figures.length === 0) return [...head, make('p', words.fadeNone, 'quiet')];
  const file = make('a', words.csv);
  file.href = '../v1/public/fade.csv';
  return [
    ...head,
    make('p', words.fadeNote, 'quiet'),
    ...(pace ? [make('p', `${words.pace}: ${words.paces[pace]}`)] : []),
    ...(fade?.simulated ? [make('p', words.simulated, 'badge')] : []),
    ...figures,
    append(make('p'), [file]),
  ];
}

function figureOf(points: readonly Cell[], own: Box | undefined, words: Words): HTMLElement {
  const { axis } = points[0]!;
  const label = filled(words.chart, { axis: words.axis[axis] });
  const figure = make('figure');
  figure.innerHTML = drawing(points, own, { label, own: words.fadeYours });
  const legend = own ? [make('span', words.fadeYours, 'mine')] : [];
  const table = make('table');
  const { columns } = words;
  append(table, [rowOf('th', [columns.span, columns.p10, columns.p50, columns.p90, columns.packs])]);
  for (const it of points) append(table, [rowOf('td', [`${it.from} – ${it.to}`, it.p10, it.p50, it.p90, it.packs])]);
  return append(figure, [
    append(make('figcaption', `${words.soh} (%) · ${words.axis[axis]} `), legend),
    append(make('details'), [make('summary', words.table), table]),
  ]);
}

const rowOf = (tag: 'th' | 'td', values: readonly (string | number)[]): HTMLElement =>
  append(
    make('tr'),
    values.map((it) => make(tag, String(it))),
  );

function boxOf({ told: { soh, made, cycles }, edition }: Answer, axis: Cell['axis']): Box | undefined {
  if (!soh) return undefined;
  const y = [soh.from, soh.to] as const;
  if (axis === 'age') return made === null ? undefined : { x: ageOf(made, edition), y };
  return cycles === null || cycles.to === null ? undefined : { x: [cycles.from, cycles.to], y };
}

function commonest(cells: readonly Cell[]): Cell['pace'] | undefined {
  const groups = [...Map.groupBy(cells, (it) => it.pace)];
  return groups.toSorted((a, b) => b[1].length - a[1].length)[0]?.[0];
}

// packloop health predict: what is known of each charge of one file.

import { resolve } from 'node:path';
import {
  type GroupModel,
  type HealthModel,
  likeliestGroup,
  type Prediction,
  predictions,
  readCell,
  WrongData,
} from '#health/lab';
import type { Common } from '../open.ts';
import { Failed, note, say } from '../say.ts';
import { groupIn, modelIn, textIn } from './data.ts';
import { table } from './table.ts';

/** Estimates every charge of one file: the state of health and the charges left with their intervals, or why not. */
export async function predict(
  file: string,
  options: Common & { model: string; group?: string; mode: 'none' | 'commissioned' | 'retested' },
): Promise<void> {
  const json = options.json === true;
  const model = modelIn(options.model);
  const text = textIn(file);
  const group = options.group ? groupIn(model, options.group, options.model) : groupOf(model, file, text);
  const named = group.group.name;
  if (!options.group && model.groups.length > 1)
    note(json, `Taken for a cell of the group ${named} (--group says otherwise)`);
  const read = readCell(text, file, group.group.nominalAh);
  if (!read.ok) throw new Failed(new WrongData(read.issues).message, { code: 1, issues: read.issues });
  const rows = predictions(group, read.cell, options.mode);
  if (json) for (const row of rows) say(true, { file, group: named, model: model.id, mode: options.mode, ...row }, '');
  else
    say(false, {}, () =>
      [
        table(
          ['line', 'cycle', 'SoH %', '90 % interval', 'charges left', '90 % interval', ''],
          rows.map((it) => [
            String(it.line),
            String(it.cycle),
            it.soh === null ? '-' : (100 * it.soh.value).toFixed(2),
            it.soh === null ? '-' : `${(100 * it.soh.low).toFixed(2)} to ${(100 * it.soh.high).toFixed(2)}`,
            it.remaining === null ? '-' : it.remaining.value.toFixed(0),
            it.remaining === null ? '-' : `${it.remaining.low.toFixed(0)} to ${it.remaining.high.toFixed(0)}`,
            it.reason ?? '',
          ]),
        ),
        '',
        courseOf(rows.at(-1)?.course),
      ].join('\n'),
    );
}

function courseOf(course: Prediction['course']): string {
  const { trend, knee } = course ?? { trend: null, knee: null };
  const fades = trend
    ? `Over the last ${trend.charges} charges it lost ${trend.lossPer100.toFixed(2)} points per 100 charges`
    : 'Too few charges for a trend';
  return `${fades}; ${knee ? `the fade became ${(knee.after / Math.max(knee.before, 1e-6)).toFixed(1)} times as steep at charge ${knee.row + 1}` : 'no knee so far'}.`;
}

/** The group of a file when nobody says: the one beside whose training files it lies, else the one it is most like. */
function groupOf(model: HealthModel, file: string, text: string): GroupModel {
  if (model.groups.length === 1) return model.groups[0]!;
  const path = resolve(file);
  const folder = (it: string) => it.slice(0, it.lastIndexOf('/') + 1);
  const beside = Object.entries(model.data.split).filter(([, { train }]) =>
    train.some((it) => folder(it) !== '' && folder(path).endsWith(`/${folder(it)}`) && stemOf(path) === stemOf(it)),
  );
  if (beside.length === 1) return groupIn(model, beside[0]![0], file);
  const tried = model.groups.map((it) => ({ model: it, read: readCell(text, file, it.group.nominalAh) }));
  const readable = tried.flatMap(({ model, read }) => (read.ok ? [{ model, cell: read.cell }] : []));
  const first = tried[0]!.read;
  if (readable.length === 0 && !first.ok)
    throw new Failed(new WrongData(first.issues).message, { code: 1, issues: first.issues });
  const likeliest = likeliestGroup(readable);
  if (likeliest) return likeliest;
  throw new Failed(
    `${file} is not like the cells of any group of the model (${model.groups.map((it) => it.group.name).join(', ')}): say with --group which it is of`,
    { code: 2 },
  );
}

/** The name without the number at its end. */
const stemOf = (path: string) => path.slice(path.lastIndexOf('/') + 1).replace(/[-_ #]*\d*\.csv$/, '');

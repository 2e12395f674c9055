// packloop health predict: what is known of each charge of one file.

import { resolve } from 'node:path';
import {
  type Cell,
  type GroupModel,
  type HealthModel,
  likeliestGroup,
  PLUGGED_MODE,
  type Prediction,
  predictions,
  predictionsPlugged,
  readCell,
  WrongData,
  WrongScore,
} from '#health/lab';
import type { Common } from '../open.ts';
import { Failed, note, say } from '../say.ts';
import { groupIn, modelIn, textIn } from './data.ts';
import { openOnnx } from './onnx.ts';
import { table } from './table.ts';

type Mode = 'none' | 'commissioned' | 'retested';

/** What was said of the charges of one file, and by whom. */
interface SaidOf {
  readonly group: string;
  readonly model: string;
  readonly rows: readonly Prediction[];
}

/** Estimates every charge of one file: the state of health and the charges left with their intervals, or why not. */
export async function predict(
  file: string,
  options: Common & { model: string; group?: string; mode: Mode; onnxRuntime?: string },
): Promise<void> {
  const json = options.json === true;
  const { group, model, rows } = options.model.endsWith('.onnx')
    ? await byOnnx(file, options)
    : byModel(file, { ...options, json });
  if (json) for (const row of rows) say(true, { file, group, model, mode: options.mode, ...row }, '');
  else say(false, {}, () => toldOf(rows));
}

function byModel(file: string, options: { json: boolean; model: string; group?: string; mode: Mode }): SaidOf {
  const model = modelIn(options.model);
  const text = textIn(file);
  const group = options.group ? groupIn(model, options.group, options.model) : groupOf(model, file, text);
  const named = group.group.name;
  if (!options.group && model.groups.length > 1)
    note(options.json, `Taken for a cell of the group ${named} (--group says otherwise)`);
  const cell = cellIn(text, file, group.group.nominalAh);
  return { group: named, model: model.id, rows: predictions(group, cell, options.mode) };
}

async function byOnnx(
  file: string,
  { model: modelFile, group, mode, onnxRuntime }: { model: string; group?: string; mode: Mode; onnxRuntime?: string },
): Promise<SaidOf> {
  const model = await openOnnx(modelFile, onnxRuntime);
  try {
    const { name, nominalAh } = model.card.group;
    if (group !== undefined && group !== name)
      throw new Failed(`${modelFile} has no group "${group}"; it has ${name}`, { code: 2 });
    if (mode !== PLUGGED_MODE)
      throw new Failed(`A plugged model is told no capacity test: --mode is ${PLUGGED_MODE}`, { code: 2 });
    const cell = cellIn(textIn(file), file, nominalAh);
    return { group: name, model: model.id, rows: await predictionsPlugged(model.card, cell, model.score) };
  } catch (error) {
    throw error instanceof WrongScore ? new Failed(`${modelFile}: ${error.message}`) : error;
  } finally {
    await model.end();
  }
}

function cellIn(text: string, file: string, nominalAh: number): Cell {
  const read = readCell(text, file, nominalAh);
  if (!read.ok) throw new Failed(new WrongData(read.issues).message, { code: 1, issues: read.issues });
  return read.cell;
}

const toldOf = (rows: readonly Prediction[]): string =>
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
  ].join('\n');

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

// packloop health: train, eval and predict, so that anyone can repeat what is claimed of the estimators.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  evaluate,
  FEWEST,
  type GroupModel,
  type HealthModel,
  healthModel,
  type Issue,
  type Loaded,
  likeliestGroup,
  loadCells,
  type Prediction,
  predictions,
  readCell,
  readModel,
  readSplitGroups,
  type Score,
  type SplitGroup,
  trainGroups,
  WrongData,
  written,
} from '#health';
import type { Common } from './open.ts';
import { Failed, note, progressBar, say } from './say.ts';

interface DataOptions extends Common {
  readonly data: string;
  readonly split: string;
  readonly dataset?: string;
}

/** Trains a model of every group that the split names, and writes it. The same data give the same bytes. */
export async function train(options: DataOptions & { out: string; synthetic?: true }): Promise<void> {
  const json = options.json === true;
  const started = performance.now();
  const groups = splitGroups(options);
  const loaded = groups.map((group) => {
    const train = load(options, group, group.parts.train);
    const calibration = load(options, group, group.parts.calibration);
    if (train.cells.length < FEWEST)
      throw new Failed(
        `${options.split}: the group "${group.name}" has ${train.cells.length} training cells; at least ${FEWEST} are needed to leave one out in turns`,
        { code: 2, group: group.name },
      );
    return { group, train, calibration };
  });
  tellRemarks(
    json,
    loaded.flatMap((it) => [...it.train.remarks, ...it.calibration.remarks]),
  );
  const bar = progressBar('Training', json);
  const models = await trainGroups(
    loaded.map(({ group: { parts: _, ...group }, train, calibration }) => ({
      group,
      train: train.cells,
      calibration: calibration.cells,
    })),
    (done) => bar.at(Math.round(done * 100), loaded.length * 100),
  );
  bar.end();
  const model = healthModel(models, {
    hash: Object.fromEntries(loaded.map((it) => [it.group.name, `${it.train.hash}:${it.calibration.hash}`])),
    split: Object.fromEntries(groups.map(({ name, parts: { train, calibration } }) => [name, { train, calibration }])),
    synthetic: options.synthetic === true,
  });
  const out = resolve(options.out);
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(`${out}.part`, written(model));
  renameSync(`${out}.part`, out);
  const facts = {
    model: out,
    id: model.id,
    groups: models.length,
    cells: loaded.reduce((sum, it) => sum + it.train.cells.length, 0),
    rows: loaded.reduce((sum, it) => sum + it.train.cells.reduce((all, cell) => all + cell.rows, 0), 0),
    tookMs: Math.round(performance.now() - started),
    metrics: model.metrics,
  };
  say(json, facts, () => trained(facts, model));
}

/** Scores a model on the test cells of the split: one line for each group and mode, the baselines beside ours. */
export async function evalModel(options: DataOptions & { model: string }): Promise<void> {
  const json = options.json === true;
  const model = modelIn(options.model);
  const groups = splitGroups(options);
  const bar = progressBar('Scoring', json);
  const scores: Score[] = [];
  groups.forEach((group, done) => {
    const its = groupIn(model, group.name, options.model);
    demandUnseen(model, group, options);
    if (group.parts.test.length === 0)
      throw new Failed(`${options.split}: the group "${group.name}" has no test cells`, { code: 2, group: group.name });
    const test = load(options, group, group.parts.test);
    tellRemarks(json, test.remarks);
    for (const score of evaluate(its, test.cells)) {
      scores.push(score);
      if (json) say(true, score, '');
    }
    bar.at(done + 1, groups.length);
  });
  bar.end();
  if (!json) say(false, {}, () => scored(scores));
}

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

const splitGroups = ({ data, dataset, split }: DataOptions): readonly SplitGroup[] => {
  const datasetFile = dataset ?? join(data, 'dataset.json');
  if (!existsSync(datasetFile))
    throw new Failed(
      `${datasetFile} is not there: it tells the groups of the data; give --dataset when it lies elsewhere`,
      {
        code: 2,
      },
    );
  return orFailed(() => readSplitGroups(data, datasetFile, split));
};

const load = ({ data }: DataOptions, group: SplitGroup, paths: readonly string[]): Loaded =>
  orFailed(() => loadCells(data, group, paths));

function orFailed<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof WrongData) throw new Failed(error.message, { code: 1, issues: error.issues });
    throw error;
  }
}

function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failed(`${file} cannot be read: ${(error as Error).message}`, { code: 2 });
  }
}

function modelIn(file: string): HealthModel {
  const read = readModel(textIn(file));
  if (!read.ok) throw new Failed(`${file}: ${read.problem}`, { code: 2 });
  return read.model;
}

function groupIn(model: HealthModel, name: string, file: string): GroupModel {
  const found = model.groups.find((it) => it.group.name === name);
  if (!found)
    throw new Failed(`${file} has no group "${name}"; it has ${model.groups.map((it) => it.group.name).join(', ')}`, {
      code: 2,
    });
  return found;
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

/** A model is not judged by cells it was trained on. */
function demandUnseen(model: HealthModel, { name, parts }: SplitGroup, { split }: DataOptions): void {
  const its = model.data.split[name];
  const seen = parts.test.filter((it) => its?.train.includes(it) || its?.calibration.includes(it));
  if (seen.length > 0)
    throw new Failed(`${split}: the model was trained on ${seen[0]}, which is a test cell of "${name}" here`, {
      code: 2,
      seen,
    });
}

function tellRemarks(json: boolean, remarks: readonly Issue[]): void {
  for (const it of remarks.slice(0, 10)) note(json, `  ${it.file}, line ${it.line}: ${it.problem}`);
  if (remarks.length > 10)
    note(json, `  … ${remarks.length} charges with gaps in all; gaps are filled by the charge before`);
}

function trained(
  { model, id, cells, rows, tookMs }: { model: string; id: string; cells: number; rows: number; tookMs: number },
  it: HealthModel,
): string {
  const lines = it.metrics.map((m) => [
    m.group,
    m.mode,
    (100 * m.crossValidatedRmse).toFixed(2),
    String(m.intervalCells),
    (100 * m.intervalCovered).toFixed(0),
    (100 * m.intervalWorstCell).toFixed(0),
  ]);
  return [
    table(
      [
        'group',
        'mode',
        'RMSE of the best member, % SoH, unseen training cells',
        'interval cells',
        'covered %',
        'worst cell %',
      ],
      lines,
    ),
    '',
    `Trained on ${cells} cells, ${rows} charges, in ${(tookMs / 1000).toFixed(1)} s: ${model}`,
    id,
  ].join('\n');
}

function scored(scores: readonly Score[]): string {
  const percent = (it: number | null, digits = 2) => (it === null ? '-' : (100 * it).toFixed(digits));
  const plain = (it: number | null, digits = 2) => (it === null ? '-' : it.toFixed(digits));
  const rows = scores.map((it) => [
    it.group,
    it.mode,
    plain(it.mape),
    plain(it.rmse, 4),
    plain(it.worstCellRmse, 4),
    `${percent(it.coverage90, 0)}/${percent(it.worstCellCoverage90, 0)}`,
    plain(it.baselines.meanSohMape),
    plain(it.baselines.holdLastTestMape),
    plain(it.baselines.fractionOfLifeMape),
    plain(it.rulRmseCycles, 0),
    plain(it.rulMeanGuessRmse, 0),
    percent(it.rulCoverage90, 0),
    `${it.rows}/${it.cells}`,
    it.abstained > 0 ? String(it.abstained) : '',
  ]);
  const heading = [
    'group',
    'mode',
    'MAPE %',
    'RMSE',
    'worst cell',
    'covered % mean/worst',
    'mean SoH',
    'hold last test',
    'fraction of life*',
    'RUL RMSE',
    'mean-life guess',
    'RUL covered %',
    'charges/cells',
    'abstained',
  ];
  return [
    table(heading, rows),
    '',
    'MAPE % of "mean SoH", "hold last test" and "fraction of life" are of what needs no model. RUL in charges, from charge 60 to the end of life.',
    '* knows how long the test cell will live, which nobody can know: it shows what protocols that scale by a whole life give away.',
  ].join('\n');
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((it, column) => it.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

// packloop health eval: how good a model is on cells that nobody trained on, beside what needs no model.
import { evaluate, type HealthModel, type Score, type SplitGroup } from '#health/lab';
import { Failed, progressBar, say } from '../say.ts';
import { type DataOptions, groupIn, load, modelIn, splitGroups, tellRemarks } from './data.ts';
import { table } from './table.ts';

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

/** A model is not judged by cells it was trained on. */
export function demandUnseen(
  model: HealthModel,
  { name, parts }: SplitGroup,
  { split }: Pick<DataOptions, 'split'>,
): void {
  const its = model.data.split[name];
  const seen = parts.test.filter((it) => its?.train.includes(it) || its?.calibration.includes(it));
  if (seen.length > 0)
    throw new Failed(`${split}: the model was trained on ${seen[0]}, which is a test cell of "${name}" here`, {
      code: 2,
      seen,
    });
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

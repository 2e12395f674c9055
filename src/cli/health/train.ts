// packloop health train: a model of every group, so that anyone can repeat what is claimed of the estimators.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { FEWEST, type HealthModel, healthModel, trainGroups, written } from '#health/lab';
import { Failed, progressBar, say } from '../say.ts';
import { type DataOptions, load, splitGroups, tellRemarks } from './data.ts';
import { table } from './table.ts';

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

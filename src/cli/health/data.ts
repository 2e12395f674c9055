// The files that `packloop health` reads: cells with their split, and models.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type GroupModel,
  type HealthModel,
  type Issue,
  type Loaded,
  loadCells,
  readModel,
  readSplitGroups,
  type SplitGroup,
  WrongData,
} from '#health/lab';
import type { Common } from '../open.ts';
import { Failed, note } from '../say.ts';

export interface DataOptions extends Common {
  readonly data: string;
  readonly split: string;
  readonly dataset?: string;
}

export const splitGroups = ({ data, dataset, split }: DataOptions): readonly SplitGroup[] => {
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

export const load = ({ data }: DataOptions, group: SplitGroup, paths: readonly string[]): Loaded =>
  orFailed(() => loadCells(data, group, paths));

/** What is wrong with data is a sentence with file and line. */
export function orFailed<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof WrongData) throw new Failed(error.message, { code: 1, issues: error.issues });
    throw error;
  }
}

export function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failed(`${file} cannot be read: ${(error as Error).message}`, { code: 2 });
  }
}

export function modelIn(file: string): HealthModel {
  const read = readModel(textIn(file));
  if (!read.ok) throw new Failed(`${file}: ${read.problem}`, { code: 2 });
  return read.model;
}

export function groupIn(model: HealthModel, name: string, file: string): GroupModel {
  const found = model.groups.find((it) => it.group.name === name);
  if (!found)
    throw new Failed(`${file} has no group "${name}"; it has ${model.groups.map((it) => it.group.name).join(', ')}`, {
      code: 2,
    });
  return found;
}

export function tellRemarks(json: boolean, remarks: readonly Issue[]): void {
  for (const it of remarks.slice(0, 10)) note(json, `  ${it.file}, line ${it.line}: ${it.problem}`);
  if (remarks.length > 10)
    note(json, `  … ${remarks.length} charges with gaps in all; gaps are filled by the charge before`);
}

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cell, Mode } from '../cells/cycle.ts';
import { type Prediction, predictions } from '../predict.ts';
import { type HealthModel, inputHash, readModel, written } from './model.ts';
import { emptyRegistry, type Registry, registryIn } from './registry.ts';

/** A folder of models, each under its id, with the registry beside them. Files are put in place whole or not at all. */
export interface Shelf {
  readonly folder: string;
}

export function putModel({ folder }: Shelf, model: HealthModel): void {
  mkdirSync(folder, { recursive: true });
  const file = modelFile(folder, model.id);
  if (!existsSync(file)) whole(file, written(model));
}

/** @throws Error when there is none of this id, or it was changed */
export function modelOf({ folder }: Shelf, id: string): HealthModel {
  const read = readModel(readFileSync(modelFile(folder, id), 'utf8'));
  if (!read.ok) throw new Error(`${id}: ${read.problem}`);
  if (read.model.id !== id) throw new Error(`the file of ${id} holds ${read.model.id}`);
  return read.model;
}

export function registryOf({ folder }: Shelf): Registry {
  const file = join(folder, 'registry.json');
  return existsSync(file) ? registryIn(readFileSync(file, 'utf8')) : emptyRegistry;
}

export function putRegistry({ folder }: Shelf, registry: Registry): void {
  mkdirSync(folder, { recursive: true });
  whole(join(folder, 'registry.json'), `${JSON.stringify(registry, null, 2)}\n`);
}

/** An estimate with all it was made from, so that anybody can make it again. */
export interface Decision {
  readonly model: string;
  readonly group: string;
  readonly mode: Mode;
  readonly input: string;
  readonly prediction: Prediction;
}

/** What the model says of the cell's last charge. */
export function decide(model: HealthModel, group: string, cell: Cell, mode: Mode): Decision {
  const its = model.groups.find((it) => it.group.name === group);
  if (!its) throw new Error(`the model ${model.id} has no group "${group}"`);
  const prediction = predictions(its, cell, mode).at(-1);
  if (!prediction) throw new Error(`${cell.name} has no charge`);
  return { model: model.id, group, mode, input: inputHash(cell), prediction };
}

/** Makes a decision again from its stored input. @returns whether the same comes out, to the last bit */
export function replays(decision: Decision, model: HealthModel, cell: Cell): boolean {
  if (decision.model !== model.id || decision.input !== inputHash(cell)) return false;
  return JSON.stringify(decide(model, decision.group, cell, decision.mode)) === JSON.stringify(decision);
}

const modelFile = (folder: string, id: string) => join(folder, `${id.replace(/[^0-9a-z]+/gi, '-')}.json`);

function whole(file: string, text: string): void {
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
}

// packloop health registry: which model speaks, which one is tried beside it, and the way back.
import {
  type Comparison,
  compared,
  type HealthModel,
  type Mode,
  modelOf,
  type Order,
  type Ordered,
  promote,
  putInShadow,
  putModel,
  putRegistry,
  type Registry,
  registryOf,
  rollBack,
} from '#health/lab';
import { systemClock } from '#units';
import type { Common } from '../open.ts';
import { Failed, say } from '../say.ts';
import { load, modelIn, splitGroups } from './data.ts';
import { demandUnseen } from './eval.ts';

export interface OnShelf extends Common {
  readonly dir: string;
}
interface Ordering extends OnShelf {
  readonly by: string;
  readonly why: string;
}

export async function listModels({ dir, json }: OnShelf): Promise<void> {
  const registry = registryIn(dir);
  say(json === true, registry, () =>
    [
      `live    ${registry.live ?? 'none'}`,
      `shadow  ${registry.shadow ?? 'none'}`,
      ...registry.steps.map((it) => `${it.at}  ${it.did.padEnd(9)}  ${it.model}  by ${it.by}: ${it.why}`),
    ].join('\n'),
  );
}

/** Puts a model on the shelf, beside the live one. */
export async function shadowModel(file: string, options: Ordering): Promise<void> {
  const model = modelIn(file);
  const after = ordered(putInShadow(registryIn(options.dir), model.id, orderOf(options)));
  putModel({ folder: options.dir }, model);
  keep(options, after, `${model.id} is in shadow: it estimates, and nobody acts on it.`);
}

/** Lets the shadow speak, if it did no worse on the test cells than the one that speaks now. */
export async function promoteModel(
  options: Ordering & { data?: string; split?: string; dataset?: string; mode: Mode },
): Promise<void> {
  const registry = registryIn(options.dir);
  const comparison = comparisonOf(registry, options);
  const after = ordered(promote(registry, comparison, orderOf(options)));
  keep(options, after, `${after.live} speaks now.`, comparison && { comparison });
}

export async function rollBackModel(options: Ordering): Promise<void> {
  const after = ordered(rollBack(registryIn(options.dir), orderOf(options)));
  keep(options, after, `${after.live} speaks again.`);
}

function comparisonOf(
  { live, shadow }: Registry,
  { dir, data, split, dataset, mode }: OnShelf & { data?: string; split?: string; dataset?: string; mode: Mode },
): Comparison | undefined {
  if (live === null || shadow === null) return undefined;
  if (data === undefined || split === undefined)
    throw new Failed('a model speaks already: --data and --split are needed to compare the two', { code: 2 });
  const options = { data, split, ...(dataset !== undefined && { dataset }) };
  const models = { live: onShelf(dir, live), shadow: onShelf(dir, shadow) };
  const groups = splitGroups(options).filter((it) => it.parts.test.length > 0);
  for (const group of groups) for (const model of Object.values(models)) demandUnseen(model, group, options);
  const cells = groups.map((it) => [it.name, load(options, it, it.parts.test).cells] as const);
  return compared(models, Object.fromEntries(cells), mode);
}

export function onShelf(dir: string, id: string): HealthModel {
  try {
    return modelOf({ folder: dir }, id);
  } catch (error) {
    throw new Failed(`${dir} does not hold the model ${id} as it was: ${(error as Error).message}`, { code: 1 });
  }
}

export function registryIn(dir: string): Registry {
  try {
    return registryOf({ folder: dir });
  } catch (error) {
    throw new Failed(`${dir}/registry.json is no registry: ${(error as Error).message}`, { code: 2 });
  }
}

const orderOf = ({ by, why }: Ordering): Order => ({ at: systemClock().toString(), by, why });

function ordered(it: Ordered): Registry {
  if (!it.ok) throw new Failed(`It stays as it is: ${it.reason}`, { code: 1 });
  return it.registry;
}

function keep({ dir, json }: OnShelf, registry: Registry, sentence: string, facts: object = {}): void {
  putRegistry({ folder: dir }, registry);
  say(json === true, { live: registry.live, shadow: registry.shadow, ...facts }, sentence);
}

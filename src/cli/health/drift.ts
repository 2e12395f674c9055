// packloop health registry drift: which model no longer fits the charges it is asked about.
import {
  type Drifting,
  drifting,
  type HealthModel,
  type Registry,
  readMeasured,
  readSaid,
  type Said,
} from '#health/lab';
import { Failed, note, say } from '../say.ts';
import { orFailed, textIn } from './data.ts';
import { type OnShelf, onShelf, registryIn } from './registry.ts';
import { table } from './table.ts';

type Role = 'live' | 'shadow' | 'past';

/**
 * Holds what models said against what was measured later, a line for each model and mode.
 * @throws Failed with code 1 when one that is live or in shadow drifts; with 2 when the files cannot be used
 */
export async function drift(options: OnShelf & { decisions: string; tests?: string; last: number }): Promise<void> {
  const { dir, decisions, tests: testsFile, last } = options;
  const json = options.json === true;
  const registry = registryIn(dir);
  const said = orFailed(() => readSaid(textIn(decisions), decisions));
  if (said.length === 0) throw new Failed(`${decisions}: no decision is kept there`, { code: 2 });
  const tests = testsFile === undefined ? [] : orFailed(() => readMeasured(textIn(testsFile), testsFile));
  const found = drifting(said, tests, { nominalAh: nominalAhBy(dir), last });
  const lines = found.map((it) => ({ ...it, role: roleOf(registry, it.model) }));
  if (json) for (const it of lines) say(true, it, '');
  else say(false, {}, () => told(lines));
  const tested = lines.reduce((sum, it) => sum + it.tested, 0);
  if (tests.length > 0 && tested === 0)
    note(json, `None of the ${tests.length} tests in ${testsFile} is of a charge of which something was said.`);
  if (lines.some((it) => it.role !== 'past' && it.alarms.length > 0)) process.exitCode = 1;
}

/** Each model is read once. */
function nominalAhBy(dir: string): (it: Said) => number {
  const models = new Map<string, HealthModel>();
  return ({ model, group }) => {
    const its = models.get(model) ?? onShelf(dir, model);
    models.set(model, its);
    const found = its.groups.find((it) => it.group.name === group);
    if (!found) throw new Failed(`the model ${model} has no group "${group}"`, { code: 2 });
    return found.group.nominalAh;
  };
}

const roleOf = ({ live, shadow }: Registry, model: string): Role =>
  model === live ? 'live' : model === shadow ? 'shadow' : 'past';

function told(lines: readonly (Drifting & { role: Role })[]): string {
  const heading = ['model', 'role', 'mode', 'charges', 'widened', 'abstained', 'tested', 'inside the interval'];
  const rows = lines.map((it) => [
    ...[it.model, it.role, it.mode],
    ...[it.charges, it.widened, it.abstained, it.tested, it.covered].map(String),
  ]);
  const alarms = lines.flatMap((it) =>
    it.alarms.map((alarm) => `${it.model} (${it.role}, ${it.mode}) drifts: ${alarm}`),
  );
  return [table(heading, rows), '', ...(alarms.length > 0 ? alarms : ['No model drifts.'])].join('\n');
}

// packloop health sample: made-up cells as files, to try the other commands on before one has measured any.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asCsv, syntheticCells, syntheticGroup } from '#health/lab';
import type { Common } from '../open.ts';
import { Failed, say } from '../say.ts';

/** Of five cells three teach and two are for the test. */
const TAUGHT = 0.6;

/** Writes SYNTHETIC cells with their `dataset.json` and `split.json`; the same seed gives the same bytes. */
export function sample({
  json,
  out,
  cells,
  charges,
  seed,
}: Common & { out: string; cells: number; charges: number; seed: number }): void {
  if (existsSync(out) && readdirSync(out).length > 0)
    throw new Failed(`${out} is not empty: nothing is written over what is there`, { code: 2 });
  mkdirSync(join(out, 'cells'), { recursive: true });
  const paths = syntheticCells(cells, seed, charges).map((cell, i) => {
    const path = `cells/${String(i + 1).padStart(3, '0')}.csv`;
    writeFileSync(join(out, path), asCsv(cell, syntheticGroup.nominalAh));
    return path;
  });
  const taught = Math.round(TAUGHT * paths.length);
  const split = { [syntheticGroup.name]: { train: paths.slice(0, taught), test: paths.slice(taught) } };
  const written = (name: string, it: unknown) => writeFileSync(join(out, name), `${JSON.stringify(it, null, 2)}\n`);
  written('dataset.json', { groups: [{ ...syntheticGroup, files: 'cells/*.csv' }] });
  written('split.json', split);
  say(
    json === true,
    { out, cells: paths.length, train: taught, test: paths.length - taught, synthetic: true },
    `${paths.length} made-up cells are in ${out}, ${taught} of them to train on. No figure from them says anything of a real battery.`,
  );
}

// The command line as a stranger uses it, in a folder of its own with SYNTHETIC cells.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { asCsv, syntheticCells } from '#health/lab';

const program = fileURLToPath(new URL('../../../bin/packloop', import.meta.url));

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

/** A folder that goes when the tests of the file are done. */
export function workshop() {
  const folder = mkdtempSync(join(tmpdir(), 'packloop-health-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  /** Runs `packloop health …` there. */
  const packloop = (...args: string[]): Promise<Answer> =>
    new Promise((done) =>
      execFile(program, ['health', ...args], { cwd: folder, maxBuffer: 1 << 26 }, (error, out, errors) =>
        done({ code: error ? Number(error.code) : 0, out, errors }),
      ),
    );
  /** @returns the name, so that it can stand where the file is needed */
  const file = (name: string, text: string | Uint8Array): string => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
    return name;
  };
  /** Writes cells and `dataset.json` of one group S into the folder data. @returns the cells with their paths in it */
  const cells = (many: number, seed: number, rows: number) => {
    const made = syntheticCells(many, seed, rows);
    const names = made.map((cell, i) => file(`data/cells/${i}.csv`, asCsv(cell, 2)).slice('data/'.length));
    const group = { name: 'S', files: 'cells/*.csv', nominalAh: 2, testEveryCycles: 40, chemistry: 'SYNTHETIC' };
    file('data/dataset.json', JSON.stringify({ groups: [group] }, null, 1));
    return { cells: made, names };
  };
  /** A split of the group S. */
  const split = (name: string, train: readonly string[], test: readonly string[]): string =>
    file(name, JSON.stringify({ S: { train, test } }, null, 1));
  return { folder, packloop, file, cells, split };
}

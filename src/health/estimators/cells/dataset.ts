import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import type { Cell, Group } from './cycle.ts';
import { type Issue, readCell } from './reading.ts';

/** A data set that cannot be used, with every place where something is wrong. */
export class WrongData extends Error {
  override readonly name = 'WrongData';
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    const shown = issues.slice(0, 20).map((it) => `  ${it.file}, line ${it.line}: ${it.problem}`);
    super(
      [issues.length === 1 ? 'The data cannot be used:' : 'The data cannot be used, for example:', ...shown].join('\n'),
    );
    this.issues = issues;
  }
}

const groupShape = z.object({
  name: z.string().min(1),
  files: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  nominalAh: z.number().positive(),
  testEveryCycles: z.number().int().min(2),
  chemistry: z.string().min(1),
});
const datasetShape = z.object({ groups: z.array(groupShape).min(1) });

const splitShape = z.record(
  z.string(),
  z.strictObject({
    train: z.array(z.string()),
    test: z.array(z.string()).default([]),
    calibration: z.array(z.string()).default([]),
  }),
);

/** Which files of a group are for what; their paths begin in the folder of the data. */
export interface Parts {
  readonly train: readonly string[];
  readonly test: readonly string[];
  readonly calibration: readonly string[];
}

/** A group with its files, every path in exactly one part; files of the group that the split leaves out are in none. */
export interface SplitGroup extends Group {
  readonly parts: Parts;
}

/**
 * Reads `dataset.json` and the split, and holds one against the other.
 * @throws WrongData by file and line: no such file, a group without a split, a path twice, a path not of the group
 */
export function readSplitGroups(dir: string, datasetFile: string, splitFile: string): readonly SplitGroup[] {
  const { groups } = readJson(datasetFile, datasetShape);
  const split = readJson(splitFile, splitShape);
  const issues: Issue[] = [];
  const at = (name: string) => lineOf(splitFile, JSON.stringify(name));
  const names = new Set(groups.map((it) => it.name));
  for (const name of Object.keys(split))
    if (!names.has(name))
      issues.push({ file: splitFile, line: at(name), problem: `${datasetFile} has no group "${name}"` });
  const used = new Map<string, string>();
  const found = groups.flatMap((group): SplitGroup[] => {
    const its = split[group.name];
    if (!its) return [];
    const files = new Set(
      [group.files]
        .flat()
        .flatMap((it) => globSync(it, { cwd: dir }))
        .map(plainPath),
    );
    const partOf = (part: keyof Parts) =>
      its[part].map((given) => {
        const path = plainPath(isAbsolute(given) ? relative(resolve(dir), given) : given);
        const wrong = !files.has(path)
          ? `${given} is not among the files of the group "${group.name}" in ${dir}`
          : used.has(path)
            ? `${given} is in ${used.get(path)} already: a cell is in one part only`
            : undefined;
        if (wrong) issues.push({ file: splitFile, line: at(given), problem: wrong });
        used.set(path, `${group.name} ${part}`);
        return path;
      });
    const { files: _, ...rest } = group;
    return [{ ...rest, parts: { train: partOf('train'), test: partOf('test'), calibration: partOf('calibration') } }];
  });
  if (issues.length === 0)
    issues.push(...copiesIn(dir, found).map((it) => ({ ...it, file: splitFile, line: at(it.copy) })));
  if (issues.length > 0) throw new WrongData(issues);
  if (found.length === 0)
    throw new WrongData([{ file: splitFile, line: 1, problem: 'no group of the data set is split' }]);
  return found;
}

/** A cell under two names would be judged by what was learnt from itself. */
function copiesIn(dir: string, groups: readonly SplitGroup[]): { copy: string; problem: string }[] {
  const first = new Map<string, string>();
  const paths = groups.flatMap(({ parts: { train, calibration, test } }) => [...train, ...calibration, ...test]);
  return paths.flatMap((copy) => {
    const hash = createHash('sha256')
      .update(readBytes(resolve(dir, copy)))
      .digest('hex');
    const original = first.get(hash);
    if (original === undefined) first.set(hash, copy);
    return original === undefined
      ? []
      : [{ copy, problem: `${copy} is ${original} under another name: a cell is in one part only` }];
  });
}

/** Cells as their files tell, in the order of `paths`, with a hash over all bytes read and what had to be passed over. */
export interface Loaded {
  readonly cells: readonly Cell[];
  readonly hash: string;
  readonly remarks: readonly Issue[];
}

/** Reads the cells of one part of a group. @throws WrongData when a file cannot be used */
export function loadCells(dir: string, group: Group, paths: readonly string[], isLabelled = true): Loaded {
  const issues: Issue[] = [];
  const remarks: Issue[] = [];
  const hash = createHash('sha256');
  const cells = paths.flatMap((path) => {
    const bytes = readBytes(resolve(dir, path));
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
    const read = readCell(bytes.toString('utf8'), path, group.nominalAh);
    if (!read.ok) {
      issues.push(...read.issues);
      return [];
    }
    remarks.push(...read.remarks);
    if (isLabelled && !read.cell.soh.some(Number.isFinite))
      issues.push({
        file: path,
        line: 1,
        problem: 'no charge has a capacity: nothing to learn from or to compare with',
      });
    return [read.cell];
  });
  if (issues.length > 0) throw new WrongData(issues);
  return { cells, hash: hash.digest('hex'), remarks };
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new WrongData([{ file, line: 1, problem: `it cannot be read: ${(error as Error).message}` }]);
  }
}

/** Reads and checks a JSON file. @throws WrongData with the line where something is wrong */
export function readJson<T>(file: string, shape: z.ZodType<T>): T {
  const text = readBytes(file)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    const line = Number(/line (\d+)/.exec((error as Error).message)?.[1] ?? lineAt(text, (error as Error).message));
    throw new WrongData([{ file, line, problem: `it is not JSON: ${(error as Error).message}` }]);
  }
  const checked = shape.safeParse(parsed);
  if (checked.success) return checked.data;
  throw new WrongData(
    checked.error.issues.map((it) => {
      const word = it.path.findLast((step) => typeof step === 'string');
      return {
        file,
        line: word ? lineIn(text, `"${word}"`) : 1,
        problem: `${it.path.join('.') || 'the whole'}: ${it.message}`,
      };
    }),
  );
}

const lineAt = (text: string, message: string) => {
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  return text.slice(0, position).split('\n').length;
};

const lineIn = (text: string, word: string) => Math.max(1, text.split('\n').findIndex((it) => it.includes(word)) + 1);
const lineOf = (file: string, word: string) => lineIn(readBytes(file).toString('utf8'), word);
const plainPath = (path: string) => path.split(sep).join('/').replace(/^\.\//, '');

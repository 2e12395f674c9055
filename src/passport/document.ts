// What a maker supplies of a model: attributes by their keys. Field by field it is sound or it is refused with the field's name.

import { Refused } from '#kernel';
import { type PackModelId, packModel } from '#pack';
import { attributeOf, attributes } from './attributes/index.ts';
import { isGtin } from './digitalLink.ts';
import { wrongWith } from './value.ts';

export interface Issue {
  readonly field: string;
  readonly problem: string;
}

export interface Supplied {
  readonly gtin: string | null;
  readonly codePrefix: string | null;
  readonly values: Readonly<Record<string, unknown>>;
}

/** How long the maker warrants: a month of its own follows for each pack from the day it was made. */
const WARRANTY = 'warrantyMonths';
/** What nobody can say of all packs of a model, or what follows from others. */
const isSupplied = (key: string): boolean => {
  const it = attributeOf(key);
  return (
    it !== undefined &&
    !['platform', 'bms'].includes(it.from) &&
    !['warrantyUntil', 'footprintOf', 'accidents'].includes(key)
  );
};
/** All keys of a document. */
export const suppliedKeys: readonly string[] = [...attributes.map((it) => it.key).filter(isSupplied), WARRANTY];

/** Everything that is wrong with a document. */
export function wrongIn({ gtin, codePrefix, values }: Supplied): Issue[] {
  const issues: Issue[] = [];
  if (gtin !== null && !isGtin(gtin))
    issues.push({ field: 'gtin', problem: 'a GTIN of 14 digits with its check digit is needed' });
  if (codePrefix !== null && !/^[A-Z0-9]{1,10}$/.test(codePrefix))
    issues.push({ field: 'codePrefix', problem: 'up to ten capitals or digits with which the codes begin' });
  for (const [key, value] of Object.entries(values)) {
    const field = `values.${key}`;
    const attribute = attributeOf(key);
    if (key === WARRANTY) {
      if (!(Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 600))
        issues.push({ field, problem: 'whole months from 0 to 600' });
    } else if (!attribute) issues.push({ field, problem: 'there is no such attribute' });
    else if (!isSupplied(key))
      issues.push({
        field,
        problem: `${attribute.no} follows from the life of each pack: nobody supplies it for a model`,
      });
    else
      issues.push(
        ...wrongWith(attribute.kind, value).map(({ path, problem }) => ({
          field: path ? `${field}.${path}` : field,
          problem,
        })),
      );
  }
  return [...issues, ...contradictions(values)];
}

/** Single values may be sound and not go together. */
function contradictions(values: Readonly<Record<string, unknown>>): Issue[] {
  const number = (key: string) => (typeof values[key] === 'number' ? (values[key] as number) : undefined);
  const [low, nominal, high] = ['minV', 'nominalV', 'maxV'].map(number);
  const [idleFrom, idleTo] = ['idleFromC', 'idleToC'].map(number);
  const stages = ['footprintRaw', 'footprintMaking', 'footprintDistribution', 'footprintEnd'].map(number);
  const isAbove = (one: number | undefined, other: number | undefined) =>
    one !== undefined && other !== undefined && one > other;
  const issues: Issue[] = [];
  if (isAbove(low, nominal) || isAbove(nominal, high) || isAbove(low, high))
    issues.push({ field: 'values.nominalV', problem: 'lies between the minimum and the maximum voltage' });
  if (isAbove(idleFrom, idleTo))
    issues.push({ field: 'values.idleToC', problem: 'is not below where the range begins' });
  if (stages.every((it) => it !== undefined)) {
    const sum = stages.reduce((all, it) => all! + it!, 0)!;
    if (Math.abs(sum - 100) > 0.5)
      issues.push({ field: 'values.footprintRaw', problem: `the four stages add up to 100 %, not ${sum}` });
  }
  return issues;
}

/** @throws Refused `model-unknown`, `passport-wrong` with every field at fault */
export function demandSound(model: string, document: Supplied): void {
  if (!packModel(model as PackModelId))
    throw new Refused('model-unknown', `There is no pack model "${model}"`, { field: 'model', value: model }, 422);
  const issues = wrongIn(document);
  if (issues.length > 0)
    throw new Refused('passport-wrong', `${issues[0]!.field}: ${issues[0]!.problem}`, { issues }, 422);
}

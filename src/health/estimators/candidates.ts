// What cross-validation chooses from. A candidate costs time in every training: one that is never chosen has to go.

import { SIGNALS } from './cells/cycle.ts';
import { BEFORE_COLUMNS, TELLING } from './features.ts';
import type { Target } from './lesson.ts';
import type { BoostSettings } from './members/boost.ts';
import type { Candidate } from './members/member.ts';
import type { ProcessSettings } from './members/process.ts';

const raw = [...SIGNALS];
const calm = SIGNALS.map((it) => `${it}, calm`);
const sinceNew = SIGNALS.map((it) => `${it}, since new`);
const step = SIGNALS.map((it) => `${it}, since the charge before`);
const slope = SIGNALS.map((it) => `${it}, slope`);
const age = ['cycles', 'log cycles'];
const sinceTest = SIGNALS.map((it) => `${it}, since the test`);
const tests = [
  'first capacity',
  'last capacity',
  'charges since the test',
  'capacity change between tests',
  'rhythm since the test',
];
const poorer = [
  'poorer estimate',
  'poorer estimate since the test',
  'poorer estimate corrected',
  'error at the test',
  'error at the test, fading',
  'poorer estimate, mean corrected',
];

const few = [
  ...TELLING.map((it) => `${it}, since the test`),
  'cycles',
  'charges since the test',
  'last capacity',
  'rhythm since the test',
  'poorer estimate since the test',
  'error at the test',
];

const boost = (its: Partial<BoostSettings> = {}): Candidate['how'] => ({
  kind: 'boost',
  rounds: 150,
  depth: 4,
  rate: 0.1,
  ridge: 3,
  columnShare: 0.5,
  loss: 'squared',
  seed: 1,
  ...its,
});
const process = (its: Partial<ProcessSettings> = {}): Candidate['how'] => ({
  kind: 'process',
  inducing: 150,
  length: 2,
  linear: 1,
  noise: 0.2,
  seed: 1,
  ...its,
});
const ridge = (strength: number): Candidate['how'] => ({ kind: 'ridge', strength });

/** What cells of other groups may teach, for they have no estimate of a poorer mode. */
const pooled = (target: Target, columns: readonly string[]): readonly Candidate[] => [
  { name: 'boost, pooled', target, columns, withSiblings: true, how: boost({ depth: 4 }) },
  { name: 'process, pooled', target, columns, withSiblings: true, how: process() },
  { name: 'ridge, pooled', target, columns, withSiblings: true, how: ridge(0.01) },
];

/** What cross-validation chooses from when no capacity was ever measured. */
export const withoutTests: readonly Candidate[] = [
  {
    name: 'boost, all',
    target: 'level',
    columns: [...raw, ...calm, ...sinceNew, ...step, ...slope, ...age, ...BEFORE_COLUMNS],
    how: boost({ columnShare: 0.3 }),
  },
  {
    name: 'process, all',
    target: 'level',
    columns: [...raw, ...calm, ...sinceNew, ...age],
    how: process({ length: 1 }),
  },
  { name: 'process, long', target: 'level', columns: [...calm, ...sinceNew, ...age], how: process() },
  { name: 'process, calm', target: 'level', columns: [...calm, ...age], how: process({ noise: 0.1, length: 1.5 }) },
  { name: 'process', target: 'level', columns: [...calm, ...sinceNew, ...age], how: process({ length: 1 }) },
  {
    name: 'process, telling',
    target: 'level',
    columns: [...TELLING.map((it) => `${it}, calm`), ...TELLING.map((it) => `${it}, since new`), ...age],
    how: process({ length: 1 }),
  },
  {
    name: 'process, few',
    target: 'level',
    columns: [...TELLING.map((it) => `${it}, calm`), ...age],
    how: process({ noise: 0.1 }),
  },
  { name: 'ridge', target: 'level', columns: [...calm, ...sinceNew, ...age], how: ridge(0.01) },
  {
    name: 'ridge, all',
    target: 'level',
    columns: [...raw, ...calm, ...sinceNew, ...step, ...slope, ...age, ...BEFORE_COLUMNS],
    how: ridge(0.03),
  },
  ...pooled('level', [...calm, ...sinceNew, ...step, ...age]),
];

/** What it chooses from when capacity was measured before. */
export const withTests: readonly Candidate[] = [
  { name: 'poorer', target: 'level', columns: ['poorer estimate'], how: { kind: 'as it is' } },
  {
    name: 'poorer, mean corrected',
    target: 'level',
    columns: ['poorer estimate, mean corrected'],
    how: { kind: 'as it is' },
  },
  ...['lastingly', 'fleetingly'].map(
    (how): Candidate => ({
      name: `poorer, ${how} corrected`,
      target: 'level',
      columns: [`poorer estimate, ${how} corrected`],
      how: { kind: 'as it is' },
    }),
  ),
  {
    name: 'poorer, corrected',
    target: 'change',
    columns: ['poorer estimate since the test'],
    how: { kind: 'as it is' },
  },
  {
    name: 'boost, all',
    target: 'change',
    columns: [...raw, ...calm, ...sinceNew, ...sinceTest, ...step, ...slope, ...age, ...tests, ...poorer],
    how: boost({ columnShare: 0.3 }),
  },
  {
    name: 'process, few',
    target: 'change',
    columns: few,
    how: process({ length: 3 }),
  },
  {
    name: 'process, stiff',
    target: 'change',
    columns: few,
    how: process({ length: 3, noise: 0.4 }),
  },
  {
    name: 'process',
    target: 'change',
    columns: [...sinceNew, ...sinceTest, ...age, ...tests, ...poorer],
    how: process(),
  },
  {
    name: 'process, telling',
    target: 'change',
    columns: [...TELLING, ...TELLING.map((it) => `${it}, since the test`), ...age, ...tests, ...poorer],
    how: process({ length: 3, noise: 0.1 }),
  },
  {
    name: 'ridge',
    target: 'change',
    columns: [...sinceNew, ...sinceTest, ...age, ...tests, ...poorer],
    how: ridge(0.01),
  },
  {
    name: 'ridge, all',
    target: 'change',
    columns: [...raw, ...calm, ...sinceNew, ...sinceTest, ...step, ...slope, ...age, ...tests, ...poorer],
    how: ridge(0.03),
  },
  {
    name: 'ridge, few',
    target: 'change',
    columns: ['charges since the test', 'capacity change between tests', 'rhythm since the test', ...poorer],
    how: ridge(0.001),
  },
  ...pooled('change', [...sinceNew, ...sinceTest, ...step, ...age, ...tests]),
];

// The contract of grades and of the residual capacity test. Plain data, browser-safe.
import { z } from 'zod';
import { route } from '#kernel/api';
import { wire } from '#units/api';

export const grades = ['vehicle', 'storage', 'test-required', 'quarantine', 'recycle'] as const;
/** What somebody saw with his own eyes or an alarm told: no interval outweighs it. */
const foundVetoes = ['thermal-runaway', 'insulation', 'swollen', 'damaged', 'internal-short'] as const;
/** Those, and what follows from the other evidence. */
export const vetoKinds = [...foundVetoes, 'resistance', 'unknown-history'] as const;

/** In percent of the capacity when new; above 100 where a pack is better than its plate. */
const soh = z.number().min(0).max(150);
const ratio = z.number().min(0).max(100);

export const evidence = z.strictObject({
  /** Null when nobody has estimated it. */
  estimate: z
    .strictObject({
      soh,
      lower: soh,
      upper: soh,
      /** The interval holds the truth in so many of a hundred cases. */
      level: z.literal(90),
      measuredAt: wire.instant,
      /** `capacity-test`, or whatever the estimator calls what it stood on. */
      basis: z.string().min(1).max(64),
    })
    .refine((it) => it.lower <= it.soh && it.soh <= it.upper, 'lower <= soh <= upper')
    .nullable(),
  vetoes: z.array(z.enum(foundVetoes)).max(foundVetoes.length),
  /** Internal resistance over that of a new pack; null when unknown. */
  resistanceRatio: ratio.nullable(),
  /** Percent points of charge between its weakest and its strongest cell; null when unknown. */
  consistency: ratio.nullable(),
  historyKnown: z.boolean(),
});

/** Why a grade is what it is: a code, and the figures for its sentence. */
export const reason = z.object({
  code: z.enum([
    'veto',
    'no-estimate',
    'bound-holds',
    'held-by-margin',
    'held-by-test',
    'short-of-margin',
    'bound-below',
    'straddles',
    'spread-large',
    'resistance-high',
    'rise-needs-test',
    'nothing-new',
  ]),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const label = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) });

const policyInShort = z.object({
  version: z.string(),
  label,
  source: z.string(),
  labels: z.record(z.enum(grades), label),
  vetoes: z.array(z.object({ kind: z.enum(vetoKinds), label })),
});

const graded = z.object({
  grade: z.enum(grades),
  /** Since when. */
  at: wire.instant,
  policy: z.string(),
  reasons: z.array(reason),
  evidence,
  /** The newest measurement that left it so. */
  confirmedAt: wire.instant.nullable(),
});

const percent = z.number().min(0).max(100);
const temperatureC = z.number().min(-40).max(90);
const minutes = z.number().min(0).max(10_000);
const energyWh = wire.capacityWh;

/** What is told of each step. */
export const measured = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('look'), swollen: z.boolean(), damaged: z.boolean(), historyKnown: z.boolean() }),
  z.strictObject({ step: z.literal('insulation'), ohmPerVolt: z.number().min(0).max(1e9) }),
  z.strictObject({
    step: z.literal('voltage'),
    lowestCellV: z.number().min(0).max(10),
    highestCellV: z.number().min(0).max(10),
  }),
  z.strictObject({ step: z.literal('charge'), how: z.enum(['1I', 'maker']), temperatureC, soc: percent }),
  z.strictObject({ step: z.literal('rest'), minutes, temperatureC }),
  z.strictObject({ step: z.literal('discharge'), minutes, temperatureC, energyWh }),
]);
export const stepNames = ['look', 'insulation', 'voltage', 'charge', 'rest', 'discharge'] as const;

export const testResult = z.object({
  /** The consecutive ones that agree. */
  capacitiesWh: z.array(wire.wh),
  meanWh: z.number(),
  soh,
  lower: soh,
  upper: soh,
});

/** Why a test ended without a result: a code, and the figures for its sentence. */
export const failure = z.object({
  code: z.enum([
    'swollen',
    'damaged',
    'swollen-and-damaged',
    'insulation-low',
    'cell-outside',
    'cells-apart',
    'discharges-apart',
  ]),
  facts: z.record(z.string(), z.number()),
});

const test = z.object({
  id: z.uuid(),
  state: z.enum(['under-way', 'done', 'failed', 'aborted']),
  startedAt: wire.instant,
  endedAt: wire.instant.nullable(),
  /** Null when it is over. */
  next: z.enum(stepNames).nullable(),
  /** Of charge, rest and discharge; from 1. */
  round: z.int(),
  steps: z.array(z.object({ at: wire.instant, measured })),
  capacitiesWh: z.array(wire.wh),
  result: testResult.nullable(),
  /** Why it failed; null for one that did not, and for one that failed by limits of another day. */
  failure: failure.nullable(),
  /** Why it ended without a result, as it was written down: by us in English, or by whoever aborted it. */
  why: z.string().nullable(),
});

const one = z.object({ code: wire.packCode });
const why = z.string().trim().min(3).max(500);

export const gradeApi = {
  grades: route({
    method: 'GET',
    path: '/v1/packs/:code/grades',
    summary: 'What a pack is good for, by which policy and why; and every grade it had, newest first',
    may: 'pack.see',
    params: one,
    reply: z.object({ code: wire.packCode, items: z.array(graded), policies: z.array(policyInShort) }),
  }),
  capacityTest: route({
    method: 'GET',
    path: '/v1/packs/:code/capacity-test',
    summary: 'The residual capacity test of a pack, after GB/T 34015: what was measured, what comes next, its limits',
    may: 'pack.see',
    params: one,
    reply: z.object({
      code: wire.packCode,
      /** What the pack held when new. */
      ratedWh: wire.wh,
      limits: z.object({
        temperatureC: z.object({ min: z.number(), max: z.number() }),
        cellV: z.object({ min: z.number(), max: z.number() }),
        mostCellSpreadV: z.number(),
        leastOhmPerVolt: z.number(),
        leastRestMinutes: z.number(),
        leastSoc: z.number(),
        mostRounds: z.int(),
        agreeing: z.int(),
        /** In percent of the rated energy. */
        mostApart: z.number(),
        /** How far a discharge may be off the rated energy in one hour, in percent. */
        mostRateOff: z.number(),
        /** What a discharge may give, in percent of the rated energy. */
        energyPercent: z.object({ min: z.number(), max: z.number() }),
      }),
      /** The newest one; null when there was none. */
      test: test.nullable(),
    }),
  }),
  startTest: route({
    method: 'POST',
    path: '/v1/packs/:code/capacity-test',
    summary: 'Begin a residual capacity test; the pack is in quarantine until it is over',
    may: 'pack.judge',
    params: one,
    reply: test,
  }),
  takeStep: route({
    method: 'POST',
    path: '/v1/packs/:code/capacity-test/steps',
    summary: 'What was measured in the next step of the test; after the last one the pack is graded anew',
    may: 'pack.judge',
    params: one,
    body: z.strictObject({ measured }),
    reply: test,
  }),
  abortTest: route({
    method: 'POST',
    path: '/v1/packs/:code/capacity-test/abort',
    summary: 'End a test without a result; the pack stands as before',
    may: 'pack.judge',
    params: one,
    body: z.strictObject({ why }),
    reply: test,
  }),
};

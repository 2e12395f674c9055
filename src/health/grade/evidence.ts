// What a grade is decided from. A plain value: it is stored beside the grade, so that anybody can decide again.
import { z } from 'zod';
import { evidence, type grades, type reason, type vetoKinds } from '../api/grade.ts';

/** The basis of an estimate that comes from a residual capacity test. */
export const BY_TEST = 'capacity-test';

export type Evidence = z.output<typeof evidence>;
export type Estimate = NonNullable<Evidence['estimate']>;
export type VetoKind = (typeof vetoKinds)[number];
export type Grade = (typeof grades)[number];
export type Reason = z.output<typeof reason>;

/** As it is stored. */
export type StoredEvidence = z.input<typeof evidence>;
export const storedEvidence = (it: Evidence): StoredEvidence => z.encode(evidence, it);
export const evidenceOf = (stored: StoredEvidence): Evidence => z.decode(evidence, stored);

// The policy of grades as data: which limits, which vetoes, how much a bound must pass a limit by. No number of it is in code.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { grades, label, vetoKinds } from '../api/grade.ts';

const use = z.strictObject({
  grade: z.enum(['vehicle', 'storage']),
  /** Percent that the lower bound of the SoH must reach. */
  leastSoh: z.number().min(0).max(100),
  /** Percent points between the weakest and the strongest cell. */
  mostSpread: z.number().positive(),
  /** Internal resistance over that of a new pack. */
  mostResistanceRatio: z.number().positive(),
});

const veto = z.strictObject({
  kind: z.enum(vetoKinds),
  leadsTo: z.enum(['recycle', 'quarantine']),
  label,
  /** Once found it stands for ever, whatever later evidence leaves out. */
  lasting: z.literal(true).optional(),
  /** Only of `resistance`: from where on. */
  moreThanRatio: z.number().positive().optional(),
});

const policy = z
  .strictObject({
    version: z.string().regex(/^[\w.-]{1,32}$/, 'a version such as 2026-1'),
    label,
    source: z.string().min(1),
    /** Fields that nobody has published or measured. */
    assumed: z.array(z.string()),
    uses: z.array(use).length(2),
    /** Percent points that a bound must pass a limit by before a graded pack changes its grade. */
    marginPoints: z.number().min(0).max(20),
    /** So long what a capacity test proved is not put in doubt by the wider interval of an estimate. */
    testHoldsDays: z.number().min(0).max(730),
    vetoes: z.array(veto),
    labels: z.strictObject(Object.fromEntries(grades.map((it) => [it, label])) as Record<Grade, typeof label>),
  })
  .superRefine(({ uses, vetoes }, { addIssue }) => {
    const wrong = (path: (string | number)[], message: string) => addIssue({ code: 'custom', path, message });
    const [first, second] = uses;
    if (first?.grade !== 'vehicle' || second?.grade !== 'storage') wrong(['uses'], 'vehicle comes first, then storage');
    else if (first.leastSoh <= second.leastSoh) wrong(['uses', 1, 'leastSoh'], 'storage asks for less than vehicle');
    // A policy that forgets a veto would hand out what it was never asked about.
    for (const kind of vetoKinds) {
      const its = vetoes.filter((it) => it.kind === kind);
      if (its.length !== 1) wrong(['vetoes'], `"${kind}" stands here ${its.length} times, not once`);
      const needsRatio = kind === 'resistance';
      if (its.some((it) => (it.moreThanRatio !== undefined) !== needsRatio))
        wrong(['vetoes'], `"${kind}" ${needsRatio ? 'needs' : 'has no'} moreThanRatio`);
    }
  });

type Grade = (typeof grades)[number];
export type Policy = z.infer<typeof policy>;
export type Use = Policy['uses'][number];

export type ReadPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly issues: readonly { readonly field: string; readonly problem: string }[] };

/** Reads a policy. What is wrong is named by its field, such as `uses.1.leastSoh`. */
export function readPolicy(text: string): ReadPolicy {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, issues: [{ field: '', problem: (error as Error).message }] };
  }
  const read = policy.safeParse(json);
  if (read.success) return { ok: true, policy: read.data };
  return { ok: false, issues: read.error.issues.map((it) => ({ field: it.path.join('.'), problem: it.message })) };
}

/** The policy that is in force: `data/health/grade-policy.json`. Another content needs another version. */
export const gradePolicy: Policy = shipped();

/** @throws Error that names each wrong field */
function shipped(): Policy {
  const read = readPolicy(readFileSync(new URL('../../../data/health/grade-policy.json', import.meta.url), 'utf8'));
  if (read.ok) return read.policy;
  throw new Error(`grade-policy.json: ${read.issues.map((it) => `${it.field}: ${it.problem}`).join('; ')}`);
}

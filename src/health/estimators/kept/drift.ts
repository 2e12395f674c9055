// Does a model still fit the charges it is asked about? Kept decisions, held against capacity tests that came later.
import { z } from 'zod';
import { MODES, type Mode } from '../cells/cycle.ts';
import { WrongData } from '../cells/dataset.ts';
import type { Issue } from '../cells/reading.ts';
import { FEWEST_CHARGES } from '../predict.ts';
import { type Drift, driftAlarms } from './registry.ts';

/** What a model said of one charge: a line of `packloop health predict --json`. */
export interface Said {
  readonly file: string;
  readonly cycle: number;
  readonly model: string;
  readonly group: string;
  readonly mode: Mode;
  readonly standing: 'sound' | 'widened' | 'abstained';
  readonly soh: { readonly low: number; readonly high: number } | null;
}

/** A capacity that was measured at a charge, in Ah. `file` as in what was said. */
export interface CapacityMeasured {
  readonly file: string;
  readonly cycle: number;
  readonly capacityAh: number;
}

export interface Drifting extends Drift {
  readonly model: string;
  readonly mode: Mode;
  readonly alarms: readonly string[];
}

/**
 * How each model stands to the charges of late, a line for each mode in which it was asked, in the order of first asking.
 * Of a charge told twice the first counts: it is what was acted on. Charges too early to be judged by anybody are left out.
 * @param nominalAh of the cells of a group of a model
 * @param last so many charges of each model and mode, the last ones said
 */
export function drifting(
  said: readonly Said[],
  tests: readonly CapacityMeasured[],
  { nominalAh, last }: { readonly nominalAh: (it: Said) => number; readonly last: number },
): readonly Drifting[] {
  const truths = new Map(tests.map((it) => [chargeOf(it), it.capacityAh]));
  const once = new Map<string, Map<string, Said>>();
  for (const it of said) {
    if (it.cycle < FEWEST_CHARGES) continue;
    const which = JSON.stringify([it.model, it.mode]);
    const its = once.get(which) ?? new Map<string, Said>();
    once.set(which, its);
    const charge = chargeOf(it);
    if (!its.has(charge)) its.set(charge, it);
  }
  return [...once.values()].map((charges) => {
    const of = [...charges.values()].slice(-last);
    const { model, mode } = of[0]!;
    const held = of.flatMap((it) => {
      const truth = truths.get(chargeOf(it));
      return truth === undefined || it.soh === null ? [] : [isWithin(it.soh, truth / nominalAh(it))];
    });
    const drift: Drift = {
      charges: of.length,
      widened: of.filter((it) => it.standing === 'widened').length,
      abstained: of.filter((it) => it.standing === 'abstained').length,
      tested: held.length,
      covered: held.filter(Boolean).length,
    };
    return { model, mode, ...drift, alarms: driftAlarms(drift) };
  });
}

const chargeOf = ({ file, cycle }: { file: string; cycle: number }) => JSON.stringify([file, cycle]);
const isWithin = ({ low, high }: { low: number; high: number }, value: number) => low <= value && value <= high;

const charge = { file: z.string().min(1), cycle: z.int().min(1) };
const saidShape = z.object({
  ...charge,
  model: z.string(),
  group: z.string(),
  mode: z.enum(MODES),
  standing: z.enum(['sound', 'widened', 'abstained']),
  soh: z.object({ low: z.number(), high: z.number() }).nullable(),
});
const measuredShape = z.object({ ...charge, capacityAh: z.number().positive() });

/** Reads kept decisions, one JSON object a line. @throws WrongData by file and line */
export const readSaid = (text: string, file: string): readonly Said[] => linesOf(text, file, saidShape);

/** Reads capacity tests, one JSON object a line. @throws WrongData by file and line */
export const readMeasured = (text: string, file: string): readonly CapacityMeasured[] =>
  linesOf(text, file, measuredShape);

function linesOf<T>(text: string, file: string, shape: z.ZodType<T>): readonly T[] {
  const issues: Issue[] = [];
  const read = text.split('\n').flatMap((line, i): T[] => {
    if (line.trim() === '') return [];
    const wrong = (problem: string) => {
      issues.push({ file, line: i + 1, problem });
      return [];
    };
    try {
      const checked = shape.safeParse(JSON.parse(line));
      if (checked.success) return [checked.data];
      const { path, message } = checked.error.issues[0]!;
      return wrong(`${path.join('.') || 'the whole'}: ${message}`);
    } catch (error) {
      return wrong(`it is not JSON: ${(error as Error).message}`);
    }
  });
  if (issues.length > 0) throw new WrongData(issues);
  return read;
}

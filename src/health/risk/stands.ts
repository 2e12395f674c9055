// What stands against a pack after a session: an alarm does not take itself back, somebody has to look. Pure.
import type { Evidence } from '../grade/evidence.ts';
import { percentAt, slopeMvAt } from '../warning/curve.ts';
import type { Risk, RiskLevel } from '../warning/risk.ts';
import { type PackFacts, pointOf, type Session } from '../warning/session.ts';
import type { Sign } from '../warning/sign.ts';

const gravity: Readonly<Record<RiskLevel, number>> = { calm: 0, inspect: 1, stop: 2 };

/** The risk that stands, once these signs have been seen: the graver of both; of equal ones the newer, with its reasons. */
export const standing = (before: Risk, now: Risk): Risk => (gravity[now.level] >= gravity[before.level] ? now : before);

export const isRunaway = ({ reasons }: Pick<Risk, 'reasons'>): boolean =>
  reasons.some((it) => it.detector === 'runaway');

/** Graver than before; that a stopped pack runs away now is graver, too. */
export const isGraver = (now: Risk, before: Risk): boolean =>
  gravity[now.level] > gravity[before.level] || (isRunaway(now) && !isRunaway(before));

type Veto = Evidence['vetoes'][number];

/** Which sign means which veto of the grading policy. Warmth and resistance stop a pack too, but prove none of these. */
const vetoOf: Readonly<Partial<Record<Sign['detector'], Veto>>> = {
  runaway: 'thermal-runaway',
  insulation: 'insulation',
  'insulation-law': 'insulation',
  leak: 'internal-short',
  'leak-low': 'internal-short',
  voltage: 'internal-short',
};

/** What a risk says to whoever grades the pack: only of signs that stop it. */
export const vetoesOf = ({ reasons }: Pick<Risk, 'reasons'>): Veto[] => [
  ...new Set(reasons.flatMap((it) => (it.level === 'stop' ? (vetoOf[it.detector] ?? []) : []))),
];

/** Where a percent of charge moves the voltage by less, how far cells lie apart cannot be read off it. In mV. */
const FLAT_MV = 3;

/**
 * Percent points of charge between the weakest and the strongest cell at rest; undefined where the curve is too flat to tell,
 * as that of LFP is but near its ends and its step.
 */
export function consistencyIn(session: Session, { chemistry }: PackFacts): number | undefined {
  const rested = pointOf(session, 'rest-after')?.cellMv.filter((it) => it !== null);
  if (!rested || rested.length < 2) return undefined;
  const charges = rested.map((it) => percentAt(chemistry, it));
  const [least, most] = [Math.min(...charges), Math.max(...charges)];
  if (Math.min(slopeMvAt(chemistry, least), slopeMvAt(chemistry, most)) < FLAT_MV) return undefined;
  return Math.round((most - least) * 100) / 100;
}

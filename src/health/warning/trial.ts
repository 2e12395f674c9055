// One fault put into one simulated pack that was well: when it is found, beside what shouts at a fixed spread of voltages.
import { climates, duties, type Fault } from '#twin';
import type { Chemistry } from '#twin/api';
import { type Chance, chance } from '#units';
import { isWideApart } from './falseAlarms.ts';
import { carPack, type Life } from './healthy.ts';
import { liveInjected } from './injected.ts';
import { type RiskLevel, riskOf } from './risk.ts';
import type { Sign } from './sign.ts';
import type { Thresholds } from './thresholds.ts';
import { newWatch, watched } from './watch.ts';

export interface Trial {
  readonly chemistry: Chemistry;
  readonly duty?: 'taxi' | 'family';
  /** How full it is charged, 0 to 1; LFP to the top when absent, others to 0.95. */
  readonly chargeTo?: number;
  /** Begins at this second of a pack's life, in a cell of the caller's choice. */
  readonly fault: (fromS: number, dice: Chance) => Fault;
  readonly seed: number;
  readonly thresholds: Thresholds;
}

export interface Outcome {
  /** Hours from the fault to the end of the session after which the pack was to be inspected or stopped; NaN: never. */
  readonly foundH: number;
  /** Charges that ended in the meantime, the finding one included. */
  readonly charges: number;
  readonly stoppedH: number;
  readonly level: RiskLevel;
  readonly reason: Sign | null;
  /** The first reason names the cell that the fault is in; null when it was not found, or is in no cell. */
  readonly isRightCell: boolean | null;
  /** The same of whoever shouts when cells lie 50 mV apart. */
  readonly naiveH: number;
  /** It had been suspected before anything was wrong. */
  readonly wasSuspected: boolean;
}

const WELL_DAYS = 8;
const WITHIN_DAYS = 21;

export function tried({ chemistry, duty = 'taxi', chargeTo, fault, seed, thresholds }: Trial): Outcome {
  const dice = chance(seed).fork(`${chemistry} ${duty}`);
  const life: Life = {
    ...carPack(chemistry),
    duty: duties.find((it) => it.id === duty)!,
    climate: dice.pick(climates),
    chargeTo: chargeTo ?? (chemistry === 'LFP' ? 1 : 0.95),
    ageYears: 0,
  };
  const fromS = Math.round((duty === 'taxi' ? WELL_DAYS : 5 * WELL_DAYS) * 86_400 + dice.next() * 86_400);
  const wrong = fault(fromS, dice);
  let watch = newWatch(life.facts);
  let wasSuspected = false;
  let charges = 0;
  const found: { hours: number; level: RiskLevel; reason: Sign }[] = [];
  let stoppedH = Number.NaN;
  let naiveH = Number.NaN;
  liveInjected(life, {
    faults: [wrong],
    dice,
    maxDays: fromS / 86_400 + WITHIN_DAYS,
    tell(session) {
      const next = watched(watch, session, thresholds);
      watch = next.watch;
      const { level, reasons } = riskOf(next.signs);
      const hours = (session.endedS - fromS) / 3600;
      if (hours < 0) {
        if (level !== 'calm') wasSuspected = true;
        return wasSuspected;
      }
      if (session.kind === 'charge' && found.length === 0) charges++;
      if (Number.isNaN(naiveH) && isWideApart(session)) naiveH = hours;
      if (level !== 'calm' && found.length === 0) found.push({ hours, level, reason: reasons[0]! });
      if (level === 'stop' && Number.isNaN(stoppedH)) stoppedH = hours;
      return !Number.isNaN(stoppedH + naiveH);
    },
  });
  const [first] = found;
  return {
    foundH: first?.hours ?? Number.NaN,
    charges,
    stoppedH,
    level: first?.level ?? 'calm',
    reason: first?.reason ?? null,
    isRightCell: first && 'cell' in wrong ? first.reason.cell === wrong.cell : null,
    naiveH,
    wasSuspected,
  };
}

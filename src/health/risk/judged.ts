// What follows when something stands against a pack: it is kept, written in the record and told; what can burn leaves service.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { event, type Work } from '#kernel';
import { find } from '#pack';
import { append } from '#record';
import type { PackCode } from '#units';
import { wire } from '#units/api';
import { keepBack, vetoPack } from '../grade/gradePack.ts';
import type { Risk } from '../warning/risk.ts';
import type { PackFacts } from '../warning/session.ts';
import { readThresholds } from '../warning/thresholds.ts';
import { newWatch } from '../warning/watch.ts';
import { isGraver, isRunaway, standing, vetoesOf } from './stands.ts';
import { putWatch, type Stopped, type Watched } from './store.ts';

/** Another risk stands against a pack than before. */
export const riskChanged = event(
  'health.riskChanged',
  z.object({
    packCode: wire.packCode,
    level: z.enum(['calm', 'inspect', 'stop']),
    /** It burns, or will: seconds count. */
    isRunaway: z.boolean(),
    /** The first of the reasons. */
    detector: z.string().nullable(),
    /** Where its station found it; null when somebody cleared it. */
    at: z.object({ stationId: wire.stationId, slotNo: wire.slotNo, transactionId: z.string().nullable() }).nullable(),
  }),
);

/** The limits as committed. */
export const thresholds = readThresholds(
  readFileSync(new URL('../../../data/health/warning-thresholds.json', import.meta.url), 'utf8'),
);

/** Where and in which charge something was seen. */
export interface Seen extends Pick<Stopped, 'stationId' | 'slotNo'> {
  /** Null outside of any charge. */
  readonly transactionId: string | null;
}

/** Keeps what is known of a pack now, and lets follow what follows when that is graver than before. */
export async function judged(
  work: Work,
  it: Watched,
  now: Risk,
  { stationId, slotNo, transactionId }: Seen,
): Promise<void> {
  const risk = standing(it, now);
  const rises = isGraver(risk, it);
  const keepsBack = rises && risk.level === 'stop' ? await stopped(work, it, risk) : it.keepsBack;
  await putWatch(work, {
    ...it,
    ...risk,
    keepsBack,
    since: rises ? work.at : it.since,
    thresholds: thresholds.version,
  });
  if (!rises) return;
  const body = { level: risk.level, before: it.level, reasons: risk.reasons, thresholds: thresholds.version };
  await append(work, [{ subject: `pack:${it.packCode}`, type: 'health.risk-changed', body }]);
  work.announce(riskChanged, {
    packCode: it.packCode,
    level: risk.level,
    isRunaway: isRunaway(risk),
    detector: risk.reasons[0]?.detector ?? null,
    at: { stationId, slotNo, transactionId },
  });
}

/** Keeps a pack from vehicles: by its grade where a veto says so, else by itself. @returns the words under which it did so itself */
async function stopped(work: Work, { packCode, keepsBack }: Watched, risk: Risk): Promise<string | null> {
  const vetoes = vetoesOf(risk);
  if (vetoes.length > 0) await vetoPack(work, packCode, vetoes);
  const [pack] = await find(work, [packCode]);
  if (!pack || pack.quarantined) return keepsBack;
  const why = `early warning: ${risk.reasons[0]!.detector}`;
  await keepBack(work, packCode, why);
  return why;
}

/** Of a pack that was never watched before. */
export const unwatched = (work: Work, packCode: PackCode, facts: PackFacts): Watched => ({
  ...{ packCode, watch: newWatch(facts), learnsFrom: null, sessions: 0, at: null, thresholds: thresholds.version },
  ...{
    level: 'calm',
    reasons: [],
    since: work.at,
    keepsBack: null,
    consistency: null,
    clearedAt: null,
    finding: null,
    cause: null,
  },
});

import { type Door, serve, type Work } from '#kernel';
import type { PackCode } from '#units';
import { riskApi } from '../api/risk.ts';
import { type PacksReached, reachedPack } from '../grade/routes.ts';
import { clearRisk } from './clear.ts';
import { standsAgainst } from './store.ts';

export const riskRoutes = (door: Door, packsReached: PacksReached): void =>
  serve(door, riskApi, {
    risk: async (work, { params: { code }, reach }) => {
      await reachedPack(work, packsReached, { code, reach });
      return await shown(work, code);
    },
    clearRisk: async (work, { params: { code }, body: { finding, cause }, caller, reach }) => {
      await reachedPack(work, packsReached, { code, reach });
      await clearRisk(work, code, { finding, cause, by: caller.name });
      return await shown(work, code);
    },
  });

async function shown(work: Work, code: PackCode) {
  const it = await standsAgainst(work, code);
  if (!it) return { code, risk: null };
  const { level, since, sessions, at, consistency, thresholds, clearedAt, finding, cause } = it;
  const reasons = it.reasons.map(({ sinceS, ohm, ...sign }) => ({
    ...sign,
    since: Temporal.Instant.fromEpochMilliseconds(Math.round(sinceS * 1000)),
    ohm: ohm ?? null,
  }));
  const cleared = clearedAt && finding !== null ? { at: clearedAt, finding, cause: cause ?? 'pack' } : null;
  return { code, risk: { level, since, reasons, sessions, at, consistency, thresholds, cleared } };
}

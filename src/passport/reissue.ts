// At a second use a pack gets a passport of its own; the old one says no more, and both name each other: Article 77(7).
import type { Work } from '#kernel';
import { whereAre } from '#pack';
import { find as findStations } from '#station';
import type { PackCode, StationId } from '#units';
import { factsOf } from './gather.ts';
import { passportOf } from './passport.ts';
import { addIssue } from './store.ts';

/**
 * Issues the passport of a pack that was just re-coded. The old one is kept as it is in this moment; who has the pack answers
 * for the new one. Call it while the pack's slot still carries the old code: what the slot measures belongs to the old passport.
 */
export async function passportReissued(work: Work, original: PackCode, code: PackCode): Promise<void> {
  const frozen = passportOf(await factsOf(work, original));
  const holder = (await whereAre(work, [code])).get(code) ?? '';
  await addIssue(work, { code, original, at: work.at, responsible: await partyOf(work, holder), frozen });
}

/** Of a station it is who runs it. */
async function partyOf(work: Work, holder: string): Promise<string> {
  const [kind, id = ''] = [holder.slice(0, holder.indexOf(':')), holder.slice(holder.indexOf(':') + 1)];
  if (kind !== 'station') return id;
  return (await findStations(work, [id as StationId])).get(id as StationId)?.operatorId ?? id;
}

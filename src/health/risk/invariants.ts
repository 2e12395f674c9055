import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { type Invariant, recordset, type Work } from '#kernel';
import { newWatch, watched } from '../warning/watch.ts';
import { thresholds } from './judged.ts';
import { sessionsOf, type Watched, worried } from './store.ts';

export const riskInvariants: readonly Invariant[] = [
  {
    id: 'health.risk-follows',
    sentence: 'What early warning knows of a pack that is not calm follows again from the sessions it was learnt from',
    violations: async (work) =>
      sql`select pack, level from ${recordset({ pack: 'text', level: 'text' }, await differing(work))}`,
  },
];

async function differing(work: Work): Promise<{ pack: string; level: string }[]> {
  const found = [];
  for (const it of await worried(work))
    if (!(await replays(work, it))) found.push({ pack: it.packCode, level: it.level });
  return found;
}

/** Runaway is confirmed from the stream of samples, which is not kept among sessions: it is carried over. */
async function replays(work: Work, { packCode, watch: kept, learnsFrom }: Watched): Promise<boolean> {
  const sessions = await sessionsOf(work, packCode, learnsFrom);
  let watch = newWatch(kept.facts);
  if (learnsFrom) watch = { ...watch, atS: learnsFrom.epochMilliseconds / 1000 };
  for (const { session } of sessions) ({ watch } = watched(watch, session, thresholds));
  return isDeepStrictEqual(JSON.parse(JSON.stringify(watch.traces)), kept.traces);
}

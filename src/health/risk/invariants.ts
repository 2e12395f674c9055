import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { type Invariant, recordset, type Work } from '#kernel';
import { learntAnew } from './learntAnew.ts';
import { type Watched, worried } from './store.ts';

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

/** Of the detectors of today: what older ones knew is learnt again with the pack's next session. */
async function replays(work: Work, it: Watched): Promise<boolean> {
  const again = await learntAnew(work, it);
  return (
    again.version !== it.watch.version || isDeepStrictEqual(JSON.parse(JSON.stringify(again.traces)), it.watch.traces)
  );
}

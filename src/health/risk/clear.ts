// Somebody has looked at a pack himself.
import { Refused, type Work } from '#kernel';
import { known } from '#pack';
import { append } from '#record';
import type { PackCode } from '#units';
import type { clearCauses } from '../api/risk.ts';
import { liftVetoes, release } from '../grade/gradePack.ts';
import { cleared } from '../warning/watch.ts';
import { riskChanged } from './judged.ts';
import { isRunaway, vetoesOf } from './stands.ts';
import { putWatch, standsAgainst, watchOf } from './store.ts';

/**
 * He found it well: nothing stands against it any more, and it is learnt anew. A grade that followed from the risk remains
 * until a capacity test says otherwise. Thermal runaway is taken back only when it was none, because what measured it was
 * broken: then its lasting veto goes, too, and such a test can bring the pack back.
 * @throws Refused `pack-unknown`, `no-risk`, `runaway-stands`
 */
export async function clearRisk(
  work: Work,
  code: PackCode,
  {
    finding,
    cause,
    by,
  }: { readonly finding: string; readonly cause: (typeof clearCauses)[number]; readonly by: string },
): Promise<void> {
  const pack = (await known(work, [code])).get(code);
  if (!pack) throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
  const had = await watchOf(work, code);
  if (!had || had.level === 'calm')
    throw new Refused('no-risk', `Nothing stands against pack ${code}: there is nothing to clear`, { code }, 409);
  const wasRunaway = isRunaway(had);
  if (wasRunaway && cause === 'pack') throw runawayStands(code);
  await liftVetoes(work, code, vetoesOf(had), { disproved: cause !== 'pack' });
  if (had.keepsBack && pack.quarantinedWhy === had.keepsBack) await release(work, code, `risk cleared: ${finding}`);
  const calm = { level: 'calm', reasons: [], since: work.at, keepsBack: null } as const;
  const anew = { watch: cleared(had.watch), learnsFrom: had.at, sessions: 0 };
  await putWatch(work, { ...had, ...calm, ...anew, clearedAt: work.at, finding, cause });
  const body = { from: had.level, wasRunaway, cause, finding, by };
  await append(work, [{ subject: `pack:${code}`, type: 'health.risk-cleared', body }]);
  work.announce(riskChanged, { packCode: code, level: 'calm', isRunaway: false, detector: null, at: null });
}

const runawayStands = (code: PackCode) =>
  new Refused(
    'runaway-stands',
    `Pack ${code} ran away: that is taken back only when a sensor or its cable was broken. Name it as the cause`,
    { code },
    409,
  );

/** @throws Refused `risk-stands` while early warning keeps the pack from vehicles: its reasons are looked at first */
export async function demandNoRisk(work: Work, code: PackCode): Promise<void> {
  if ((await standsAgainst(work, code))?.level !== 'stop') return;
  const sentence = `Early warning stopped pack ${code}: look at the reasons and clear the risk first`;
  throw new Refused('risk-stands', sentence, { code });
}

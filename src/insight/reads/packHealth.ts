// The state of health of a pack as stations reported it, as a file: every hand-over, where its page shows at most 500.
import { Refused } from '#kernel';
import type { PackCode } from '#units';
import { atOnce, type Listing } from '../listing.ts';
import { healthSeries, type Point } from './packStory.ts';
import { packRowOf } from './packs.ts';

interface Reported extends Point {
  readonly pack: PackCode;
}

/** Oldest first. @throws Refused `pack-unknown`, also for a pack beyond reach */
export const packHealthListing: Listing<{ readonly pack: PackCode }, Reported> = atOnce(
  async (work, { filters: { pack: code }, reach }) => {
    const pack = await packRowOf(work, code, reach);
    if (!pack) throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
    return (await healthSeries(work, pack)).map((it) => ({ ...it, pack: code }));
  },
  (it) => `${it.at} ${it.from} ${it.swapId}`,
  [
    { name: 'pack', kind: 'text', of: (it) => it.pack },
    { name: 'at', kind: 'instant', of: (it) => it.at },
    { name: 'soh_percent', kind: 'number', of: (it) => it.soh },
    { name: 'soc_percent', kind: 'number', of: (it) => it.soc },
    { name: 'from', kind: 'text', of: (it) => it.from },
    { name: 'station', kind: 'text', of: (it) => it.stationId },
    { name: 'swap', kind: 'text', of: (it) => it.swapId },
  ],
);

// What the charges of a pack showed of its health, as a file: all of them, where its page shows at most 500.
import { type ChargeEstimate, estimatesOf } from '#health';
import { Refused } from '#kernel';
import type { PackCode } from '#units';
import { atOnce, type Listing } from '../listing.ts';
import { packRowOf } from './packs.ts';

const MOST = 100_000;

/** Newest first. @throws Refused `pack-unknown`, also for a pack beyond reach */
export const packChargeListing: Listing<{ readonly pack: PackCode }, ChargeEstimate> = atOnce(
  async (work, { filters: { pack: code }, reach }) => {
    if (!(await packRowOf(work, code, reach)))
      throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
    return await estimatesOf(work, code, MOST);
  },
  (it) => `${it.endedAt} ${it.stationId} ${it.transactionId}`,
  [
    { name: 'pack', kind: 'text', of: (it) => it.packCode },
    { name: 'started_at', kind: 'instant', of: (it) => it.startedAt },
    { name: 'ended_at', kind: 'instant', of: (it) => it.endedAt },
    { name: 'station', kind: 'text', of: (it) => it.stationId },
    { name: 'transaction', kind: 'text', of: (it) => it.transactionId },
    { name: 'standing', kind: 'text', of: (it) => it.standing },
    { name: 'why', kind: 'text', of: (it) => it.why },
    { name: 'soh_percent', kind: 'number', of: (it) => it.soh },
    { name: 'soh_lower_percent', kind: 'number', of: (it) => it.sohLower },
    { name: 'soh_upper_percent', kind: 'number', of: (it) => it.sohUpper },
    { name: 'resistance_of_new', kind: 'number', of: (it) => it.ohms },
    { name: 'resistance_lower', kind: 'number', of: (it) => it.ohmsLower },
    { name: 'resistance_upper', kind: 'number', of: (it) => it.ohmsUpper },
    { name: 'method', kind: 'text', of: (it) => it.method },
  ],
);

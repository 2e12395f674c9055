// Transfers that were booked together, as files: with one transfer, or for one swap.
import type { SwapId } from '#units';
import { atOnce, type Column, type Listing } from '../listing.ts';
import { type Leg, transferStory } from './books.ts';
import { swapTransfers } from './swapStory.ts';

const columns: readonly Column<Leg>[] = [
  { name: 'id', kind: 'text', of: (it) => it.id },
  { name: 'at', kind: 'instant', of: (it) => it.at },
  { name: 'kind', kind: 'text', of: (it) => it.kind },
  { name: 'unit', kind: 'text', of: (it) => it.unit },
  { name: 'asset', kind: 'text', of: (it) => it.asset },
  { name: 'from', kind: 'text', of: (it) => it.from },
  { name: 'to', kind: 'text', of: (it) => it.to },
  { name: 'amount', kind: 'whole', of: (it) => it.amount },
  { name: 'reason', kind: 'text', of: (it) => it.reason },
  { name: 'pending_id', kind: 'text', of: (it) => it.pendingId },
  { name: 'link', kind: 'text', of: (it) => it.link },
];

/** @throws Refused `transfer-unknown`, also when neither of its accounts is within reach */
export const linkedListing: Listing<{ readonly transfer: string }, Leg> = atOnce(
  async (work, { filters, reach }) => (await transferStory(work, filters.transfer, reach)).linked,
  (it) => it.id,
  columns,
);

interface SwapTransferFilters {
  readonly swap: SwapId;
  /** Whether drivers and vehicles may be named. */
  readonly maySeePeople: boolean;
}

/** @throws Refused `swap-unknown`, also for a swap beyond reach */
export const swapTransferListing: Listing<SwapTransferFilters, Leg> = atOnce(
  (work, { filters: { swap, maySeePeople }, reach }) => swapTransfers(work, swap, { reach, maySeePeople }),
  (it) => it.id,
  columns,
);

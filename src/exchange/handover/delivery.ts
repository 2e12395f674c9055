// What is brought to a hand-over, and what it is told.
import { Refused, type Work } from '#kernel';
import type { Head } from '#record/verify';
import type { PackCode, PartyId } from '#units';
import type * as store from './store.ts';
import { stateOf } from './told.ts';

/** The log, where one is open. */
export interface Heads {
  /** The pack's newest event in the log. */
  readonly newest: (code: PackCode) => Promise<Head | undefined>;
  /** Whether the log has ever said this of the pack. */
  readonly holds: (head: Head) => Promise<boolean>;
}

export interface Delivery {
  /** Whether whoever brings it sees the pack anyway. Who does not must bring the signature of whoever has it. */
  readonly isSeen: boolean;
  readonly heads: Heads | undefined;
}

/** What has become of a hand-over. */
export interface Delivered {
  readonly id: string;
  readonly state: 'offered' | 'expired' | 'certified' | 'disputed';
  readonly missing: PartyId[];
}

export const told = (work: Work, row: store.Row): Delivered => ({
  id: row.id,
  state: stateOf(row, work.at),
  missing: [...(row.giverSigned ? [] : [row.giver]), ...(row.receiverSigned ? [] : [row.receiver])],
});

export const unknownPack = (code: PackCode) => new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);

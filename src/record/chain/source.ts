// Where a notary has its checkpoints from: any log whose files can be read, or whoever writes one.
import { consistencyPath } from '#record/log';
import { type Files, Unproven, verifyConsistency } from '#record/verify';
import type { Anchorable, Anchored } from './anchor.ts';

export interface Source {
  readonly origin: string;
  /** The newest checkpoint; undefined while the log is empty. */
  newest(): Promise<Anchorable | undefined>;
  /** Whether the tree `old` is the beginning of `now`; undefined when that cannot be told. */
  startsWith?(now: Anchorable, old: Anchored): Promise<boolean | undefined>;
}

/** From the tiles of a log: an older tree is proven to be its beginning, or not. */
export const startsWith =
  (files: Files): NonNullable<Source['startsWith']> =>
  async (now, old) => {
    try {
      await verifyConsistency({ old, now, path: await consistencyPath(files, old.size, now.size) });
      return true;
    } catch (error) {
      if (!(error instanceof Unproven)) throw error;
      return error.reason === 'not-consistent' ? false : undefined; // tiles that are missing prove nothing
    }
  };

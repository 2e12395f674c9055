// Whether the chain knew a checkpoint, and since which block: what anybody asks who trusts neither the log nor its witnesses.
import { consistencyPath } from '#record/log';
import { type Checkpoint, type Files, readCheckpoint, readNote, Unproven, verifyConsistency } from '#record/verify';
import { type AnchorContract, anchorsOf, type Found, isSameTree } from './anchor.ts';

export type Known =
  /** This very tree stands there. */
  | { readonly is: 'anchored'; readonly by: Found }
  /** A larger tree stands there, and this one is proven to be its beginning: so it was there by then. */
  | { readonly is: 'contained'; readonly by: Found }
  /** Another tree of this size stands there: the log showed two histories. */
  | { readonly is: 'contradicted'; readonly by: Found }
  /** Only one checkpoint in a minute is anchored. `above` could be proven to contain it from a copy, which has `copied` entries. */
  | {
      readonly is: 'unknown';
      readonly below?: Found | undefined;
      readonly above?: Found | undefined;
      readonly copied?: number;
    };

/**
 * @param files of a copy of the log at least as large as the anchor above, if there is one
 * @throws ChainTrouble; Unproven when the files are not those of the log
 */
export async function whatChainKnows(
  contract: AnchorContract,
  checkpoint: Pick<Checkpoint, 'origin' | 'size' | 'root'>,
  { fromBlock = 0n, files = undefined as Files | undefined } = {},
): Promise<Known> {
  const all = await anchorsOf(contract, checkpoint.origin, { fromBlock });
  const same = all.find((it) => it.size === checkpoint.size);
  if (same) return { is: isSameTree(same, checkpoint) ? 'anchored' : 'contradicted', by: same };
  const below = all.findLast((it) => it.size < checkpoint.size);
  const above = all.find((it) => it.size > checkpoint.size);
  if (files === undefined || above === undefined) return { is: 'unknown', below, above };
  try {
    const copied = await sizeOfCopy(files);
    if (copied < above.size) return { is: 'unknown', below, above, copied };
    const path = await consistencyPath(files, checkpoint.size, above.size, copied);
    await verifyConsistency({ old: checkpoint, now: above, path });
    return { is: 'contained', by: above };
  } catch (error) {
    // The way between the two is made from a copy that nobody vouches for: when it does not fit, that proves nothing.
    if (error instanceof Unproven && error.reason !== 'file-missing') throw error;
    if (error instanceof Unproven) return { is: 'unknown', below, above };
    throw error;
  }
}

/** As the copy says itself: that only tells which tiles to look for. */
async function sizeOfCopy(files: Files): Promise<number> {
  const bytes = await files('checkpoint');
  if (bytes === undefined) throw new Unproven('file-missing', 'The copy has no checkpoint');
  return readCheckpoint(readNote(bytes).text).size;
}

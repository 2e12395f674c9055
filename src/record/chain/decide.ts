// What the notary does next. Pure.
import type { Anchorable, Anchored } from './anchor.ts';
import { isSameTree } from './anchor.ts';

/** A chain that shows a tree which our log never had: somebody forked it, or our database was rolled back. */
export interface Evidence {
  readonly kind: 'chain-ahead' | 'other-root';
  readonly origin: string;
  readonly ours: Pick<Anchorable, 'size' | 'root'>;
  readonly chain: Anchored;
}

export interface Situation {
  readonly origin: string;
  /** The newest checkpoint of the log; absent while it is empty. */
  readonly ours: Anchorable | undefined;
  /** The newest tree on the chain. */
  readonly chain: Anchored | undefined;
  /** Whether the tree on the chain is the beginning of ours; absent when nobody can tell. */
  readonly isOurBeginning?: boolean | undefined;
  /** Our transaction that has not been seen to arrive. */
  readonly sent?:
    | { readonly size: number; readonly ageMs: number; readonly fate: 'waiting' | 'mined' | 'lost' }
    | undefined;
  /** The largest size of ours that stood on the chain, as far as we have seen. */
  readonly stood: number;
  /** Since we last sent one. */
  readonly sinceMs: number;
}

export interface Pace {
  /** At most one anchor in this time. */
  readonly everyMs: number;
  /** A transaction that has not arrived by then is replaced. */
  readonly patienceMs: number;
}

export type Next =
  | { readonly do: 'wait'; readonly because: 'empty' | 'anchored' | 'on-its-way' | 'too-early' }
  /** `again`: what was sent, or stood already, is not there. `replaces`: it hangs, and its place is to be taken. */
  | { readonly do: 'anchor'; readonly again: boolean; readonly replaces: boolean }
  | { readonly do: 'alarm'; readonly evidence: Evidence };

const wait = (because: Extract<Next, { do: 'wait' }>['because']): Next => ({ do: 'wait', because });

export function next(situation: Situation, pace: Pace): Next {
  const { origin, ours, chain, isOurBeginning, sent, stood, sinceMs } = situation;
  if (ours === undefined && chain === undefined) return wait('empty');
  const mine = ours ?? { size: 0, root: new Uint8Array(32) };
  const alarm = (kind: Evidence['kind'], there: Anchored): Next => ({
    do: 'alarm',
    evidence: { kind, origin, ours: { size: mine.size, root: mine.root }, chain: there },
  });
  if (chain !== undefined && chain.size > mine.size) return alarm('chain-ahead', chain);
  if (chain !== undefined && chain.size === mine.size)
    return isSameTree(chain, mine) ? wait('anchored') : alarm('other-root', chain);
  if (chain !== undefined && isOurBeginning === false) return alarm('other-root', chain);

  const there = chain?.size ?? 0;
  if (sent !== undefined && sent.size > there) {
    if (sent.fate === 'waiting')
      return sent.ageMs < pace.patienceMs ? wait('on-its-way') : { do: 'anchor', again: true, replaces: true };
    // Forgotten by the chain, or mined and yet not there: refused, or undone by another branch.
    return { do: 'anchor', again: true, replaces: false };
  }
  if (stood > there) return { do: 'anchor', again: true, replaces: false };
  return sinceMs < pace.everyMs ? wait('too-early') : { do: 'anchor', again: false, replaces: false };
}

// The notary: looks at the log and at the chain, and anchors the newest checkpoint. It asks the log, the log never waits for it; what
// came meanwhile is not queued, since the newest checkpoint speaks for all before it.
import { setTimeout as pause } from 'node:timers/promises';
import { type AnchorContract, type Anchored, isSameTree, latestAnchored, sendAnchor } from './anchor.ts';
import { fate, type Sent } from './chain.ts';
import { type Evidence, type Next, next, type Pace } from './decide.ts';
import type { Source } from './source.ts';

export interface Options extends Partial<Pace> {
  /** Between two looks, while all is well. After failures twice as long each time, up to five minutes. */
  readonly lookMs?: number;
  /** Milliseconds of a clock that does not go back. */
  readonly now: () => number;
  /** Whether it is still the chain that the contracts were put on: throws when not. */
  readonly isRight?: () => Promise<void>;
  /** Told once of each piece of evidence: to be kept and shown to everybody. */
  readonly alarm: (evidence: Evidence) => void;
  /** Told of each look: what was decided, or why nothing could be. */
  readonly seen?: (what: Next | { readonly do: 'fail'; readonly because: Error }) => void;
}

export interface Notary {
  /** The newest tree of ours that stands on the chain, as of the last look. */
  readonly anchored: Anchored | undefined;
  /** Why the last look came to nothing. */
  readonly problem: string | undefined;
  /** While it stands, nothing is anchored over it. */
  readonly evidence: Evidence | undefined;
  /** One look, now; what fails is thrown. */
  look(): Promise<Next>;
  /** Looks until it is told to end. */
  run(): void;
  end(): Promise<void>;
}

const LONGEST_PAUSE_MS = 300_000;

export function openNotary(source: Source, contract: AnchorContract, options: Options): Notary {
  const { now, alarm, seen = () => {}, lookMs = 5_000, everyMs = 60_000, patienceMs = 90_000 } = options;
  let anchored: Anchored | undefined;
  let problem: string | undefined;
  let evidence: Evidence | undefined;
  /** A chain that seems ahead may only be quicker than our reading: it is believed at the second look. */
  let suspected: Evidence | undefined;
  let sent: { readonly size: number; readonly at: number; readonly transaction: Sent } | undefined;
  let stood = 0;
  let last = Number.NEGATIVE_INFINITY;

  async function look(): Promise<Next> {
    await options.isRight?.();
    // Asked before the tree is read: one that was mined between the two would seem mined and yet not there.
    const itsFate = sent && (await fate(contract.chain, sent.transaction));
    const chain = await latestAnchored(contract, source.origin);
    const ours = await source.newest();
    if (sent !== undefined && chain !== undefined && chain.size >= sent.size) sent = undefined;
    const isBelow = ours !== undefined && chain !== undefined && chain.size < ours.size;
    // A tree that was found to be ours once needs no second proof.
    const isKnown = chain !== undefined && anchored !== undefined && isSameTree(chain, anchored);
    const isOurBeginning = isBelow && !isKnown ? await source.startsWith?.(ours, chain) : undefined;
    const way = sent && itsFate && { size: sent.size, ageMs: now() - sent.at, fate: itsFate };
    const { origin } = source;
    const pace = { everyMs, patienceMs };
    const decided = next({ origin, ours, chain, isOurBeginning, sent: way, stood, sinceMs: now() - last }, pace);
    if (decided.do === 'alarm') {
      if (decided.evidence.kind === 'chain-ahead' && !isSame(suspected, decided.evidence)) suspected = decided.evidence;
      else if (!isSame(evidence, decided.evidence)) {
        evidence = decided.evidence;
        alarm(evidence);
      }
      return decided;
    }
    suspected = undefined;
    evidence = undefined;
    anchored = chain;
    stood = Math.max(stood, chain?.size ?? 0);
    if (decided.do === 'anchor' && ours !== undefined) {
      const transaction = await sendAnchor(contract, ours, decided.replaces ? sent?.transaction : undefined);
      last = now();
      sent = { size: ours.size, at: last, transaction };
    }
    return decided;
  }

  const ended = new AbortController();
  let running: Promise<void> = Promise.resolve();
  async function run(): Promise<void> {
    for (let failures = 0; !ended.signal.aborted; ) {
      try {
        seen(await look());
        problem = undefined;
        failures = 0;
      } catch (error) {
        problem = (error as Error).message;
        failures += 1;
        seen({ do: 'fail', because: error as Error });
      }
      const ms = Math.min(lookMs * 2 ** Math.min(failures, 16), Math.max(lookMs, LONGEST_PAUSE_MS));
      await pause(ms, undefined, { signal: ended.signal, ref: false }).catch(() => {});
    }
  }

  return {
    get anchored() {
      return anchored;
    },
    get problem() {
      return problem;
    },
    get evidence() {
      return evidence;
    },
    look,
    run() {
      running = run();
    },
    async end() {
      ended.abort();
      await running; // no longer than the time limits of the requests under way
    },
  };
}

const isSame = (a: Evidence | undefined, b: Evidence): boolean => a?.kind === b.kind && isSameTree(a.chain, b.chain);

// Which entries may be placed now. Numbers come from an identity column: a transaction that is still open may commit a lower
// one later, and one that was rolled back never will. PostgreSQL's own snapshots tell the two apart; no queue table is needed.

/** Numbers that were missing when higher ones were there already. */
export interface Hole {
  readonly from: number;
  readonly to: number;
  /** All transactions that may fill it are older than this one; not known before the look after the one that noticed the hole. */
  readonly before?: number;
  readonly sinceMs: number;
}

export interface Reading {
  /** Every number up to here is placed, or in a hole, or given up. */
  readonly through: number;
  /** By number. Those above `through` hold what comes after them back. */
  readonly holes: readonly Hole[];
}

/** What one statement saw: all of it in one snapshot. */
export interface Sight {
  /** All transactions below this have ended. */
  readonly xmin: number;
  /**
   * Of the transaction that looks, given to it before it looked: whoever had begun at an earlier look is older. (What a snapshot
   * calls its `xmax` is no such bound: it is one above the newest that *ended*, and younger ones may be open.)
   */
  readonly own: number;
  readonly nowMs: number;
  /** In order: those above `through` (without gaps but what is missing), and those that lie in holes below it. */
  readonly seqs: readonly number[];
}

/**
 * So long an open transaction may hold back what came after it, so that the log has the order of the numbers. Longer, and the
 * log goes on without it: its entries come when it commits.
 */
export const PATIENCE_MS = 300;

/**
 * @returns the numbers to be placed, in order, and how far the reading has come then. Entries about one subject keep the order
 * of their numbers, unless transactions about it overlap for longer than the patience; the rooms' row locks do not let them.
 */
export function decide(
  { through, holes: noticed }: Reading,
  { xmin, own, nowMs, seqs }: Sight,
): { take: number[]; next: Reading } {
  const holes = noticed.map((it) => ({ ...it, before: it.before ?? own }));
  // Else whoever drew these numbers has ended, and we would see them.
  const isOpen = ({ before }: Hole) => before === undefined || xmin < before;
  const late = seqs.filter((it) => it <= through);
  const fresh = seqs.filter((it) => it > through);
  const below = holes.filter((it) => it.to <= through).flatMap((it) => without(it, late));
  const last = fresh.at(-1) ?? through;
  const older = holes.filter((it) => it.to > through);
  const above = missingIn(through, fresh).flatMap((it) => aged(it, older, nowMs));
  const beyond = older.filter((it) => it.to > last).map((it) => ({ ...it, from: Math.max(it.from, last + 1) }));
  const missing = above.filter(isOpen);
  const awaited = missing.find((it) => nowMs - it.sinceMs < PATIENCE_MS);
  const end = awaited === undefined ? last : awaited.from - 1;
  return {
    take: [...late, ...fresh.filter((it) => it <= end)],
    next: { through: end, holes: [...below.filter(isOpen), ...missing, ...beyond] },
  };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** What lies between these numbers, which are in order, from behind `through` on. */
function missingIn(through: number, seqs: readonly number[]): Range[] {
  const ranges: Range[] = [];
  let at = through;
  for (const seq of seqs) {
    if (seq > at + 1) ranges.push({ from: at + 1, to: seq - 1 });
    at = seq;
  }
  return ranges;
}

/** The range cut where parts of it were noticed before, each with its age; what is new is as old as `now`. */
function aged({ from, to }: Range, known: readonly Hole[], nowMs: number): Hole[] {
  const now = { sinceMs: nowMs };
  const parts: Hole[] = [];
  let at = from;
  for (const it of known) {
    if (it.to < at || it.from > to) continue;
    if (it.from > at) parts.push({ ...now, from: at, to: it.from - 1 });
    parts.push({ ...it, from: Math.max(it.from, at), to: Math.min(it.to, to) });
    at = Math.min(it.to, to) + 1;
  }
  return at > to ? parts : [...parts, { ...now, from: at, to }];
}

/** What is left of a hole when some of its numbers have come. */
const without = (hole: Hole, come: readonly number[]): Hole[] => {
  const inside = come.filter((it) => it >= hole.from && it <= hole.to);
  return inside.length === 0
    ? [hole]
    : missingIn(hole.from - 1, [...inside, hole.to + 1]).map((it) => ({ ...hole, ...it }));
};

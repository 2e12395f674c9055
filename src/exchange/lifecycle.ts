// The life of a pack as a vocabulary: which entries of the record belong to which stage, and what must come before what.
import type { Holder } from '#ledger';
import type { ReportKind, Stage } from './words.ts';

export interface LifeEvent {
  readonly type: string;
  readonly stage: Stage;
  /** As what it is reported; absent: nobody wants to know. */
  readonly report?: ReportKind;
  /** One of these must have come before, since the last of `until` if there was one. */
  readonly after?: { readonly any: readonly string[]; readonly until?: readonly string[]; readonly why: string };
}

/** Whatever is not here belongs to a pack's life without an order of its own, such as what was measured. */
export const vocabulary: readonly LifeEvent[] = [
  { type: 'pack.registered', stage: 'production', report: 'production' },
  {
    type: 'pack.second-use',
    stage: 'second-life',
    report: 'reuse',
    after: { any: ['pack.registered'], why: 'a second life begins with a registration under its new code' },
  },
  { type: 'title.transferred', stage: 'in-use', report: 'sale' },
  { type: 'swap.pack-given', stage: 'in-use', report: 'swap' },
  { type: 'swap.pack-returned', stage: 'in-use', report: 'swap' },
  { type: 'pack.placed', stage: 'in-use' },
  { type: 'pack.handed-over', stage: 'in-use' },
  { type: 'pack.handover-disputed', stage: 'in-use' },
  { type: 'health.soh-estimated', stage: 'in-use' },
  { type: 'pack.counters-read', stage: 'in-use' },
  { type: 'pack.quarantined', stage: 'maintenance' },
  { type: 'pack.tested', stage: 'maintenance', report: 'repair' },
  {
    type: 'pack.cleared',
    stage: 'maintenance',
    report: 'repair',
    after: {
      any: ['pack.quarantined'],
      until: ['pack.cleared'],
      why: 'only a pack in quarantine is cleared',
    },
  },
  { type: 'pack.recalled', stage: 'maintenance' },
  {
    type: 'pack.recall-lifted',
    stage: 'maintenance',
    after: { any: ['pack.recalled'], until: ['pack.recall-lifted'], why: 'only a recall is lifted' },
  },
  { type: 'pack.graded', stage: 'maintenance' },
  { type: 'pack.succeeded', stage: 'retired', report: 'retirement' },
  { type: 'exchange.pack-lost', stage: 'in-use' },
  {
    type: 'exchange.pack-found',
    stage: 'in-use',
    after: { any: ['exchange.pack-lost'], until: ['exchange.pack-found'], why: 'only a lost pack is found' },
  },
];

export const lifeEvent = (type: string): LifeEvent | undefined => vocabulary.find((it) => it.type === type);

export interface Told {
  readonly seq: number;
  readonly type: string;
  readonly at: Temporal.Instant;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The stage that an entry brings a pack into, and as what it is reported; some depend on what the entry says. */
export function meaning({ type, body }: Pick<Told, 'type' | 'body'>): Pick<LifeEvent, 'stage' | 'report'> | undefined {
  if (type === 'pack.graded' && body.grade === 'recycle') return { stage: 'retired', report: 'retirement' };
  return lifeEvent(type);
}

/**
 * The stage that a pack is in by all that was told of it. What is measured or booked of it moves it nowhere: it is retired until
 * it is graded for a use again, and in maintenance until what keeps it back was lifted. Under the code of its second use, use
 * is its second life; under the code that was given up it has gone on to it.
 */
export function stageNow(
  told: readonly Pick<Told, 'type' | 'body'>[],
  { original, successor, holder }: { original?: string; successor?: string; holder?: Holder | undefined },
): Stage {
  if (successor) return 'second-life';
  const holds = new Set<string>();
  let isRetired = false;
  for (const { type, body } of told) {
    if (type === 'pack.quarantined' || type === 'exchange.pack-lost') holds.add('quarantine');
    if (type === 'pack.cleared') holds.delete('quarantine');
    if (type === 'pack.recalled') holds.add('recall');
    if (type === 'pack.recall-lifted') holds.delete('recall');
    if (type === 'pack.graded') isRetired = body.grade === 'recycle';
  }
  if (isRetired) return 'retired';
  if (holds.size > 0) return 'maintenance';
  if (original) return 'second-life';
  // Where it was registered the record does not tell: that would say in whose vehicle.
  const isUsed = holder?.startsWith('vehicle:') || told.some((it) => meaning(it)?.stage === 'in-use');
  return isUsed ? 'in-use' : 'production';
}

/** Who vouches for an entry, as far as it says so: who decided, who signed, the organisation that gave, the station. */
export function vouchers({ by, signers, from, to, stationId }: Told['body']): string[] {
  if (typeof by === 'string') return [by];
  if (Array.isArray(signers)) return signers.filter((it) => typeof it === 'string');
  if (typeof from === 'string' && typeof to === 'string') return [from, to];
  return typeof stationId === 'string' ? [`station:${stationId}`] : [];
}

export interface Gap {
  /** Of the entry that shows it; null when something is missing at the end. */
  readonly seq: number | null;
  readonly rule: string;
  readonly sentence: string;
}

/** What the books and other rooms know of a pack, against which its history is held. */
export interface Known {
  /** How often each type of entry must be there, by what the other rooms keep. Types that are not named are not counted. */
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * What is missing in a pack's recorded history: what never follows what it follows, and what other books know and the
 * record does not. That an entry itself was taken out of the log is proven by `packloop verify pack`, without trusting us.
 * @param chain how many events the log's heads count for this pack; undefined where no log runs
 */
export function gapsIn(history: readonly Told[], known: Known, chain?: number): Gap[] {
  const gaps: Gap[] = [];
  if (history[0]?.type !== 'pack.registered' && history.some((it) => it.type !== 'pack.registered'))
    gaps.push({
      seq: history[0]?.seq ?? null,
      rule: 'begins',
      sentence: 'The history does not begin with a registration',
    });
  const since = new Map<string, Set<string>>();
  let isOut: boolean | undefined;
  let isOver = false;
  for (const it of history) {
    const { after } = lifeEvent(it.type) ?? {};
    if (after) {
      const seen = since.get(it.type) ?? new Set();
      if (!after.any.some((one) => seen.has(one)))
        gaps.push({ seq: it.seq, rule: `before ${it.type}`, sentence: after.why });
    }
    for (const one of vocabulary) {
      if (!one.after) continue;
      const seen = since.get(one.type) ?? new Set<string>();
      if (one.after.until?.includes(it.type)) seen.clear();
      if (one.after.any.includes(it.type)) seen.add(it.type);
      since.set(one.type, seen);
    }
    if (it.type === 'swap.pack-given' || it.type === 'swap.pack-returned') {
      const goesOut = it.type === 'swap.pack-given';
      if (isOut === goesOut)
        gaps.push({
          seq: it.seq,
          rule: 'in and out take turns',
          sentence: goesOut ? 'Given out twice, and not returned between' : 'Returned twice, and not given out between',
        });
      isOut = goesOut;
    }
    if (it.type === 'pack.placed') isOut = undefined; // somebody looked: a new beginning
    if (isOver && meaning(it)?.stage === 'in-use')
      gaps.push({ seq: it.seq, rule: 'ended', sentence: 'In use after its life under this code had ended' });
    if (it.type === 'pack.succeeded') isOver = true;
  }
  for (const [type, many] of Object.entries(known.counts)) {
    const told = history.filter((it) => it.type === type).length;
    if (told !== many)
      gaps.push({
        seq: null,
        rule: `count of ${type}`,
        sentence: `The books know ${many} of ${type}, the history ${told}`,
      });
  }
  if (chain !== undefined && chain !== history.length)
    gaps.push({
      seq: null,
      rule: 'chain',
      sentence: `The log counts ${chain} events of it, the history has ${history.length}`,
    });
  return gaps;
}

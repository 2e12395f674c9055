// The life of a pack as the page shows it: phase by phase, and what may come next. Pure.
import type { exchangeApi, Stage } from '#exchange/api';
import type { Answer } from '../../../shared/client.ts';
import type { T } from '../../words/index.ts';
import { happenedKey } from './happened.ts';

export type Life = Answer<typeof exchangeApi.lifecycle>;
export type LifeEvent = Life['events'][number];

export interface Phase {
  readonly name: Stage | 'first-life';
  /** `over`: it was in it. `ahead`: not yet, or never. */
  readonly is: 'over' | 'now' | 'ahead';
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly swaps: number;
  /** What a person wants to know of it, the newest first. */
  readonly milestones: readonly LifeEvent[];
}

/** Of these there are too many to tell one by one; the history has them. */
const isEveryday = ({ type }: LifeEvent): boolean =>
  type.startsWith('swap.') || type === 'health.soh-estimated' || type === 'pack.counters-read';

const firstCode: readonly Stage[] = ['production', 'in-use', 'maintenance', 'retired', 'second-life', 'recycled'];
const secondCode: readonly Stage[] = ['second-life', 'maintenance', 'retired', 'recycled'];

export function phasesOf(life: Life): Phase[] {
  const { original, events } = life;
  const stageOf = ({ stage }: LifeEvent): Stage | null =>
    original !== null && (stage === 'in-use' || stage === 'production') ? 'second-life' : stage;
  const phases = (original === null ? firstCode : secondCode).map((name): Phase => {
    const its = events.filter((it) => stageOf(it) === name);
    // Its registration under the new code is the same moment as the second use, and says less.
    const told = its.filter((it) => !isEveryday(it) && !(original !== null && it.type === 'pack.registered'));
    // The old code hears no more of it than that it goes on.
    const gaveUp = life.successor !== null && name === 'second-life';
    const began = gaveUp ? events.findLast((it) => it.type === 'pack.succeeded')?.at : its[0]?.at;
    return {
      name,
      is: life.stage === name ? 'now' : its.length > 0 ? 'over' : 'ahead',
      since: began,
      until: its.at(-1)?.at,
      swaps: its.filter((it) => it.type.startsWith('swap.')).length,
      milestones: told.toReversed(),
    };
  });
  if (original === null) return phases;
  const before: Phase = {
    name: 'first-life',
    is: 'over',
    since: undefined,
    until: events[0]?.at,
    swaps: 0,
    milestones: [],
  };
  return [before, ...phases];
}

export const isLost = ({ events }: Life): boolean =>
  events.findLast((it) => it.type === 'exchange.pack-lost' || it.type === 'exchange.pack-found')?.type ===
  'exchange.pack-lost';

export type Step = 'sale' | 'test' | 'second-use' | 'recycling' | 'lost' | 'found';

export interface Next {
  readonly step: Step;
  /** Why not now; absent when it may be done. */
  readonly not?: 'second-already' | 'in-vehicle' | 'nobody-has-it' | 'is-lost' | 'not-retired';
}

/**
 * What may come next, for whoever may decide about packs. Nothing after its code was given up.
 * @param holder who has it by the ledger
 */
export function nextOf(life: Life, holder: string | null): Next[] {
  if (life.successor !== null) return [];
  const lost = isLost(life);
  const away: Next['not'] = lost
    ? 'is-lost'
    : holder === null
      ? 'nobody-has-it'
      : holder.startsWith('vehicle')
        ? 'in-vehicle'
        : undefined;
  const next = (step: Step, not: Next['not']): Next => ({ step, ...(not && { not }) });
  return [
    next('sale', undefined),
    next('test', away),
    next('second-use', life.original === null ? away : 'second-already'),
    next('recycling', life.stage === 'retired' ? away : 'not-retired'),
    next(lost ? 'found' : 'lost', undefined),
  ];
}

/** What the record lacks, in words; the server's own where it knows a rule that we do not. */
export function gapInWords({ rule, sentence }: Life['gaps'][number], t: T): string {
  const typed = (type: string) => {
    const key = happenedKey(type);
    return key ? t(key) : type;
  };
  if (rule in known) return t(`life.gap.${known[rule as keyof typeof known]}`);
  const [, before] = /^before (\S+)$/.exec(rule) ?? [];
  if (before) return t('life.gap.before', { what: typed(before) });
  const [, counted] = /^count of (\S+)$/.exec(rule) ?? [];
  if (counted) return t('life.gap.count', { what: typed(counted) });
  return sentence;
}

const known = { begins: 'begins', 'in and out take turns': 'turns', ended: 'ended', chain: 'chain' } as const;

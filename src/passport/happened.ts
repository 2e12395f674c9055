// What the record's entries about a pack are in the words of passports and of the national platform. One list for both.
import type { Instant } from '#units';

/**
 * The steps of a battery's life that the digital identity of the Interim Measures (in force 1 April 2026) links; `danger` is
 * what Annex XIII calls a negative event.
 */
export const lifeSteps = ['production', 'fitted', 'swap', 'repair', 'retired', 'reuse', 'danger'] as const;
export type LifeStep = (typeof lifeSteps)[number];

interface Told {
  readonly type: string;
  readonly at: Instant;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Happened {
  readonly step: LifeStep;
  readonly what: string;
  readonly at: Instant;
}

/** Everything of a pack's history that is a step, oldest first; the first hand-over to a vehicle is its fitting. */
export function lifeOf(history: readonly Told[]): Happened[] {
  let isFitted = false;
  return history.flatMap(({ type, at, body }): Happened[] => {
    const moment = typeof body.at === 'string' ? Temporal.Instant.from(body.at) : at;
    if (type === 'swap.pack-given' && !isFitted) {
      isFitted = true;
      return [{ step: 'fitted', what: 'first handed out to a vehicle', at: moment }];
    }
    const step = STEPS[type];
    if (!step || (type === 'health.risk-changed' && body.level !== 'stop')) return [];
    if (type === 'pack.graded' && body.grade !== 'recycle') return [];
    return [{ ...step, at: moment }];
  });
}

export const happened = (history: readonly Told[], step: LifeStep): Happened[] =>
  lifeOf(history).filter((it) => it.step === step);

const STEPS: Readonly<Record<string, Omit<Happened, 'at'>>> = {
  'pack.registered': { step: 'production', what: 'entered the network' },
  'swap.pack-given': { step: 'swap', what: 'handed out to a vehicle' },
  'swap.pack-returned': { step: 'swap', what: 'returned to a station' },
  'pack.tested': { step: 'repair', what: 'capacity tested in a workshop' },
  'pack.graded': { step: 'retired', what: 'graded for recycling' },
  'pack.succeeded': { step: 'retired', what: 'left vehicles for a second use' },
  'pack.second-use': { step: 'reuse', what: 're-coded for a second use' },
  'health.risk-changed': { step: 'danger', what: 'stopped by early warning' },
  'pack.recalled': { step: 'danger', what: 'recalled by its maker or the authority' },
};

// What happened so far, for the line on the screen and for tests.
import type { Outcome } from './station/index.ts';

/** One visit as it ended. */
export interface Seen {
  readonly stationId: string;
  readonly vin: string;
  readonly how: string;
}

export class Tally {
  swapped = 0;
  /** By reason. */
  readonly refused = new Map<string, number>();
  left = 0;
  interrupted = 0;
  /** Drivers between the wish to swap and its end. */
  onTheWay = 0;
  readonly #hear: ((seen: Seen & { readonly outcome: Outcome }) => void) | undefined;

  constructor(hear?: (seen: Seen & { readonly outcome: Outcome }) => void) {
    this.#hear = hear;
  }

  saw(outcome: Outcome, seen: Seen): void {
    if (outcome.kind === 'refused') this.refused.set(outcome.why, (this.refused.get(outcome.why) ?? 0) + 1);
    else this[outcome.kind]++;
    this.#hear?.({ ...seen, outcome });
  }

  get refusals(): number {
    return [...this.refused.values()].reduce((sum, it) => sum + it, 0);
  }
}

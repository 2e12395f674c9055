// What stations say of time. Their clocks are sometimes wrong by years: such a time is told and not believed.
import { OcppError } from '#link';
import type { Anomaly } from '#station';
import { type Instant, readInstant, type StationId } from '#units';

/** No station keeps what it could not tell for longer than this; and so much may two good clocks differ. */
const MOST_BEHIND_MS = 30 * 86_400_000;
const MOST_AHEAD_MS = 5 * 60_000;

/** Reads the times of one round of messages, and remembers whose clock is wrong. */
export class StationClocks {
  readonly #now: Instant;
  readonly #wrong = new Map<StationId, string>();

  constructor(now: Instant) {
    this.#now = now;
  }

  /**
   * When something happened, by the station's clock, and never later than now: what is reported has happened. A clock that
   * is more than 30 days behind or 5 minutes ahead of ours is wrong, and what it dates happened now; else one such date
   * would outdate everything that comes after it.
   * @throws OcppError for what the format allows and no calendar has
   */
  instantOf(stationId: StationId, text: string, field: string): Instant {
    const told = read(text, field);
    const aheadMs = told.epochMilliseconds - this.#now.epochMilliseconds;
    if (aheadMs > MOST_AHEAD_MS || aheadMs < -MOST_BEHIND_MS) {
      this.#wrong.set(stationId, text);
      return this.#now;
    }
    return aheadMs > 0 ? this.#now : told;
  }

  /** One line for each station whose clock is wrong, however many of its messages showed it. */
  lines(): Anomaly[] {
    return [...this.#wrong].map(([stationId, told]) => ({
      stationId,
      kind: 'clock-wrong',
      sentence: `Its clock is wrong: it dated something ${told.slice(0, 40)}; what it tells is booked by ours`,
      facts: { told: told.slice(0, 40), ours: this.#now.toString() },
    }));
  }
}

function read(text: string, field: string): Instant {
  try {
    return readInstant(text);
  } catch {
    throw new OcppError('PropertyConstraintViolation', `${field} is not a time we can keep: ${text.slice(0, 40)}`, {
      field,
    });
  }
}

export type Instant = Temporal.Instant;
export type Duration = Temporal.Duration;

/**
 * Reads a time of RFC 3339, which bounds no fraction of a second; ours ends with the nanosecond.
 * @throws RangeError for what the format allows and no calendar has
 */
export const readInstant = (text: string): Instant => Temporal.Instant.from(text.replace(/(\.\d{9})\d+/, '$1'));

/** Where the present comes from. Real in production, turned by hand in tests, faster in a demo. */
export type Clock = () => Instant;

export const systemClock: Clock = () => Temporal.Now.instant();

/**
 * A clock that shows `start` at the real instant `realStart` and runs `speed` times as fast: only for demo networks.
 * Two processes with the same three values show the same time.
 */
export function fastClock(speed: number, start: Instant = systemClock(), realStart: Instant = start): Clock {
  const from = start.epochMilliseconds;
  const realFrom = realStart.epochMilliseconds;
  return () =>
    Temporal.Instant.fromEpochMilliseconds(Math.round(from + (systemClock().epochMilliseconds - realFrom) * speed));
}

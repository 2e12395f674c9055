export type Instant = Temporal.Instant;
export type Duration = Temporal.Duration;

/** Where the present comes from. Real in production, turned by hand in tests, faster in a demo. */
export type Clock = () => Instant;

export const systemClock: Clock = () => Temporal.Now.instant();

/** A clock that starts now and runs `speed` times as fast as the world's: only for demo networks. */
export function fastClock(speed: number, start: Instant = systemClock()): Clock {
  const from = start.epochMilliseconds;
  return () =>
    Temporal.Instant.fromEpochMilliseconds(Math.round(from + (systemClock().epochMilliseconds - from) * speed));
}

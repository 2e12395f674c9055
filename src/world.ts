// The world the server lives in: its clock, its chance and its log; a test gives its own.
import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import type { RandomBytes } from '#station';
import { type Clock, fastClock, systemClock, uuidV7 } from '#units';
import type { Config } from './config.ts';
import type { Outages } from './outages.ts';

/** What a test turns by hand. */
export interface World {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly randomBytes: RandomBytes;
  readonly log: FastifyBaseLogger;
}

export type AppConfig = Config & { readonly DATABASE_URL: string };

/** The real world but for what is given. */
export function worldFor(config: AppConfig, given: Partial<World>, { hooks }: Outages): World {
  const clock = given.clock ?? clockOf(config);
  return {
    clock,
    newId: () => uuidV7(clock().epochMilliseconds, randomBytes(10)),
    randomBytes,
    log: pino({ level: config.LOG_LEVEL, hooks }),
    ...given,
  };
}

function clockOf({ CLOCK_SPEED, CLOCK_START }: AppConfig): Clock {
  if (CLOCK_SPEED === undefined) return systemClock;
  const now = systemClock();
  return fastClock(CLOCK_SPEED, CLOCK_START === undefined ? now : Temporal.Instant.from(CLOCK_START), now);
}

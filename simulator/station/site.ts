// What every part of one run of a station's program works with.
import type { Chance } from '#units';
import type { Faults } from '../faults.ts';
import type { Life } from '../life.ts';
import type { RosterStation } from '../roster.ts';
import type { Memory, Slot } from './memory.ts';
import type { Outbox } from './outbox.ts';
import { type Happening, happened, isoOf, type Told } from './wire.ts';

export interface Site {
  readonly roster: RosterStation;
  readonly slots: readonly Slot[];
  readonly memory: Memory;
  readonly faults: Faults;
  readonly chance: Chance;
  readonly life: Life;
  readonly outbox: Outbox;
  say(line: string): void;
}

/** At most so many events in one NotifyEvent. */
const MOST_EVENTS = 20;

/** Events as messages to be told, numbered, at this moment or at a time each. */
export function eventsOf({ memory, life }: Site, events: readonly (Happening & { readonly atMs?: number })[]): Told[] {
  const now = life.scheduler.ms();
  const numbered = events.map(({ atMs = now, ...it }) => happened(it, ++memory.lastEventId, atMs));
  return chunks(numbered, MOST_EVENTS).map((eventData, seqNo, all) => ({
    action: 'NotifyEvent',
    payload: { generatedAt: isoOf(now), seqNo, tbc: seqNo < all.length - 1, eventData },
  }));
}

export const chunks = <T>(all: readonly T[], size: number): [T, ...T[]][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size) as [T, ...T[]]);

export const slotAt = ({ slots }: Site, no: number | undefined): Slot | undefined => slots.find((it) => it.no === no);

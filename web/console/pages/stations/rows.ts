// The map's columns as rows of a table, kept up to date by its deltas. Pure.
import type { z } from 'zod';
import type { mapApi, mapDelta } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';

type MapNow = Answer<typeof mapApi.now>;
export type Delta = z.input<typeof mapDelta>;

export interface StationRow {
  readonly id: string;
  readonly name: string;
  readonly profile: string;
  readonly operator: string;
  /** Empty where none is known. */
  readonly region: string;
  readonly online: boolean;
  readonly ready: number;
  readonly slots: number;
  readonly charging: number;
  readonly queue: number;
  readonly openSwap: string | null;
  readonly anomalies: number;
  readonly swapsLastHour: number;
  readonly swapsToday: number;
  /** Why it serves nobody; null while it does. */
  readonly outOfUse: string | null;
}

export const rowsOf = (it: MapNow): StationRow[] =>
  it.id.map((id, n) => ({
    id,
    name: it.name[n]!,
    profile: it.profiles[it.profile[n]!] ?? '',
    operator: it.operators[it.operator[n]!] ?? '',
    region: it.regions[it.region[n]!] ?? '',
    online: it.online[n] === 1,
    ready: it.ready[n]!,
    slots: it.slots[n]!,
    charging: it.charging[n]!,
    queue: it.queue[n]!,
    openSwap: it.openSwap[n]!,
    anomalies: it.anomalies[n]!,
    swapsLastHour: it.swapsLastHour[n]!,
    swapsToday: it.swapsToday[n]!,
    outOfUse: it.outOfUse[n] ?? null,
  }));

/** The rows after these changes, and whether one is of a station that is not among them: then all is to be read anew. */
export function changed(
  rows: readonly StationRow[],
  deltas: readonly Delta[],
): { readonly rows: readonly StationRow[]; readonly isStranger: boolean } {
  const news = new Map(deltas.flatMap((delta) => delta.rows.map((it) => [it[0] as string, it] as const)));
  if (news.size === 0) return { rows, isStranger: false };
  let known = 0;
  const next = rows.map((row) => {
    const it = news.get(row.id);
    if (!it) return row;
    known++;
    const [, online, ready, slots, charging, queue, openSwap, anomalies, swapsLastHour, swapsToday, outOfUse] = it;
    return {
      ...row,
      online: online === 1,
      ready,
      slots,
      charging,
      queue,
      openSwap,
      anomalies,
      swapsLastHour,
      swapsToday,
      outOfUse,
    };
  });
  return { rows: next, isStranger: known < news.size };
}

/** What an operator wants to know first of a station. */
export const states = ['stuck', 'swapping', 'idle', 'empty', 'offline', 'out-of-use'] as const;
export type StationState = (typeof states)[number];

const stuck: readonly string[] = ['blocked', 'stranded', 'unreturned'];

/** As the server has it for its filter `state`. */
export function stateOf({
  online,
  openSwap,
  ready,
  outOfUse,
}: Pick<StationRow, 'online' | 'openSwap' | 'ready' | 'outOfUse'>): StationState {
  if (outOfUse !== null) return 'out-of-use';
  if (!online) return 'offline';
  if (openSwap) return stuck.includes(openSwap) ? 'stuck' : 'swapping';
  return ready > 0 ? 'idle' : 'empty';
}

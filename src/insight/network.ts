import type { SwapProfile } from '#pack';
import type { OutOfUse, SlotState } from '#station';
import type { Fen, Instant, PackCode, Percent, Place, SlotNo, StationId, SwapId, W, Wh } from '#units';

export interface SlotNow {
  readonly no: SlotNo;
  readonly state: SlotState;
  readonly packCode: PackCode | null;
  readonly modelId: string | null;
  readonly soc: Percent | null;
  readonly soh: Percent | null;
  readonly powerW: W;
  readonly quarantined: boolean;
}

export interface StationNow {
  readonly id: StationId;
  readonly name: string;
  readonly place: Place;
  readonly profile: SwapProfile;
  readonly presetId: string;
  /** Why it serves nobody; null while it does. */
  readonly outOfUse: OutOfUse | null;
  readonly online: boolean;
  readonly lastSeenAt: Instant | null;
  readonly slots: SlotNow[];
  readonly ready: number;
  readonly charging: number;
  readonly swapsToday: number;
  readonly openSwap: { readonly id: SwapId; readonly state: string; readonly startedAt: Instant } | null;
  readonly anomalies24h: number;
}

/** What a station did since its midnight. */
export interface Day {
  readonly swaps: number;
  readonly lastHour: number;
  readonly revenueFen: Fen;
  readonly energyWh: Wh;
}

/** From this on a pack is offered to a driver as charged. */
export const READY = 80;

export const isReady = (slot: { state: SlotState; soc: number | null; quarantined: boolean | null }): boolean =>
  slot.state === 'occupied' && (slot.soc ?? 0) >= READY && slot.quarantined !== true;

export function totalsOf(
  stations: readonly StationNow[],
  days: ReadonlyMap<StationId, Day>,
  rest: { readonly packsOnRoad: number; readonly openSwaps: number },
) {
  const sum = <Row>(rows: Iterable<Row>, of: (row: Row) => number): number => {
    let total = 0;
    for (const row of rows) total += of(row);
    return total;
  };
  return {
    ...rest,
    stations: stations.length,
    online: sum(stations, (it) => (it.online ? 1 : 0)),
    packsInStations: sum(stations, (it) => sum(it.slots, (slot) => (slot.packCode ? 1 : 0))),
    swapsToday: sum(days.values(), (it) => it.swaps),
    swapsLastHour: sum(days.values(), (it) => it.lastHour),
    energyTodayWh: sum(days.values(), (it) => it.energyWh) as Wh,
    revenueTodayFen: sum(days.values(), (it) => it.revenueFen) as Fen,
    chargingW: Math.round(sum(stations, (it) => sum(it.slots, (slot) => slot.powerW))) as W,
  };
}

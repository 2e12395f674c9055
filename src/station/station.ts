import type { StationPresetId } from '#pack';
import type { Celsius, Instant, PackCode, PartyId, Percent, Place, SlotNo, StationId, W } from '#units';
import type { outOfUseWhys } from './api.ts';

export interface OutOfUse {
  readonly why: (typeof outOfUseWhys)[number];
  readonly since: Instant;
}

/** OCPP 2.1 part 2 section A: 1 password over plain WebSocket, 2 password over TLS, 3 client certificate. */
export type SecurityProfile = 1 | 2 | 3;

export interface Station {
  readonly id: StationId;
  readonly name: string;
  readonly operatorId: PartyId;
  readonly presetId: StationPresetId;
  readonly place: Place;
  /** Such as CN-GD-SZ; people and numbers are confined to regions. */
  readonly region: string | null;
  /** IANA name; tariff windows are evaluated in it. */
  readonly timeZone: string;
  /** Whether it takes the empty pack before it gives the full one (S03.FR.07 of edition 2). */
  readonly swapOrder: 'In-Out' | 'Out-In';
  readonly securityProfile: SecurityProfile;
  readonly registeredAt: Instant;
  readonly vendor: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly lastBootAt: Instant | null;
  /** Why it serves nobody, and since when; null while it does. */
  readonly outOfUse: OutOfUse | null;
  readonly online: boolean;
  readonly lastSeenAt: Instant | null;
}

/** In OCPP's words: Available (holds nothing), Occupied (holds a pack), Unavailable, Faulted. */
export type SlotState = 'empty' | 'occupied' | 'unavailable' | 'faulted';

/**
 * A place for one pack. `state` is what its sensors say, `packCode` what the swaps say; for the moments between a sensor's
 * report and the swap's they differ, in either order, and neither overrules the other.
 */
export interface Slot {
  readonly stationId: StationId;
  readonly slotNo: SlotNo;
  readonly state: SlotState;
  readonly packCode: PackCode | null;
  readonly soc: Percent | null;
  readonly soh: Percent | null;
  readonly powerW: W;
  readonly transactionId: string | null;
  /** Of the pack, as its slot measures it; null where the station does not report it. */
  readonly temperatureC: Celsius | null;
  readonly temperatureAt: Instant | null;
  readonly lock: LockState | null;
  readonly lockAt: Instant | null;
  readonly updatedAt: Instant;
}

/** SlotStatus of OCPP's device model. */
export type LockState = 'open' | 'locked' | 'faulted';

/** Names one slot. */
export type SlotPlace = Pick<Slot, 'stationId' | 'slotNo'>;

/** What is new of one slot; a field that is left out stays as it is. */
export interface SlotChange {
  readonly stationId: StationId;
  readonly slotNo: SlotNo;
  readonly state?: SlotState;
  /** When the sensor said so; older reports never undo newer ones. Absent: it holds whatever sensors said before. */
  readonly stateAt?: Instant;
  /** Null: the pack has left. */
  readonly packCode?: PackCode | null;
  readonly soc?: Percent;
  readonly soh?: Percent;
  readonly powerW?: W;
  /** When SoC, SoH and power were measured; older ones are passed over. Absent: now. */
  readonly measuredAt?: Instant;
  /** Null: nothing charges here any more. */
  readonly transactionId?: string | null;
  readonly temperatureC?: Celsius;
  readonly temperatureAt?: Instant;
  readonly lock?: LockState;
  readonly lockAt?: Instant;
}

/** Several changes of one slot as one, the newer over the older, so that a single statement can write them. */
export function mergedChanges(changes: readonly SlotChange[]): SlotChange[] {
  const merged = new Map<string, SlotChange>();
  for (const it of changes) {
    const key = slotKey(it.stationId, it.slotNo);
    const before = merged.get(key);
    merged.set(key, before ? { ...before, ...newPart(before, it) } : it);
  }
  return [...merged.values()];
}

/** What of `change` is not older than what `before` says already. */
function newPart(before: SlotChange, change: SlotChange): SlotChange {
  const { state, stateAt, soc, soh, powerW, measuredAt, temperatureC, temperatureAt, lock, lockAt, ...rest } = change;
  return {
    ...rest,
    ...(!isOlder(stateAt, before.stateAt) && { ...(state && { state }), ...(stateAt && { stateAt }) }),
    ...(!isOlder(measuredAt, before.measuredAt) && {
      ...(soc !== undefined && { soc }),
      ...(soh !== undefined && { soh }),
      ...(powerW !== undefined && { powerW }),
      ...(measuredAt && { measuredAt }),
    }),
    ...(!isOlder(temperatureAt, before.temperatureAt) && {
      ...(temperatureC !== undefined && { temperatureC }),
      ...(temperatureAt && { temperatureAt }),
    }),
    ...(!isOlder(lockAt, before.lockAt) && { ...(lock && { lock }), ...(lockAt && { lockAt }) }),
  };
}

const isOlder = (a: Instant | undefined, b: Instant | undefined): boolean =>
  a !== undefined && b !== undefined && Temporal.Instant.compare(a, b) < 0;

export const slotKey = (stationId: StationId, slotNo: SlotNo): string => `${stationId} ${slotNo}`;

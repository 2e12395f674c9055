// The working set of one batch: what the decisions may know, and what they want written. No I/O.
import type { Holder, Linked } from '#ledger';
import type { Observation, OwnersAt, Pack, StationPresetId, SwapProfile } from '#pack';
import type { Swapper } from '#party';
import type { Happening } from '#record';
import type { Anomaly, Ask, SlotChange, Station } from '#station';
import type { Instant, PackCode, StationId, SwapId, Vin } from '#units';
import type { Racks } from './racks.ts';
import { type Moved, type Swap, withProblem } from './swap.ts';

export interface DeskStation {
  readonly id: StationId;
  readonly operatorId: string;
  readonly profile: SwapProfile;
  readonly presetId: StationPresetId;
  readonly firmware: string | null;
  readonly swapOrder: Station['swapOrder'];
  /** How many slots it has; slots count from 1. */
  readonly slots: number;
}

export interface MoveRow extends Omit<Moved, 'at' | 'forbidden'> {
  readonly swapId: SwapId;
  readonly direction: 'in' | 'out';
  readonly nth: number;
  readonly at: Instant;
  readonly booked: boolean;
}

/** A move that was not booked when it was told, for the books had the pack there already. */
export type Unbooked = Pick<MoveRow, 'swapId' | 'direction' | 'code' | 'nth' | 'energyWh'>;

export interface Desk {
  readonly at: Instant;
  readonly newId: () => SwapId;
  readonly stations: ReadonlyMap<StationId, DeskStation>;
  /** By token in lower case. */
  readonly swappers: ReadonlyMap<string, Swapper>;
  readonly packs: Map<PackCode, Pack>;
  /** Who holds each pack by the ledger, with what this batch has moved. */
  readonly places: Map<PackCode, Holder>;
  readonly racks: Racks;
  /** The code that a pack has by now, by the old one that a station told in this batch. */
  readonly successors: ReadonlyMap<PackCode, PackCode>;
  /** Of the packs that go out. */
  readonly owners: OwnersAt;
  /** Which swap a pack is promised to. */
  readonly promises: Map<PackCode, SwapId>;
  readonly promisedBefore: ReadonlyMap<PackCode, SwapId>;
  /** How many packs each vehicle has by the books; only those that hold several and whose swap nobody announced. */
  readonly holdings: ReadonlyMap<Vin, number>;
  /** Packs that a driver brought back here though by the books they had never left: the token by the pack, in lower case. */
  readonly broughtEarly: Map<PackCode, Unbooked & { readonly idToken: string }>;
  readonly swaps: Map<SwapId, Swap>;
  readonly byStation: Map<StationId, Set<SwapId>>;
  readonly changed: Set<SwapId>;

  readonly legs: Linked[];
  readonly moves: MoveRow[];
  /** Moves of earlier messages that are booked only now. */
  readonly bookedNow: Unbooked[];
  readonly observations: (Observation & { readonly at: Instant })[];
  readonly slotChanges: SlotChange[];
  readonly happenings: Happening[];
  readonly strangers: { readonly code: PackCode; readonly holder: Holder }[];
  readonly quarantines: { readonly code: PackCode; readonly why: string }[];
  readonly commands: Ask[];
  readonly anomalies: Anomaly[];
}

type Known = Pick<
  Desk,
  | 'at'
  | 'newId'
  | 'stations'
  | 'swappers'
  | 'packs'
  | 'places'
  | 'racks'
  | 'successors'
  | 'owners'
  | 'promises'
  | 'holdings'
  | 'broughtEarly'
>;

export function newDesk(known: Known, swaps: readonly Swap[]): Desk {
  const desk: Desk = {
    ...known,
    promisedBefore: new Map(known.promises),
    swaps: new Map(),
    byStation: new Map(),
    changed: new Set(),
    legs: [],
    moves: [],
    bookedNow: [],
    observations: [],
    slotChanges: [],
    happenings: [],
    strangers: [],
    quarantines: [],
    commands: [],
    anomalies: [],
  };
  for (const swap of swaps) index(desk, swap);
  return desk;
}

function index(desk: Desk, swap: Swap): void {
  desk.swaps.set(swap.id, swap);
  const here = desk.byStation.get(swap.stationId);
  if (here) here.add(swap.id);
  else desk.byStation.set(swap.stationId, new Set([swap.id]));
}

/** Puts a swap on the desk as it is now. */
export function put(desk: Desk, swap: Swap): Swap {
  const now = { ...swap, updatedAt: desk.at };
  index(desk, now);
  desk.changed.add(swap.id);
  return now;
}

/** The swaps under way at a station. */
export const openAt = (desk: Desk, stationId: StationId): Swap[] =>
  swapsAt(desk, stationId).filter((it) => it.endedAt === null);

export const swapsAt = (desk: Desk, stationId: StationId): Swap[] =>
  [...(desk.byStation.get(stationId) ?? [])].map((id) => desk.swaps.get(id)!);

/** Something about a pack does not go by the book: a line for the operator, and a problem of the swap. */
export function withTold(
  desk: Desk,
  swap: Swap,
  kind: string,
  sentence: string,
  { code, at }: Pick<Moved, 'code' | 'at'>,
): Swap {
  tell(desk, swap.stationId, kind, sentence, { swapId: swap.id, code });
  return withProblem(swap, kind, sentence, at);
}

/** A line for the operator about a station; those about different things stand beside each other. */
export const tell = (
  desk: Desk,
  stationId: StationId,
  kind: string,
  sentence: string,
  facts: Record<string, unknown> = {},
  about = '',
) => void desk.anomalies.push({ stationId, kind, sentence, facts, about });

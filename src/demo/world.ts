// A made-up network as plain data: what is registered with the rooms, and what the simulator is told of it.
import type { Entering } from '#pack';
import type { Driver, Party, Token, Vehicle } from '#party';
import type { NewStation, SlotChange } from '#station';
import type { DriverId, Fen, Place, StationId } from '#units';

/** A vehicle with what its driver does all day. */
export interface Traveller {
  readonly vehicle: Vehicle;
  readonly token: Token;
  readonly use: 'private' | 'taxi' | 'ride-hailing' | 'freight' | 'delivery';
  readonly kmPerDay: number;
  readonly swapsPerDay: number;
  readonly place: Place;
  readonly packs: readonly Entering[];
  /** Stations that serve it, the nearest first. */
  readonly stationIds: readonly StationId[];
  /** How its driver swaps, as weights. */
  readonly how: { readonly app: number; readonly card: number; readonly remote: number };
}

export interface World {
  readonly parties: readonly Party[];
  readonly stations: readonly NewStation[];
  /** Which pack stands where. */
  readonly stock: readonly { readonly pack: Entering; readonly change: SlotChange }[];
  readonly drivers: readonly Driver[];
  readonly travellers: readonly Traveller[];
  /** What prepaid drivers paid in. */
  readonly topUps: readonly { readonly driverId: DriverId; readonly amount: Fen }[];
}

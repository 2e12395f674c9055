import type { DriverId, PartyId, Vin } from '#units';
import type { PartyKind } from './words.ts';

/** An organisation: it runs stations, holds packs, makes them, insures them, has a share in them, or is the platform itself. */
export interface Party {
  readonly id: PartyId;
  readonly name: string;
  readonly kind: PartyKind;
}

export interface Driver {
  readonly id: DriverId;
  readonly name: string;
  /** Prepaid: pays from a balance that cannot go below zero. Postpaid: is sent an invoice. */
  readonly payment: 'prepaid' | 'postpaid';
  /** Whose driver this is; the platform's when absent. */
  readonly partyId?: PartyId | null | undefined;
}

export interface Vehicle {
  readonly vin: Vin;
  /** A model of the pack room's catalogue. */
  readonly modelId: string;
  readonly plate: string;
  /** `2.14.3`, as its maker last told us: which packs it can work with depends on it. */
  readonly firmware: string;
  /** Whose it is; the platform's when absent. */
  readonly partyId?: PartyId | null | undefined;
}

/** What a driver shows to a station: an RFID card, the car's own identity, an app account. */
export interface Token {
  /** At most 255 characters; upper and lower case are the same (OCPP 2.1, IdTokenType). */
  readonly idToken: string;
  readonly type: string;
  readonly driverId: DriverId;
  readonly vin: Vin;
  readonly status: 'active' | 'blocked' | 'expired';
}

/** Who stands before the station, with which vehicle. */
export interface Swapper {
  readonly driverId: DriverId;
  readonly payment: Driver['payment'];
  readonly vin: Vin;
  readonly modelId: string;
  readonly firmware: string;
  readonly status: Token['status'];
}

export const sameCase = (idToken: string): string => idToken.toLowerCase();

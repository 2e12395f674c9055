import type { Brand } from './brand.ts';

/** The battery pack's one code: GB/T 34014-2017 or GB/T 45565-2025, at most 50 characters as OCPP's serialNumber. */
export type PackCode = Brand<string, 'PackCode'>;
/** The station's identity as it stands in its OCPP connection URL. */
export type StationId = Brand<string, 'StationId'>;
/** Number of a slot in its station: the OCPP evseId, 1 or more. Slot 0 would be the station itself. */
export type SlotNo = Brand<number, 'SlotNo'>;
export type PartyId = Brand<string, 'PartyId'>;
export type DriverId = Brand<string, 'DriverId'>;
/** Vehicle identification number, ISO 3779. */
export type Vin = Brand<string, 'Vin'>;
export type SwapId = Brand<string, 'SwapId'>;

/** Makes ids that sort by time: UUID version 7 (RFC 9562) from an instant and random bytes that the caller hands in. */
export function uuidV7(atMs: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  bytes.set(random.subarray(0, 10), 6);
  let ms = atMs;
  for (let i = 5; i >= 0; i--) [bytes[i], ms] = [ms % 256, Math.floor(ms / 256)];
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toHex();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export type { Brand } from './brand.ts';
export { type Chance, chance } from './chance.ts';
export { Celsius, kWh, Percent, W, Wh } from './energy.ts';
export {
  type DriverId,
  type PackCode,
  type PartyId,
  type SlotNo,
  type StationId,
  type SwapId,
  uuidV7,
  type Vin,
} from './id.ts';
export { Fen, splitFen, sumFen, yuan } from './money.ts';
export { distanceKm, type Place } from './place.ts';
export { type Clock, type Duration, fastClock, type Instant, readInstant, systemClock } from './time.ts';

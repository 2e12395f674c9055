// How our units travel as JSON. Browser-safe.
import { z } from 'zod';
import type { Percent, W, Wh } from './energy.ts';
import type { DriverId, PackCode, PartyId, SlotNo, StationId, SwapId, Vin } from './id.ts';
import type { Fen } from './money.ts';
import { readInstant } from './time.ts';

/** Same JSON, narrower type. */
const as = <T>(schema: z.ZodType): z.ZodType<T> => schema as unknown as z.ZodType<T>;
const id = <Id extends string>(max = 64) =>
  as<Id>(
    z
      .string()
      .min(1)
      .max(max)
      .regex(
        /^(?!\.{1,2}$)[\x21-\x7e]+$/,
        'printable characters without spaces; "." and ".." are no ids, for no address has them',
      ),
  );

export const wire = {
  packCode: id<PackCode>(50),
  stationId: id<StationId>(48),
  slotNo: as<SlotNo>(z.int().min(1).max(2_147_483_647)),
  partyId: id<PartyId>(),
  driverId: id<DriverId>(),
  /** What somebody calls something, without the blanks around it. */
  name: z.string().trim().min(1, 'is not blank').max(200),
  vin: as<Vin>(z.string().regex(/^[A-HJ-NPR-Z0-9]{17}$/)),
  swapId: as<SwapId>(z.uuid()),
  fen: as<Fen>(z.int()),
  wh: as<Wh>(z.int()),
  /** What one pack holds: more than nothing, and less than twenty truck packs. */
  capacityWh: as<Wh>(z.int().min(1).max(2_000_000)),
  w: as<W>(z.number()),
  percent: as<Percent>(z.number().min(0).max(100)),
  place: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
  instant: z.codec(z.iso.datetime(), z.instanceof(Temporal.Instant), {
    decode: readInstant,
    encode: (instant) => instant.toString(),
  }),
};

// Which stations would fit a car and a pack, and why the others do not. Browser-safe.
import { z } from 'zod';
import { route } from '#kernel/api';
import { wire } from '#units/api';

const denied = z.object({
  id: z.string(),
  standard: z.string(),
  clause: z.string(),
  says: z.string(),
  aspect: z.string(),
  sentence: z.string(),
  measured: z.string(),
  required: z.string(),
  also: z.array(z.string()),
});

export const fittingReads = {
  stations: route({
    method: 'GET',
    path: '/v1/compatibility/stations',
    summary:
      'At which stations could this vehicle be served with this kind of pack, and which clauses deny the others?',
    may: 'pack.see',
    query: z.object({
      /** A model of the catalogue, or a registered VIN. */
      vehicle: z.string().min(1).max(64),
      /** A model of the catalogue, or a registered pack's code: its model counts. */
      pack: z.string().min(1).max(64),
    }),
    reply: z.object({
      at: wire.instant,
      vehicle: z.object({ id: z.string(), name: z.string() }),
      pack: z.object({ id: z.string(), name: z.string() }),
      /** Asked about flawless new packs and the firmware that the models need; `stationFirmware` is judged beside it. */
      stations: z.array(
        z.object({
          id: wire.stationId,
          name: z.string(),
          presetId: z.string(),
          place: wire.place,
          online: z.boolean(),
          fits: z.boolean(),
          /** Index of `reasons`; null where it fits. */
          reason: z.int().nullable(),
        }),
      ),
      fitting: z.int(),
      /** Each distinct reason once: the fewest clauses that deny it. */
      reasons: z.array(z.object({ stations: z.int(), presetIds: z.array(z.string()), denied: z.array(denied) })),
    }),
  }),
};

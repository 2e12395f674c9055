// The slots of a station with what stands in them, for files; its page reads them with all else of the station.
import { Refused } from '#kernel';
import { find } from '#station';
import type { StationId } from '#units';
import { atOnce, type Listing } from '../listing.ts';
import { slotsOf } from './twin.ts';

interface SlotFilters {
  readonly station: StationId;
}
type Slot = Awaited<ReturnType<typeof slotsOf>>[number] & { readonly stationId: StationId };

/** @throws Refused `station-unknown`, also for a station beyond reach */
export const slotListing: Listing<SlotFilters, Slot> = atOnce(
  async (work, { filters: { station: id }, reach }) => {
    if (!(await find(work, [id], reach)).has(id))
      throw new Refused('station-unknown', `There is no station ${id}`, { id }, 404);
    return (await slotsOf(work, id)).map((it) => ({ ...it, stationId: id }));
  },
  (it) => String(it.no),
  [
    { name: 'station', kind: 'text', of: (it) => it.stationId },
    { name: 'slot', kind: 'whole', of: (it) => it.no },
    { name: 'state', kind: 'text', of: (it) => it.state },
    { name: 'state_at', kind: 'instant', of: (it) => it.stateAt },
    { name: 'pack', kind: 'text', of: (it) => it.packCode },
    { name: 'model', kind: 'text', of: (it) => it.modelId },
    { name: 'soc_percent', kind: 'number', of: (it) => it.soc },
    { name: 'soh_percent', kind: 'number', of: (it) => it.soh },
    { name: 'power_w', kind: 'number', of: (it) => it.powerW },
    { name: 'measured_at', kind: 'instant', of: (it) => it.measuredAt },
    { name: 'temperature_c', kind: 'number', of: (it) => it.temperatureC },
    { name: 'temperature_at', kind: 'instant', of: (it) => it.temperatureAt },
    { name: 'lock', kind: 'text', of: (it) => it.lock },
    { name: 'lock_at', kind: 'instant', of: (it) => it.lockAt },
    { name: 'quarantined', kind: 'yes-no', of: (it) => it.quarantined },
    { name: 'recalled', kind: 'yes-no', of: (it) => it.recalled },
    { name: 'promised_to', kind: 'text', of: (it) => it.promisedTo },
    { name: 'charging_since', kind: 'instant', of: (it) => it.charging?.since },
    { name: 'charged_wh', kind: 'whole', of: (it) => it.charging?.energyWh },
  ],
);

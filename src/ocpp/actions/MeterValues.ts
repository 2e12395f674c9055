import { type SlotChange, setSlots } from '#station';
import { type Call, type Handler, readEach, slotOf } from '../action.ts';
import type { StationClocks } from '../clocks.ts';
import { measured } from '../meter.ts';

/** Readings outside a transaction: of a slot's pack, or (evseId 0) of the main meter, which only the raw log keeps. */
export const meterValues: Handler<'MeterValues'> = async (work, calls, { clocks }) => {
  const changes = readEach(calls, (it) => slotChanges(it, clocks));
  await setSlots(work, changes.good.flat());
  return changes.answers({});
};

function slotChanges(
  { stationId, payload: { evseId, meterValue } }: Call<'MeterValues'>,
  clocks: StationClocks,
): SlotChange[] {
  const slotNo = slotOf(evseId, 'evseId');
  if (slotNo === undefined) return [];
  return meterValue.map((value) => {
    const { soc, powerW } = measured([value]);
    const measuredAt = clocks.instantOf(stationId, value.timestamp, 'meterValue.timestamp');
    return {
      stationId,
      slotNo,
      measuredAt,
      ...(soc !== undefined && { soc }),
      ...(powerW !== undefined && { powerW }),
    };
  });
}

import { type SlotChange, setSlots } from '#station';
import type { Instant } from '#units';
import { type Call, type Handler, instantOf, readEach, slotOf } from '../action.ts';
import { measured } from '../meter.ts';

/** Readings outside a transaction: of a slot's pack, or (evseId 0) of the main meter, which only the raw log keeps. */
export const meterValues: Handler<'MeterValues'> = async (work, calls) => {
  const changes = readEach(calls, (it) => slotChanges(it, work.at));
  await setSlots(work, changes.good.flat());
  return changes.answers({});
};

function slotChanges({ stationId, payload: { evseId, meterValue } }: Call<'MeterValues'>, now: Instant): SlotChange[] {
  const slotNo = slotOf(evseId, 'evseId');
  if (slotNo === undefined) return [];
  return meterValue.map((value) => {
    const { soc, powerW } = measured([value]);
    const measuredAt = instantOf(value.timestamp, 'meterValue.timestamp', now);
    return {
      stationId,
      slotNo,
      measuredAt,
      ...(soc !== undefined && { soc }),
      ...(powerW !== undefined && { powerW }),
    };
  });
}

import { meterUnread, type SlotChange, setSlots } from '#station';
import { type Call, type Handler, type Later, readEach, slotOf } from '../action.ts';
import { measured } from '../meter.ts';

/** Readings outside a transaction: of a slot's pack, or (evseId 0) of the main meter, which only the raw log keeps. */
export const meterValues: Handler<'MeterValues'> = async (work, calls, later) => {
  const changes = readEach(calls, (it) => slotChanges(it, later));
  await setSlots(work, changes.good.flat());
  return changes.answers({});
};

function slotChanges(
  { stationId, payload: { evseId, meterValue } }: Call<'MeterValues'>,
  { clocks, lines }: Later,
): SlotChange[] {
  const slotNo = slotOf(evseId, 'evseId');
  if (slotNo === undefined) return [];
  return meterValue.map((value) => {
    const { soc, powerW, unread } = measured([value]);
    if (unread !== undefined) lines.push(meterUnread(stationId, `slot ${slotNo}`, unread));
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

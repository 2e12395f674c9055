import { meterUnread, type SlotChange, setSlots, slotsAlarming } from '#station';
import type { Instant } from '#units';
import { type Call, type Handler, type Later, readEach, slotOf } from '../action.ts';
import { isAlarming, warmest } from '../alarming.ts';
import { measured } from '../meter.ts';

/** Readings outside a transaction: of a slot's pack, or (evseId 0) of the main meter, which only the raw log keeps. */
export const meterValues: Handler<'MeterValues'> = async (work, calls, later) => {
  const changes = readEach(calls, (it) => slotChanges(it, later));
  await setSlots(work, changes.good.flat());
  await slotsAlarming(work, changes.good.flat().flatMap(alarmOf));
  return changes.answers({});
};

interface Told extends SlotChange {
  readonly measuredAt: Instant;
  readonly isAlarming: boolean;
}

const alarmOf = ({ isAlarming, stationId, slotNo, measuredAt }: Told) =>
  isAlarming ? [{ stationId, slotNo, at: measuredAt, celsius: null }] : [];

function slotChanges(
  { stationId, payload: { evseId, meterValue } }: Call<'MeterValues'>,
  { clocks, lines }: Later,
): Told[] {
  const slotNo = slotOf(evseId, 'evseId');
  if (slotNo === undefined) return [];
  return meterValue.map((value) => {
    const { soc, powerW, unread } = measured([value]);
    if (unread !== undefined) lines.push(meterUnread(stationId, `slot ${slotNo}`, unread));
    const temperatureC = warmest([value]);
    const measuredAt = clocks.instantOf(stationId, value.timestamp, 'meterValue.timestamp');
    return {
      stationId,
      slotNo,
      measuredAt,
      isAlarming: isAlarming([value]),
      ...(temperatureC !== undefined && { temperatureC, temperatureAt: measuredAt }),
      ...(soc !== undefined && { soc }),
      ...(powerW !== undefined && { powerW }),
    };
  });
}

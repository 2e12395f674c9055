import { type ChargingEvent, chargingReported } from '#station';
import { type Call, type Handler, int32, readEach, slotOf } from '../action.ts';
import { isAlarming, warmest } from '../alarming.ts';
import type { StationClocks } from '../clocks.ts';
import { measured } from '../meter.ts';
import type { IdToken, IdTokenInfo } from '../schema/types.ts';

/** A pack charges in a slot (use case S04). */
export const transactionEvent: Handler<'TransactionEvent'> = async (work, calls, { clocks }) => {
  const events = readEach(calls, (it) => chargingEvent(it, clocks));
  await chargingReported(work, events.good);
  return events.answers({}).map((it, index) => {
    const { idToken } = calls[index]!.payload;
    return idToken && !(it instanceof Error) ? { ...it, idTokenInfo: infoOf(idToken) } : it;
  });
};

/** So much may two good clocks differ. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

const kinds = { Started: 'started', Updated: 'updated', Ended: 'ended' } as const;

function chargingEvent({ stationId, payload }: Call<'TransactionEvent'>, clocks: StationClocks): ChargingEvent {
  const { transactionInfo, evse } = payload;
  const slotNo = slotOf(evse?.id, 'evse.id');
  const temperatureC = warmest(payload.meterValue);
  const event: ChargingEvent = {
    stationId,
    transactionId: transactionInfo.transactionId,
    kind: kinds[payload.eventType],
    seqNo: Math.max(0, int32(payload.seqNo, 'seqNo')),
    at: clocks.instantOf(stationId, payload.timestamp, 'timestamp'),
    offline: payload.offline ?? false,
    ...(slotNo !== undefined && { slotNo }),
    ...(transactionInfo.chargingState && { chargingState: transactionInfo.chargingState }),
    ...(transactionInfo.stoppedReason && { stoppedReason: transactionInfo.stoppedReason }),
    ...(isAlarming(payload.meterValue) && { isAlarming: true as const }),
    ...(temperatureC !== undefined && { temperatureC }),
    ...measured(payload.meterValue),
  };
  return isOurs(event, payload.timestamp) ? { ...event, undated: true } : event;
}

/** Whether a time is not the station's own, whose clock is wrong, but that of our hearing. */
const isOurs = ({ at }: ChargingEvent, told: string): boolean =>
  Math.abs(at.epochMilliseconds - Date.parse(told)) > CLOCKS_DIFFER_MS;

/**
 * Charging in a slot is the station's own doing: it uses the token we gave it (BatterySwapCtrlr.IdToken, type Central) or
 * none. A driver's token opens a swap, never a charging.
 */
const infoOf = ({ type }: IdToken): IdTokenInfo => ({
  status: type === 'Central' || type === 'NoAuthorization' ? 'Accepted' : 'Unknown',
});

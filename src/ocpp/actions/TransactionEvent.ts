import { type ChargingEvent, chargingReported } from '#station';
import type { Instant } from '#units';
import { type Call, type Handler, instantOf, int32, readEach, slotOf } from '../action.ts';
import { measured } from '../meter.ts';
import type { IdToken, IdTokenInfo } from '../schema/types.ts';

/** A pack charges in a slot (use case S04). */
export const transactionEvent: Handler<'TransactionEvent'> = async (work, calls) => {
  const events = readEach(calls, (it) => chargingEvent(it, work.at));
  await chargingReported(work, events.good);
  return events.answers({}).map((it, index) => {
    const { idToken } = calls[index]!.payload;
    return idToken && !(it instanceof Error) ? { ...it, idTokenInfo: infoOf(idToken) } : it;
  });
};

const kinds = { Started: 'started', Updated: 'updated', Ended: 'ended' } as const;

function chargingEvent({ stationId, payload }: Call<'TransactionEvent'>, now: Instant): ChargingEvent {
  const { transactionInfo, evse } = payload;
  const slotNo = slotOf(evse?.id, 'evse.id');
  return {
    stationId,
    transactionId: transactionInfo.transactionId,
    kind: kinds[payload.eventType],
    seqNo: Math.max(0, int32(payload.seqNo, 'seqNo')),
    at: instantOf(payload.timestamp, 'timestamp', now),
    offline: payload.offline ?? false,
    ...(slotNo !== undefined && { slotNo }),
    ...(transactionInfo.chargingState && { chargingState: transactionInfo.chargingState }),
    ...(transactionInfo.stoppedReason && { stoppedReason: transactionInfo.stoppedReason }),
    ...measured(payload.meterValue),
  };
}

/**
 * Charging in a slot is the station's own doing: it uses the token we gave it (BatterySwapCtrlr.IdToken, type Central) or
 * none. A driver's token opens a swap, never a charging.
 */
const infoOf = ({ type }: IdToken): IdTokenInfo => ({
  status: type === 'Central' || type === 'NoAuthorization' ? 'Accepted' : 'Unknown',
});

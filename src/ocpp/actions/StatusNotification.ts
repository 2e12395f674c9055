import { variablesReported } from '#station';
import { type Handler, int32, readEach, slotOf } from '../action.ts';

/** The older way to say what NotifyEvent says of a connector's AvailabilityState; both are allowed. */
export const statusNotification: Handler<'StatusNotification'> = async (work, calls, { clocks }) => {
  const readings = readEach(calls, ({ stationId, payload }) => {
    const slotNo = slotOf(payload.evseId, 'evseId');
    return {
      stationId,
      component: 'Connector',
      ...(slotNo !== undefined && { slotNo }),
      connectorId: int32(payload.connectorId, 'connectorId'),
      variable: 'AvailabilityState',
      value: payload.connectorStatus,
      at: clocks.instantOf(stationId, payload.timestamp, 'timestamp'),
    };
  });
  await variablesReported(work, readings.good);
  return readings.answers({});
};

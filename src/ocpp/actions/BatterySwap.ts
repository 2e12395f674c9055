import { OcppError } from '#link';
import type { Percent } from '#units';
import { type Handler, int32, readEach, slotOf } from '../action.ts';

const kinds = { BatteryIn: 'in', BatteryOut: 'out', BatteryOutTimeout: 'out-timeout' } as const;

/**
 * Packs went in or out, or were not taken (use case S03). The response is empty: a pack cannot be refused on the wire
 * (the use case's text says otherwise, the message's definition and schema do not), so whatever is wrong with it becomes
 * a matter of the swap. The message has no time of its own; it happened when we hear of it.
 */
export const batterySwap: Handler<'BatterySwap'> = async (work, calls, later) => {
  const reports = readEach(calls, ({ stationId, payload }) => ({
    stationId,
    requestId: int32(payload.requestId, 'requestId'),
    at: work.at,
    kind: kinds[payload.eventType],
    idToken: payload.idToken.idToken,
    packs: payload.batteryData.map((it, index) => ({
      slotNo: slotOf(it.evseId, `batteryData[${index}].evseId`) ?? noSlot(index),
      serial: legible(it.serialNumber, `batteryData[${index}].serialNumber`),
      soc: it.soC as Percent,
      soh: it.soH as Percent,
    })),
  }));
  later.swapReports.push(...reports.good);
  return reports.answers({});
};

function noSlot(index: number): never {
  const field = `batteryData[${index}].evseId`;
  throw new OcppError('PropertyConstraintViolation', `${field} must be a slot: 0 is the whole station`, { field });
}

/** A code is printable ASCII without blanks (GB/T 34014, GB/T 45565): anything else was misread, and names no pack. */
function legible(serialNumber: string, field: string): string {
  const serial = serialNumber.trim();
  if (/^[\x21-\x7e]{1,50}$/.test(serial)) return serial;
  throw new OcppError(
    'PropertyConstraintViolation',
    `${field} is not a code: printable letters, digits and signs only`,
    { field },
  );
}

import { booted, command, commandAll, outOfUseAmong } from '#station';
import type { Handler } from '../action.ts';

/** How often a quiet station shall say that it lives. */
const HEARTBEAT_S = 300;

/** A station has started (use case B01). Who got through admission is known, so it is accepted. */
export const bootNotification: Handler<'BootNotification'> = async (work, calls) => {
  const unknown = await booted(
    work,
    calls.map(({ stationId, payload: { chargingStation: it } }) => ({
      stationId,
      vendor: it.vendorName,
      model: it.model,
      firmware: it.firmwareVersion ?? null,
      at: work.at,
    })),
  );
  for (const stationId of unknown)
    await command(work, {
      stationId,
      action: 'GetBaseReport',
      payload: { requestId: Math.floor(work.at.epochMilliseconds / 1000) % 2_147_483_647, reportBase: 'FullInventory' },
      by: 'ocpp',
    });
  // What we shut stays shut, though it may have forgotten; what it said itself it may say anew.
  const outOfUse = await outOfUseAmong(
    work,
    calls.map((it) => it.stationId),
  );
  const component = { name: 'ChargingStation' };
  const question = { getVariableData: [{ component, variable: { name: 'AvailabilityState' } }] };
  await commandAll(
    work,
    outOfUse.map(({ id: stationId, isOurs }) =>
      isOurs
        ? { stationId, action: 'ChangeAvailability', payload: { operationalStatus: 'Inoperative' }, by: 'ocpp' }
        : { stationId, action: 'GetVariables', payload: question, by: 'ocpp' },
    ),
  );
  return calls.map(() => ({ currentTime: work.at.toString(), interval: HEARTBEAT_S, status: 'Accepted' as const }));
};

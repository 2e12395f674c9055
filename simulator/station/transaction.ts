// One transaction of charging (use case S04): what is known of it, and the message that tells its changes.
import { uuidV7 } from '#units';
import type { Pack } from '../pack.ts';
import type { Slot } from './memory.ts';
import type { Site } from './site.ts';
import { isoOf, meterValue, type ocpp, slotEvse, type Told } from './wire.ts';

export interface Transaction {
  readonly id: string;
  readonly slot: Slot;
  readonly pack: Pack;
  seqNo: number;
  state: 'Charging' | 'SuspendedEVSE';
  powerW: number;
  /** The pack's temperature as it was told last. */
  toldC: number;
}

export type Change = {
  readonly eventType: ocpp.TransactionEventEnumType;
  readonly triggerReason: ocpp.TriggerReasonEnumType;
  readonly context: ocpp.ReadingContextEnumType;
  readonly chargingState?: ocpp.ChargingStateEnumType;
  readonly stoppedReason?: ocpp.ReasonEnumType;
  readonly idToken?: ocpp.IdTokenType;
};

/** A new one in this slot; a pack that is full already rests. */
export function begun({ life, chance, memory }: Site, slot: Slot, pack: Pack): Transaction {
  const random = Uint8Array.from({ length: 10 }, () => chance.between(0, 255));
  const id = uuidV7(Math.round(life.scheduler.ms()), random);
  const state = pack.soc >= memory.settings.maxSoc ? 'SuspendedEVSE' : 'Charging';
  return { id, slot, pack, seqNo: 0, state, powerW: 0, toldC: pack.temperatureC };
}

/** Its next message, which counts it on. */
export function told(
  { life, outbox }: Site,
  it: Transaction,
  { eventType, triggerReason, context, chargingState, stoppedReason, idToken }: Change,
): Told {
  const atMs = life.scheduler.ms();
  const meter = { atMs, registerWh: it.slot.registerWh, powerW: it.powerW, soc: it.pack.soc };
  return {
    action: 'TransactionEvent',
    payload: {
      eventType,
      timestamp: isoOf(atMs),
      triggerReason,
      seqNo: it.seqNo++,
      offline: !outbox.isOnline,
      transactionInfo: {
        transactionId: it.id,
        ...(chargingState && { chargingState }),
        ...(stoppedReason && { stoppedReason }),
      },
      evse: slotEvse(it.slot.no),
      ...(idToken && { idToken }),
      meterValue: [meterValue(meter, context)],
    },
  };
}

/** The token the server gave us for charging, or none (S04.FR.02). */
export function tokenOf({ memory }: Site): ocpp.IdTokenType {
  const { idToken } = memory.settings;
  return idToken === '' ? { idToken: '', type: 'NoAuthorization' } : { idToken, type: 'Central' };
}

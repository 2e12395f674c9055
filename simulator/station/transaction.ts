// One transaction of charging (use case S04): what is known of it, and the message that tells its changes.
import { uuidV7 } from '#units';
import type { Pack } from '../pack.ts';
import type { Slot } from './memory.ts';
import { meterValue, type Sample, sampled } from './sample.ts';
import type { Site } from './site.ts';
import { isoOf, type ocpp, slotEvse, type Told } from './wire.ts';

export interface Transaction {
  readonly id: string;
  readonly slot: Slot;
  readonly pack: Pack;
  seqNo: number;
  state: 'Charging' | 'SuspendedEVSE';
  /** What the station lets it draw. */
  powerW: number;
  /** What flows now; positive charges. */
  currentA: number;
  /** The last sample under a current, when none flows any more. */
  stopped: Resting | undefined;
  /** How often it was sampled. */
  samples: number;
  /** The pack's temperature as it was told last. */
  toldC: number;
}

export interface Resting extends Sample {
  /** That it rests was told; and how it is half an hour later. */
  readonly isTold: boolean;
  readonly hasRested: boolean;
}

/** After so long at rest a pack's voltage is told once more: it says what the pack's resistance was. In seconds. */
export const SETTLES_S = 60;
/** And after so long a last time: then its cells show which of them lose charge. In seconds. */
const RESTS_S = 1800;

/** When a pack that rests has something to tell. */
export const toldAtMs = ({ atMs, isTold, hasRested }: Resting): number =>
  hasRested ? Number.POSITIVE_INFINITY : atMs + 1000 * (isTold ? RESTS_S : SETTLES_S);

export type Change = {
  readonly eventType: ocpp.TransactionEventEnumType;
  readonly triggerReason: ocpp.TriggerReasonEnumType;
  readonly context: ocpp.ReadingContextEnumType;
  readonly chargingState?: ocpp.ChargingStateEnumType;
  readonly stoppedReason?: ocpp.ReasonEnumType;
  readonly idToken?: ocpp.IdTokenType;
  /** When it happened; when its newest sample was taken, if absent. */
  readonly atMs?: number;
};

/** Of the samples of a charge so many have the cells, beside the first and the last ones. */
const CELLS_EVERY = 10;

/** A new one in this slot; a pack that is full already rests. */
export function begun({ life, chance, memory }: Site, slot: Slot, pack: Pack): Transaction {
  const random = Uint8Array.from({ length: 10 }, () => chance.between(0, 255));
  const id = uuidV7(Math.round(life.scheduler.ms()), random);
  const state = pack.soc >= memory.settings.maxSoc ? 'SuspendedEVSE' : 'Charging';
  const nothing = { seqNo: 0, powerW: 0, currentA: 0, stopped: undefined, samples: 0 };
  return { id, slot, pack, state, ...nothing, toldC: pack.temperatureC };
}

/** A sample of now; `isEdge`: the first or one of the last. */
export function sample({ roster }: Site, it: Transaction, { isEdge = false } = {}): Sample {
  const withCells = isEdge || it.samples % CELLS_EVERY === 0;
  it.samples++;
  it.pack.look();
  return sampled(it.slot, it.pack, it.currentA, withCells && roster.tellsCells !== false);
}

/** Its next message, which counts it on. */
export function told(
  { outbox }: Site,
  it: Transaction,
  { eventType, triggerReason, context, chargingState, stoppedReason, idToken, atMs }: Change,
  samples: readonly [Sample, ...Sample[]],
): Told {
  return {
    action: 'TransactionEvent',
    payload: {
      eventType,
      timestamp: isoOf(atMs ?? samples.at(-1)!.atMs),
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
      meterValue: samples.map((one) => meterValue(one, context)) as [ocpp.MeterValueType, ...ocpp.MeterValueType[]],
    },
  };
}

/** The token the server gave us for charging, or none (S04.FR.02). */
export function tokenOf({ memory }: Site): ocpp.IdTokenType {
  const { idToken } = memory.settings;
  return idToken === '' ? { idToken: '', type: 'NoAuthorization' } : { idToken, type: 'Central' };
}

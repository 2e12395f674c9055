// What survives when a station's program dies: its non-volatile memory, and the things themselves.
import type { MakePack, Pack } from '../pack.ts';
import type { RosterStation } from '../roster.ts';
import type { DurableAction } from './wire.ts';

/** A message that is kept until it was answered. */
export interface Kept {
  readonly id: string;
  readonly action: DurableAction;
  /** Its payload as text: what is sent again must be the same to the last character. */
  readonly json: string;
  tries: number;
  /** Sent again on purpose (fault `resend`). */
  readonly isCopy?: boolean;
}

export interface Memory {
  /** In the order of sending. */
  readonly outbox: Kept[];
  /** Held back on purpose (fault `reorder`), already in the outbox's keeping. */
  readonly heldBack: Kept[];
  /** Drivers whom the server accepted, by token in lower case: for when it cannot be asked. */
  readonly authorised: Map<string, boolean>;
  /** What the server or staff has set. */
  readonly settings: Settings;
  lastMessageId: number;
  lastRequestId: number;
  lastEventId: number;
}

export interface Settings {
  targetSoc: number;
  maxSoc: number;
  idToken: string;
  /** Seconds a station waits for a pack to come in, and for one to be taken out. */
  timeoutIn: number;
  timeoutOut: number;
  heartbeatS: number;
  /** How often charging is reported. */
  updatedEveryS: number;
  backOffMinimumS: number;
  backOffRangeS: number;
  backOffRepeats: number;
  operative: boolean;
}

export interface Slot {
  readonly no: number;
  pack: Pack | undefined;
  /** The robot has the pack, though it belongs here until it is in the vehicle. */
  isLifted: boolean;
  operative: boolean;
  /** The fire system was called for it. */
  isAlarmed: boolean;
  /** Imported energy over the slot's life, exactly; told in whole watt-hours. */
  registerWh: number;
}

export const newMemory = (): Memory => ({
  outbox: [],
  heldBack: [],
  authorised: new Map(),
  settings: {
    targetSoc: 80,
    maxSoc: 95,
    idToken: '',
    timeoutIn: 600,
    timeoutOut: 120,
    heartbeatS: 300,
    updatedEveryS: 300,
    backOffMinimumS: 10,
    backOffRangeS: 10,
    backOffRepeats: 3,
    operative: true,
  },
  lastMessageId: 0,
  lastRequestId: 0,
  lastEventId: 0,
});

export const slotsOf = ({ slots }: RosterStation, makePack: MakePack, matings: () => number): Slot[] =>
  slots.map(({ slotNo, serial, soc, soh, capacityWh, modelId, ...cells }) => ({
    no: slotNo,
    pack:
      serial === null
        ? undefined
        : makePack(
            {
              ...cells,
              serial,
              modelId: modelId ?? 'unknown',
              capacityWh: capacityWh ?? 50_000,
              soc: soc ?? 50,
              soh: soh ?? 100,
            },
            matings(),
          ),
    isLifted: false,
    operative: true,
    isAlarmed: false,
    registerWh: 0,
  }));

// The messages a simulated station sends, as OCPP 2.1 writes them. Pure.
import type * as ocpp from 'typed-ocpp/dist/ocpp21/types.js';
import type { Pack } from '../pack.ts';

/** What the station tells and must not forget to tell. */
export interface Durable {
  BatterySwap: ocpp.BatterySwapRequest;
  NotifyEvent: ocpp.NotifyEventRequest;
  NotifyReport: ocpp.NotifyReportRequest;
  StatusNotification: ocpp.StatusNotificationRequest;
  TransactionEvent: ocpp.TransactionEventRequest;
}
export type DurableAction = keyof Durable;

/** One message that must not be lost. */
export type Told = {
  readonly [A in DurableAction]: { readonly action: A; readonly payload: Durable[A] };
}[DurableAction];

export type { ocpp };

/** Texts of OCPP instants: whole milliseconds, UTC. */
export const isoOf = (ms: number): string => new Date(Math.round(ms)).toISOString();

export const tenth = (value: number): number => Math.round(value * 10) / 10;

export const batteryData = (evseId: number, pack: Pack, serialNumber = pack.serial): ocpp.BatteryDataType => ({
  evseId,
  serialNumber,
  soC: tenth(pack.soc),
  soH: tenth(pack.soh),
});

/** An event before it has its number. */
export type Happening = Omit<ocpp.EventDataType, 'eventId' | 'trigger' | 'eventNotificationType' | 'timestamp'>;

export const happened = (it: Happening, eventId: number, atMs: number): ocpp.EventDataType => ({
  ...it,
  eventId,
  timestamp: isoOf(atMs),
  trigger: 'Delta',
  eventNotificationType: 'HardWiredNotification',
});

export const slotEvse = (slotNo: number) => ({ id: slotNo, connectorId: 1 });

/** In OCPP's words Available is a slot that is empty, Occupied one that holds a pack. */
export type Availability = 'Available' | 'Occupied' | 'Unavailable' | 'Faulted';

export const availability = (slotNo: number, actualValue: Availability): Happening => ({
  component: { name: 'Connector', evse: slotEvse(slotNo) },
  variable: { name: 'AvailabilityState' },
  actualValue,
});

/** Of the whole station. */
export const stationAvailability = (actualValue: Availability): Happening => ({
  component: { name: 'ChargingStation' },
  variable: { name: 'AvailabilityState' },
  actualValue,
});

/** What the slot's sensors read of the pack in it. */
export const cartridge = (slotNo: number, pack: Pack | undefined): Happening[] => {
  const component = { name: 'BatteryCartridge', evse: { id: slotNo } };
  const value = (name: string, actualValue: string) => ({ component, variable: { name }, actualValue });
  if (!pack) return [value('Available', 'false')];
  return [
    value('Available', 'true'),
    value('SoC', String(tenth(pack.soc))),
    value('SoH', String(tenth(pack.soh))),
    temperature(slotNo, pack),
  ];
};

/** Packloop's documented extension: what the pack in a slot has counted itself, and its serial number, without which that says nothing. */
export const counted = (slotNo: number, { serial, counters, abilities }: Pack): Happening[] => {
  const component = { name: 'BatteryCartridge', evse: { id: slotNo } };
  const value = (name: string, instance: string, it: number) => {
    return { component, variable: { name, instance }, actualValue: String(it) };
  };
  const { hot, cold, hotCharging, coldCharging } = counters.minutes;
  return [
    { component, variable: { name: 'SerialNumber' }, actualValue: serial },
    value('Counter', 'MinutesHot', hot),
    value('Counter', 'MinutesCold', cold),
    value('Counter', 'MinutesHotCharging', hotCharging),
    value('Counter', 'MinutesColdCharging', coldCharging),
    value('Counter', 'DeepDischarges', counters.deepDischarges),
    value('Counter', 'Overcharges', counters.overcharges),
    value('Capability', 'RoundTripEfficiency', abilities.efficiencyPercent),
    value('Capability', 'Power', abilities.powerW),
  ];
};

/** Degrees Celsius of the pack, by the device model's own variable. */
export const temperature = (slotNo: number, { temperatureC }: Pick<Pack, 'temperatureC'>): Happening => ({
  component: { name: 'BatteryCartridge', evse: { id: slotNo } },
  variable: { name: 'Temperature' },
  actualValue: String(tenth(temperatureC)),
});

/** Whether the slot's lock holds what stands in it; `Open` while the robot has it. */
export const slotStatus = (slotNo: number, actualValue: 'Open' | 'Locked'): Happening => ({
  component: { name: 'Connector', evse: slotEvse(slotNo) },
  variable: { name: 'SlotStatus' },
  actualValue,
});

const swapCtrlr = (requestId: number) => ({ name: 'BatterySwapCtrlr', instance: String(requestId) });

/** Packloop's documented extension: the single steps of a swap. */
export const swapStep = (requestId: number, actualValue: string, techInfo?: string): Happening => ({
  component: swapCtrlr(requestId),
  variable: { name: 'SwapStep' },
  actualValue,
  ...(techInfo !== undefined && { techInfo }),
});

/** Packloop's documented extension: what a safety check measured. */
export const safetyCheck = (requestId: number, check: string, value: number): Happening => ({
  component: swapCtrlr(requestId),
  variable: { name: 'SafetyCheck', instance: check },
  actualValue: String(tenth(value)),
});

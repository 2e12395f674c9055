// The station's device model: what it can be asked and told by GetVariables, SetVariables and GetBaseReport.
import { STATION_C } from '../pack.ts';
import type { Charging } from './charging.ts';
import type { Settings, Slot } from './memory.ts';
import type { Site } from './site.ts';
import { type Availability, type ocpp, slotEvse } from './wire.ts';

export interface Variable {
  readonly component: ocpp.ComponentType;
  readonly name: string;
  readonly instance?: string;
  readonly type: ocpp.DataEnumType;
  readonly unit?: string;
  readonly values?: string;
  get(): string;
  /** Absent: read only. @returns whether the value was taken */
  set?(value: string): boolean;
}

/** A slot in OCPP's words: Available is empty. */
export const availabilityOf = (
  { pack, operative, isLifted }: Slot,
  station: Pick<Settings, 'operative'>,
): Availability => (!operative || !station.operative ? 'Unavailable' : pack && !isLifted ? 'Occupied' : 'Available');

/** A slot is locked unless the robot has its pack. */
export const lockOf = ({ isLifted }: Slot): 'Open' | 'Locked' => (isLifted ? 'Open' : 'Locked');

export function variablesOf(site: Site, charging: Charging): Variable[] {
  return [...stationVariables(site), ...site.slots.flatMap((it) => slotVariables(it, charging, site.memory.settings))];
}

function stationVariables({ roster, memory: { settings } }: Site): Variable[] {
  const station = { name: 'ChargingStation' };
  const swap = { name: 'BatterySwapCtrlr' };
  const comm = { name: 'OCPPCommCtrlr' };
  return [
    text(station, 'VendorName', () => roster.vendor),
    text(station, 'Model', () => roster.model),
    text(station, 'AvailabilityState', () => (settings.operative ? 'Available' : 'Unavailable')),
    flag(swap, 'Available', () => true),
    setting(swap, 'TargetSoC', settings, 'targetSoc', (it) => it <= settings.maxSoc, '%'),
    setting(swap, 'MaxSoc', settings, 'maxSoc', (it) => it >= settings.targetSoc && it <= 100, '%'),
    { ...setting(swap, 'Timeout', settings, 'timeoutIn', (it) => it > 0, 's'), instance: 'In' },
    { ...setting(swap, 'Timeout', settings, 'timeoutOut', (it) => it > 0, 's'), instance: 'Out' },
    idTokenVariable(settings),
    { ...text(swap, 'SwapOrder', () => 'In-Out'), type: 'OptionList', values: 'In-Out,Out-In' },
    setting(comm, 'HeartbeatInterval', settings, 'heartbeatS', (it) => it > 0, 's'),
    setting(comm, 'RetryBackOffWaitMinimum', settings, 'backOffMinimumS', (it) => it > 0, 's'),
    setting(comm, 'RetryBackOffRandomRange', settings, 'backOffRangeS', () => true, 's'),
    setting(comm, 'RetryBackOffRepeatTimes', settings, 'backOffRepeats', (it) => it <= 16),
    setting({ name: 'SampledDataCtrlr' }, 'TxUpdatedInterval', settings, 'updatedEveryS', (it) => it > 0, 's'),
    text({ name: 'TxCtrlr' }, 'TxStartPoint', () => 'EVConnected'),
    text({ name: 'TxCtrlr' }, 'TxStopPoint', () => 'EVConnected'),
    flag({ name: 'AuthCacheCtrlr' }, 'Enabled', () => true),
  ];
}

/** The token that charging in the slots runs under. */
const idTokenVariable = (settings: Settings): Variable => ({
  ...text({ name: 'BatterySwapCtrlr' }, 'IdToken', () => settings.idToken),
  set(value) {
    if (value.length > 255) return false;
    settings.idToken = value;
    return true;
  },
});

function slotVariables(slot: Slot, charging: Charging, settings: Settings): Variable[] {
  const cartridge = { name: 'BatteryCartridge', evse: { id: slot.no } };
  const connector = { name: 'Connector', evse: slotEvse(slot.no) };
  const evse = { name: 'EVSE', evse: { id: slot.no } };
  return [
    text(evse, 'AvailabilityState', () => availabilityOf(slot, settings)),
    fireAlarm(slot),
    { ...number(evse, 'Power', () => Math.round(charging.powerOf(slot.no) ?? 0)), unit: 'W' },
    text(connector, 'AvailabilityState', () => availabilityOf(slot, settings)),
    text(connector, 'ConnectorType', () => 'bBatterySlot'),
    text(connector, 'SlotStatus', () => lockOf(slot)),
    flag(cartridge, 'Available', () => slot.pack !== undefined),
    { ...number(cartridge, 'SoC', () => Math.round((slot.pack?.soc ?? 0) * 10) / 10), unit: '%' },
    { ...number(cartridge, 'SoH', () => slot.pack?.soh ?? 0), unit: '%' },
    {
      ...number(cartridge, 'Temperature', () => Math.round((slot.pack?.temperatureC ?? STATION_C) * 10) / 10),
      unit: 'Celsius',
    },
    text(cartridge, 'SerialNumber', () => slot.pack?.serial ?? ''),
    text(cartridge, 'WorkingMode', () => (!slot.pack ? 'Standby' : charging.powerOf(slot.no) ? 'CC' : 'Full')),
  ];
}

/** Packloop's documented extension: the fire system of a slot (docs/decisions/0012). */
const fireAlarm = (slot: Slot): Variable => ({
  ...flag({ name: 'FireAlarm', evse: { id: slot.no } }, 'Active', () => slot.isAlarmed),
  set(value) {
    if (value !== 'true' && value !== 'false') return false;
    slot.isAlarmed = value === 'true';
    return true;
  },
});

const text = (component: ocpp.ComponentType, name: string, get: () => string): Variable => ({
  component,
  name,
  type: 'string',
  get,
});
const flag = (component: ocpp.ComponentType, name: string, get: () => boolean): Variable => ({
  component,
  name,
  type: 'boolean',
  get: () => String(get()),
});
const number = (component: ocpp.ComponentType, name: string, get: () => number): Variable => ({
  component,
  name,
  type: 'decimal',
  get: () => String(get()),
});

type NumberSetting = { [K in keyof Settings]: Settings[K] extends number ? K : never }[keyof Settings];

/** A whole number, 0 or more, that can be set within limits. */
const setting = (
  component: ocpp.ComponentType,
  name: string,
  settings: Settings,
  key: NumberSetting,
  isAllowed: (value: number) => boolean,
  unit?: string,
): Variable => ({
  component,
  name,
  type: 'integer',
  ...(unit !== undefined && { unit }),
  get: () => String(settings[key]),
  set(value) {
    const wanted = Number(value);
    if (value.trim() === '' || !Number.isInteger(wanted) || wanted < 0 || !isAllowed(wanted)) return false;
    settings[key] = wanted;
    return true;
  },
});

const isSame = (a: string | undefined, b: string | undefined): boolean => a?.toLowerCase() === b?.toLowerCase();

const isComponent = (a: ocpp.ComponentType, b: ocpp.ComponentType): boolean =>
  isSame(a.name, b.name) &&
  isSame(a.instance, b.instance) &&
  a.evse?.id === b.evse?.id &&
  (b.evse?.connectorId === undefined || a.evse?.connectorId === b.evse.connectorId);

/** Names are compared without case: the specification itself writes TargetSoC and TargetSoc. */
export function find(
  all: readonly Variable[],
  component: ocpp.ComponentType,
  variable: ocpp.VariableType,
): Variable | 'UnknownComponent' | 'UnknownVariable' {
  const its = all.filter((it) => isComponent(it.component, component));
  if (its.length === 0) return 'UnknownComponent';
  return (
    its.find((it) => isSame(it.name, variable.name) && isSame(it.instance, variable.instance)) ?? 'UnknownVariable'
  );
}

export const reportOf = (it: Variable): ocpp.ReportDataType => ({
  component: it.component,
  variable: { name: it.name, ...(it.instance !== undefined && { instance: it.instance }) },
  variableAttribute: [{ type: 'Actual', value: it.get(), mutability: it.set ? 'ReadWrite' : 'ReadOnly' }],
  variableCharacteristics: {
    dataType: it.type,
    supportsMonitoring: false,
    ...(it.unit !== undefined && { unit: it.unit }),
    ...(it.values !== undefined && { valuesList: it.values }),
  },
});

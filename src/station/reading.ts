// The device model of OCPP 2.1 as readings: component, variable, value. What some of them say of a slot.
import type { Celsius, Instant, Percent, SlotNo, StationId } from '#units';
import type { LockState, SlotChange, SlotState } from './station.ts';

/** One attribute of one variable of one component at one instant, from whichever message it came. */
export interface Reading {
  readonly stationId: StationId;
  readonly component: string;
  readonly componentInstance?: string;
  /** Absent: the whole station (evseId 0 is never a slot). */
  readonly slotNo?: SlotNo;
  readonly connectorId?: number;
  readonly variable: string;
  readonly variableInstance?: string;
  /** Actual when absent. */
  readonly attribute?: 'Actual' | 'Target' | 'MinSet' | 'MaxSet';
  readonly value: string;
  readonly at: Instant;
}

/** Names in the spelling we write. The specification itself spells some in two ways (TargetSoc, TargetSoC). */
const spelling = new Map(
  [
    ...['BatterySwapCtrlr', 'BatteryCartridge', 'ChargingStation', 'Connector', 'EVSE'],
    ...['TargetSoC', 'MaxSoC', 'IdToken', 'Timeout', 'SwapOrder', 'Available', 'AvailabilityState', 'ConnectorType'],
    ...['SlotStatus', 'SoC', 'SoH', 'WorkingMode', 'Temperature', 'Problem', 'Power', 'SerialNumber', 'Enabled'],
  ].map((it) => [it.toLowerCase(), it]),
);

export const spelled = (name: string): string => spelling.get(name.toLowerCase()) ?? name;

/** Whether two names mean the same: OCPP compares names of the device model without regard to case. */
export const isNamed = (name: string, as: string): boolean => name.toLowerCase() === as.toLowerCase();

export const readingKey = (it: Reading): string =>
  JSON.stringify([
    it.component,
    it.componentInstance ?? '',
    it.slotNo ?? 0,
    it.connectorId ?? 0,
    it.variable,
    it.variableInstance ?? '',
    it.attribute ?? 'Actual',
  ]).toLowerCase();

/** The last reading of each attribute. */
export function newestReadings(readings: readonly Reading[]): Map<string, Reading> {
  const newest = new Map<string, Reading>();
  for (const it of readings) {
    const key = `${it.stationId} ${readingKey(it)}`;
    const before = newest.get(key);
    if (!before || Temporal.Instant.compare(before.at, it.at) <= 0) newest.set(key, it);
  }
  return newest;
}

/** What a reading says of a slot, if anything. */
export function slotChangeOf(it: Reading): SlotChange | undefined {
  if (it.slotNo === undefined || (it.attribute ?? 'Actual') !== 'Actual') return undefined;
  const slot = { stationId: it.stationId, slotNo: it.slotNo };
  if (isNamed(it.component, 'BatteryCartridge')) {
    if (isNamed(it.variable, 'Available')) {
      const state = cartridgeStates[it.value.toLowerCase()];
      return state && { ...slot, state, stateAt: it.at };
    }
    if (isNamed(it.variable, 'Temperature')) {
      const temperatureC = celsiusOf(it.value);
      return temperatureC === undefined ? undefined : { ...slot, temperatureC, temperatureAt: it.at };
    }
    const percent = percentOf(it.value);
    if (percent === undefined) return undefined;
    if (isNamed(it.variable, 'SoC')) return { ...slot, soc: percent, measuredAt: it.at };
    if (isNamed(it.variable, 'SoH')) return { ...slot, soh: percent, measuredAt: it.at };
    return undefined;
  }
  if (isNamed(it.component, 'Connector') && isNamed(it.variable, 'SlotStatus')) {
    const lock = lockStates[it.value.toLowerCase()];
    return lock && { ...slot, lock, lockAt: it.at };
  }
  const isAvailability = isNamed(it.variable, 'AvailabilityState');
  if (!isAvailability || !(isNamed(it.component, 'Connector') || isNamed(it.component, 'EVSE'))) return undefined;
  const state = availability[it.value.toLowerCase()];
  return state && { ...slot, state, stateAt: it.at };
}

/**
 * Part 2 section S: Available means that the slot is empty. (The description of the variable TargetSoC says otherwise;
 * the use cases and the official tests follow the section.) Nobody reserves a slot of ours, so Reserved says nothing.
 */
const availability: Readonly<Record<string, SlotState | undefined>> = {
  available: 'empty',
  occupied: 'occupied',
  unavailable: 'unavailable',
  faulted: 'faulted',
};

const cartridgeStates: Readonly<Record<string, SlotState | undefined>> = { true: 'occupied', false: 'empty' };

const lockStates: Readonly<Record<string, LockState | undefined>> = {
  open: 'open',
  locked: 'locked',
  faulted: 'faulted',
};

/**
 * No pack that is well gets so warm in a slot, and none runs away below. Makers allow 60 to 65 (GB/T 44500-2024 Annex B). What
 * is colder than any slot is a broken sensor, which somebody should know of.
 */
export const isAlarmingC = (celsius: number): boolean => celsius >= 50 || celsius < -50;

/** What a reading says of how warm a slot's pack is, alarming or not even possible; undefined when it says nothing alarming. */
export function alarmOf({ stationId, component, variable, attribute = 'Actual', slotNo, value, at }: Reading) {
  if (!isNamed(component, 'BatteryCartridge') || !isNamed(variable, 'Temperature')) return undefined;
  const celsius = value.trim() === '' ? Number.NaN : Number(value);
  if (slotNo === undefined || attribute !== 'Actual' || !Number.isFinite(celsius) || !isAlarmingC(celsius))
    return undefined;
  return { stationId, slotNo, at, celsius };
}

/** Degrees Celsius, the unit of the variable; what no pack can have is a broken sensor and says nothing. */
function celsiusOf(text: string): Celsius | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return value >= -60 && value <= 1000 ? (value as Celsius) : undefined;
}

function percentOf(text: string): Percent | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return value >= 0 && value <= 100 ? (value as Percent) : undefined;
}

// Packloop's documented extension: what a pack counts itself, told by NotifyEvent when its slot has read it. Component
// BatteryCartridge with the EVSE of the slot; in the same message its variable SerialNumber says of which pack.
import type { Counter, Counters, CountersRead } from '#pack';
import { type Anomaly, isNamed } from '#station';
import type { PackCode, StationId } from '#units';
import type { StationClocks } from './clocks.ts';
import type { EventData } from './schema/types.ts';

/** By variable and instance. */
const words: Readonly<Record<string, Counter>> = {
  'counter/minuteshot': 'hotMinutes',
  'counter/minutescold': 'coldMinutes',
  'counter/minuteshotcharging': 'hotChargingMinutes',
  'counter/minutescoldcharging': 'coldChargingMinutes',
  'counter/deepdischarges': 'deepDischarges',
  'counter/overcharges': 'overcharges',
  'capability/roundtripefficiency': 'efficiencyPercent',
  'capability/power': 'powerW',
};

const counterOf = ({ variable }: EventData): Counter | undefined =>
  words[`${variable.name}/${variable.instance ?? ''}`.toLowerCase()];

/** What these events say packs have counted. Counters without a serial number beside them say nothing of any pack. */
export function countersIn(
  stationId: StationId,
  events: readonly EventData[],
  clocks: StationClocks,
): { readings: CountersRead[]; strange: Anomaly[] } {
  const strange: Anomaly[] = [];
  const ours = events.filter((it) => isNamed(it.component.name, 'BatteryCartridge') && it.component.evse !== undefined);
  const readings = [...Map.groupBy(ours, (it) => it.component.evse!.id)].flatMap(([, its]): CountersRead[] => {
    const serial = its.find((it) => isNamed(it.variable.name, 'SerialNumber'))?.actualValue;
    const told = its.filter((it) => counterOf(it) !== undefined);
    if (serial === undefined || told.length === 0) return [];
    const counters: { -readonly [it in keyof Counters]: number } = {};
    for (const it of told) {
      const value = it.actualValue.trim() === '' ? Number.NaN : Number(it.actualValue);
      if (Number.isFinite(value)) counters[counterOf(it)!] = value;
      else strange.push(noNumber(stationId, serial, it));
    }
    const at = clocks.instantOf(stationId, told[0]!.timestamp, 'eventData.timestamp');
    return [{ code: serial as PackCode, stationId, at, counters }];
  });
  return { readings, strange };
}

const noNumber = (stationId: StationId, serial: string, { variable, actualValue }: EventData): Anomaly => ({
  stationId,
  kind: 'pack-counter-strange',
  sentence: `It read ${variable.instance} of pack ${serial.slice(0, 40)} as "${actualValue.slice(0, 40)}", which is no number`,
  facts: { pack: serial.slice(0, 40), counter: variable.instance ?? null, actualValue: actualValue.slice(0, 40) },
});

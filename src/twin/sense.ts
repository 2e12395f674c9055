// What the sensors of a pack tell: near the truth, rounded, or nothing at all. Signals as GB/T 32960 carries them.
import type { Chance } from '#units';
import { normal } from './api/spread.ts';
import type { SensorFault } from './fault.ts';
import type { PackTwin } from './packTwin.ts';

/** One reading; null where none came. */
export interface Sensed {
  readonly currentA: number | null;
  readonly cellVolts: readonly (number | null)[];
  /** One for each so many cells. */
  readonly celsius: readonly (number | null)[];
  readonly insulationKOhm: number | null;
}

export interface Sensors {
  /** Deviation of a cell's voltage, in V. */
  readonly voltNoise: number;
  /** Of the current, as a share of a current of 1 C. */
  readonly currentNoise: number;
  /** Temperatures are told in steps of this, in K. */
  readonly celsiusStep: number;
  /** Of all readings, so many do not come. */
  readonly dropout: number;
  /** Cells that share a temperature sensor. */
  readonly cellsForEach: number;
}

/** 2 mV and 1 K as health.md 7 asks; the rest assumed. */
export const usualSensors: Sensors = {
  voltNoise: 0.002,
  currentNoise: 0.001,
  celsiusStep: 1,
  dropout: 0.001,
  cellsForEach: 6,
};

/**
 * Reads all sensors of a pack while it carries a current.
 * @param before the reading before, which a stuck sensor repeats
 */
export function sensed(
  pack: PackTwin,
  currentA: number,
  dice: Chance,
  { before, sensors = usualSensors }: { before?: Sensed; sensors?: Sensors } = {},
): Sensed {
  const { volts, celsius, nominalAh } = pack.cells;
  const wrong = pack.faults.filter((it): it is SensorFault => it.kind === 'sensor' && pack.ageS >= it.fromS);
  const read = (of: SensorFault['of'], at: number, truth: number, last: number | null | undefined): number | null => {
    if (dice.next() < sensors.dropout) return null;
    let value: number | null = truth;
    for (const it of wrong) if (it.of === of && (it.at ?? 0) === at) value = spoilt(it.does, value, last, dice);
    return value;
  };
  const step = (value: number | null, by: number) => (value === null ? null : Math.round(value / by) * by);
  const probes = Math.ceil(volts.length / sensors.cellsForEach);
  return {
    currentA: read('current', 0, currentA + sensors.currentNoise * nominalAh * normal(dice), before?.currentA),
    cellVolts: Array.from(volts, (it, n) =>
      step(read('cell-voltage', n, it + sensors.voltNoise * normal(dice), before?.cellVolts[n]), 0.001),
    ),
    celsius: Array.from({ length: probes }, (_, n) => {
      const near = celsius.subarray(n * sensors.cellsForEach, (n + 1) * sensors.cellsForEach);
      return step(read('temperature', n, Math.max(...near), before?.celsius[n]), sensors.celsiusStep);
    }),
    insulationKOhm: step(read('insulation', 0, pack.truth().insulationKOhm, before?.insulationKOhm), 1),
  };
}

function spoilt(
  does: SensorFault['does'],
  value: number | null,
  last: number | null | undefined,
  dice: Chance,
): number | null {
  if (value === null) return null;
  switch (does.is) {
    case 'offset':
      return value + does.by;
    case 'noise':
      return value + does.deviation * normal(dice);
    case 'stuck':
      return last ?? value;
    case 'dropout':
      return dice.next() < does.share ? null : value;
  }
}

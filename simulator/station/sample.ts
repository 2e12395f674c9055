// What a slot's meter shows at one moment, and what the pack tells it over its own bus, as a MeterValue of OCPP.
import type { Pack } from '../pack.ts';
import type { Slot } from './memory.ts';
import { isoOf, type ocpp, tenth } from './wire.ts';

export interface Sample {
  readonly atMs: number;
  readonly registerWh: number;
  readonly voltageV: number;
  /** Positive charges. */
  readonly currentA: number;
  readonly soc: number;
  /** Absent: not told this time. A sensor that is silent is left out: a list of cells with a gap could not be read. */
  readonly cells?: {
    readonly cellMv?: readonly number[];
    readonly probesC?: readonly number[];
    readonly insulationOhmPerV?: number;
  };
}

/** As it is at the pack's own time, which whoever asks has brought up to now. */
export const sampled = (slot: Slot, pack: Pack, currentA: number, withCells: boolean): Sample => ({
  atMs: pack.untilMs,
  registerWh: slot.registerWh,
  voltageV: pack.twin.truth().voltageV,
  currentA,
  soc: pack.soc,
  ...(withCells && { cells: cellsOf(pack) }),
});

function cellsOf(pack: Pack): NonNullable<Sample['cells']> {
  const { cellVolts, celsius } = pack.reading;
  const { insulationOhmPerV } = pack;
  const volts = whole(cellVolts);
  const probes = whole(celsius);
  return {
    ...(volts && { cellMv: volts.map((it) => Math.round(it * 1000)) }),
    ...(probes && { probesC: probes.map(tenth) }),
    ...(insulationOhmPerV !== undefined && { insulationOhmPerV }),
  };
}

const whole = (values: readonly (number | null)[]): readonly number[] | undefined =>
  values.every((it) => it !== null) ? values : undefined;

/** OCPP has no word for cells: they travel as Packloop's documented extension. */
export function meterValue(
  { atMs, registerWh, voltageV, currentA, soc, cells }: Sample,
  context: ocpp.ReadingContextEnumType,
): ocpp.MeterValueType {
  const one = (measurand: ocpp.MeasurandEnumType, unit: string, value: number, location?: ocpp.LocationEnumType) => ({
    measurand,
    value,
    unitOfMeasure: { unit },
    context,
    ...(location && { location }),
  });
  return {
    timestamp: isoOf(atMs),
    sampledValue: [
      one('Energy.Active.Import.Register', 'Wh', Math.round(registerWh)),
      one('Power.Active.Import', 'W', Math.round(voltageV * currentA)),
      one('SoC', 'Percent', tenth(soc), 'EV'),
      one('Voltage', 'V', tenth(voltageV), 'Outlet'),
      one('Current.Import', 'A', tenth(currentA), 'Outlet'),
    ],
    ...(cells && { customData: { vendorId: 'org.packloop', ...cells } }),
  };
}

// Sampled values of OCPP in plain units. What is not read here stays in the raw message log.
import type { Percent, W, Wh } from '#units';
import type { MeterValue, SampledValue } from './schema/types.ts';

export interface Measured {
  /** Lowest and highest reading of the register of imported energy. */
  readonly registerWh?: { readonly lowest: Wh; readonly highest: Wh };
  readonly soc?: Percent;
  readonly powerW?: W;
}

/** The newest state of charge and power, and the range of the energy register. A value no meter can show is passed over. */
export function measured(values: readonly MeterValue[] | undefined): Measured {
  if (!values || values.length === 0) return {};
  const found: { registerWh?: { lowest: Wh; highest: Wh }; soc?: Percent; powerW?: W } = {};
  for (const { sampledValue } of inTime(values))
    for (const sample of sampledValue) {
      if (sample.phase !== undefined) continue; // one phase is not the whole
      switch (sample.measurand ?? 'Energy.Active.Import.Register') {
        case 'Energy.Active.Import.Register':
          widen(found, energyOf(sample));
          break;
        case 'SoC': {
          const soc = plain(sample);
          if (soc >= 0 && soc <= 100) found.soc = soc as Percent;
          break;
        }
        case 'Power.Active.Import': {
          const powerW = plain(sample) * (sample.unitOfMeasure?.unit?.toLowerCase() === 'kw' ? 1000 : 1);
          if (Math.abs(powerW) < 1e9) found.powerW = powerW as W;
        }
      }
    }
  return found;
}

const inTime = (values: readonly MeterValue[]): readonly MeterValue[] =>
  values.length === 1
    ? values
    : values.toSorted((a, b) => Date.parse(a.timestamp as string) - Date.parse(b.timestamp as string));

/** The multiplier is a power of ten; the unit is Wh unless it says kWh. */
const plain = ({ value, unitOfMeasure }: SampledValue): number => value * 10 ** (unitOfMeasure?.multiplier ?? 0);

function energyOf(sample: SampledValue): Wh | undefined {
  const unit = sample.unitOfMeasure?.unit?.toLowerCase() ?? 'wh';
  if (unit !== 'wh' && unit !== 'kwh') return undefined;
  const wh = Math.round(plain(sample) * (unit === 'kwh' ? 1000 : 1));
  return wh >= 0 && wh < 1e15 ? (wh as Wh) : undefined;
}

function widen(found: { registerWh?: { lowest: Wh; highest: Wh } }, wh: Wh | undefined): void {
  if (wh === undefined) return;
  const { lowest, highest } = found.registerWh ?? { lowest: wh, highest: wh };
  found.registerWh = { lowest: wh < lowest ? wh : lowest, highest: wh > highest ? wh : highest };
}

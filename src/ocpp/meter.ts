// Sampled values of OCPP in plain units. What is not read here stays in the raw message log.
import type { Instant, Percent, W, Wh } from '#units';
import type { MeterValue, SampledValue } from './schema/types.ts';

export interface Measured {
  /** Lowest and highest reading of the register of imported energy. */
  readonly registerWh?: { readonly lowest: Wh; readonly highest: Wh; readonly since?: Instant };
  readonly soc?: Percent;
  readonly powerW?: W;
  /** The last value that no meter can show, in its own words. */
  readonly unread?: string;
}

/** More than a slot counts in a hundred years. */
const MOST_WH = 1e11;
const MOST_W = 1e8;

/** The newest state of charge and power, and the range of the energy register. A value no meter can show is told apart. */
export function measured(values: readonly MeterValue[] | undefined): Measured {
  if (!values || values.length === 0) return {};
  const found: Found = {};
  for (const { sampledValue, timestamp } of inTime(values))
    for (const sample of sampledValue) {
      if (sample.phase !== undefined) continue; // one phase is not the whole
      switch (sample.measurand ?? 'Energy.Active.Import.Register') {
        case 'Energy.Active.Import.Register':
          widen(found, sample, values.length > 1 ? timestamp : undefined);
          break;
        case 'SoC': {
          const soc = plain(sample);
          if (soc >= 0 && soc <= 100) found.soc = soc as Percent;
          else found.unread = worded(sample);
          break;
        }
        case 'Power.Active.Import': {
          const powerW = plain(sample) * (sample.unitOfMeasure?.unit?.toLowerCase() === 'kw' ? 1000 : 1);
          if (Math.abs(powerW) < MOST_W) found.powerW = powerW as W;
          else found.unread = worded(sample);
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

type Found = { -readonly [Name in keyof Measured]: Measured[Name] };

function widen(found: Found, sample: SampledValue, at: unknown): void {
  const unit = sample.unitOfMeasure?.unit?.toLowerCase() ?? 'wh';
  const wh = Math.round(plain(sample) * (unit === 'kwh' ? 1000 : 1)) as Wh;
  if (!['wh', 'kwh'].includes(unit) || !(wh >= 0 && wh < MOST_WH)) {
    found.unread = worded(sample);
    return;
  }
  const { lowest, highest, since } = found.registerWh ?? { lowest: wh, highest: wh, since: instantIn(at) };
  found.registerWh = {
    lowest: Math.min(wh, lowest) as Wh,
    highest: Math.max(wh, highest) as Wh,
    ...(since && { since }),
  };
}

function instantIn(text: unknown): Instant | undefined {
  const ms = Date.parse(String(text));
  return Number.isNaN(ms) ? undefined : Temporal.Instant.fromEpochMilliseconds(ms);
}

const worded = ({ measurand = 'Energy.Active.Import.Register', value, unitOfMeasure = {} }: SampledValue): string => {
  const { unit = '', multiplier = 0 } = unitOfMeasure;
  return `${measurand} ${value}${multiplier === 0 ? '' : `e${multiplier}`} ${unit}`.trim();
};

// What a station told of one charge, read back out of the messages that are kept: what health is estimated from. Stations
// are strangers: what has not the form or the range it should have is left out, and the rest is kept.
import type { Work } from '#kernel';
import { type Instant, Percent, readInstant, type StationId, W, Wh } from '#units';
import { transactionFrames } from './inbox.ts';

/** What was measured at one moment of a charge. Everything but the moment may be missing. */
export interface ChargeSample {
  /** By the station's clock. */
  readonly at: Instant;
  readonly soc?: Percent;
  /** The slot's register. */
  readonly energyWh?: Wh;
  readonly powerW?: W;
  /** At the poles of the pack. */
  readonly voltageV?: number;
  /** Positive charges. */
  readonly currentA?: number;
  /** Of each cell in series, in mV. */
  readonly cellMv?: readonly number[];
  /** Of each thermometer, in degrees Celsius. */
  readonly probesC?: readonly number[];
  /** Against the body, in ohm for each volt at the poles. */
  readonly insulationOhmPerV?: number;
}

export interface WhichCharge {
  readonly stationId: StationId;
  readonly transactionId: string;
  /** About when it ran. */
  readonly from: Instant;
  readonly to: Instant;
  /** The newest so many messages; all when absent. */
  readonly most?: number;
}

/** A message comes no earlier than what it tells of, but for clocks that differ; and later by as long as the network was cut. */
export const CLOCKS_DIFFER_MINUTES = 5;
const TOLD_WITHIN_HOURS = 24;

/**
 * The samples of one transaction in time order, each once: TransactionEvents as they were told between `from` and a day after
 * `to`, however often. OCPP 2.1, part 2, MeterValueType; cells by docs/decisions/0012.
 * @param transactionId as #station has it: one whose id was used again (`tx~2`) is found under the station's own id
 */
export async function chargeOf(work: Work, it: WhichCharge): Promise<readonly ChargeSample[]> {
  const ids = [it.transactionId, it.transactionId.replace(/~\d+$/, '')];
  const frames = await transactionFrames(work, {
    stationId: it.stationId,
    transactionId: ids[1]!,
    from: it.from.subtract({ minutes: CLOCKS_DIFFER_MINUTES }),
    to: it.to.add({ hours: TOLD_WITHIN_HOURS }),
    ...(it.most !== undefined && { most: it.most }),
  });
  return samplesIn(frames, ids);
}

/** The samples in these frames that belong to a transaction by one of these ids. */
export function samplesIn(frames: readonly string[], ids: readonly string[]): ChargeSample[] {
  const told = frames
    .map(payloadOf)
    .filter((it) => ids.some((id) => id === field(field(it, 'transactionInfo'), 'transactionId')))
    .toSorted((a, b) => seqNoOf(a) - seqNoOf(b));
  const samples = told.flatMap((it) => listed(field(it, 'meterValue')).flatMap((value) => sampleIn(value) ?? []));
  const byTime = Map.groupBy(samples, (it) => it.at.epochNanoseconds);
  return [...byTime.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .flatMap(([, atOnce]) => withoutDoubles(atOnce));
}

function seqNoOf(payload: unknown): number {
  const seqNo = field(payload, 'seqNo');
  return typeof seqNo === 'number' ? seqNo : 0;
}

export function payloadOf(frame: string): unknown {
  try {
    return listed(JSON.parse(frame))[3];
  } catch {
    return undefined;
  }
}

/** What was told twice counts once; what was told of one moment in parts is put together. */
function withoutDoubles(atOnce: readonly ChargeSample[]): ChargeSample[] {
  const kept: ChargeSample[] = [];
  for (const it of atOnce) {
    const same = kept.findIndex((other) => isCompatible(other, it));
    if (same < 0) kept.push(it);
    else kept[same] = { ...kept[same]!, ...it };
  }
  return kept;
}

const isCompatible = (a: ChargeSample, b: ChargeSample): boolean =>
  (Object.keys(b) as (keyof ChargeSample)[]).every(
    (key) => a[key] === undefined || JSON.stringify(a[key]) === JSON.stringify(b[key]),
  );

type Draft = { -readonly [Name in keyof ChargeSample]: ChargeSample[Name] };

export function sampleIn(value: unknown): ChargeSample | undefined {
  const at = instantIn(field(value, 'timestamp'));
  if (!at) return undefined;
  const draft: Draft = { at };
  for (const it of listed(field(value, 'sampledValue'))) readOne(draft, it);
  readCells(draft, field(value, 'customData'));
  return Object.keys(draft).length > 1 ? draft : undefined;
}

/** More than any pack, slot or register of a hundred years can show. */
const MOST = { volts: 5000, amperes: 1e5, watts: 1e8, wattHours: 1e11 } as const;

/** One quantity at the pack's side of the charger; phases and the grid's side say nothing of the pack. */
function readOne(draft: Draft, sampled: unknown): void {
  const location = field(sampled, 'location') ?? 'Outlet';
  if (field(sampled, 'phase') !== undefined || (location !== 'Outlet' && location !== 'EV')) return;
  const within = (units: Readonly<Record<string, number>>, least: number, most: number): number | undefined => {
    const number = inUnits(sampled, units);
    return number !== undefined && number >= least && number <= most ? number : undefined;
  };
  switch (field(sampled, 'measurand') ?? 'Energy.Active.Import.Register') {
    case 'Energy.Active.Import.Register': {
      const wh = within({ wh: 1, kwh: 1000 }, 0, MOST.wattHours);
      if (wh !== undefined) draft.energyWh = Wh(wh);
      break;
    }
    case 'Power.Active.Import': {
      const watts = within({ w: 1, kw: 1000 }, -MOST.watts, MOST.watts);
      if (watts !== undefined) draft.powerW = W(watts);
      break;
    }
    case 'SoC': {
      const soc = within({ percent: 1 }, 0, 100);
      if (soc !== undefined) draft.soc = Percent(soc);
      break;
    }
    case 'Voltage': {
      const volts = within({ v: 1, kv: 1000 }, 0, MOST.volts);
      if (volts !== undefined) draft.voltageV = volts;
      break;
    }
    case 'Current.Import': {
      const amperes = within({ a: 1, ka: 1000 }, -MOST.amperes, MOST.amperes);
      if (amperes !== undefined) draft.currentA = amperes;
    }
  }
}

/** A number in the first of the units; nothing when it is none, or of another unit. */
function inUnits(sampled: unknown, units: Readonly<Record<string, number>>): number | undefined {
  const value = field(sampled, 'value');
  const { unit = Object.keys(units)[0]!, multiplier = 0 } = (field(sampled, 'unitOfMeasure') ?? {}) as Partial<
    Record<string, unknown>
  >;
  const factor = typeof unit === 'string' ? units[unit.toLowerCase()] : undefined;
  if (typeof value !== 'number' || typeof multiplier !== 'number' || factor === undefined) return undefined;
  const number = value * factor * 10 ** multiplier;
  return Number.isFinite(number) ? number : undefined;
}

/** No pack has more of either. */
const MOST_CELLS = 1000;

function readCells(draft: Draft, customData: unknown): void {
  if (field(customData, 'vendorId') !== 'org.packloop') return;
  const cellMv = numbers(field(customData, 'cellMv'), 0, 10_000);
  // One that cannot be is a broken probe, which health tells: the others are read all the same.
  const probesC = numbers(field(customData, 'probesC'), -Number.MAX_VALUE, Number.MAX_VALUE);
  const [insulation] = numbers([field(customData, 'insulationOhmPerV')], 0, 1e9) ?? [];
  if (cellMv) draft.cellMv = cellMv;
  if (probesC) draft.probesC = probesC;
  if (insulation !== undefined) draft.insulationOhmPerV = insulation;
}

/** A list of numbers that all can be; one that cannot spoils the list, for it would no longer say which cell is which. */
function numbers(value: unknown, least: number, most: number): readonly number[] | undefined {
  const list = listed(value);
  const isFine = list.every((it): it is number => typeof it === 'number' && it >= least && it <= most);
  return isFine && list.length > 0 && list.length <= MOST_CELLS ? (list as number[]) : undefined;
}

export const field = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? (of as Record<string, unknown>)[name] : undefined;

export const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export function instantIn(text: unknown): Instant | undefined {
  try {
    return typeof text === 'string' ? readInstant(text) : undefined;
  } catch {
    return undefined;
  }
}

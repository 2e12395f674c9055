// The passport of one pack, put together from what makers supplied and what happened. Pure: facts in, 93 values out.
import { isSecondUseCode, type PackFamily } from '#pack';
import type { Instant, PackCode } from '#units';
import { type Attribute, demandOf } from './attribute.ts';
import { attributes } from './attributes/index.ts';
import { happened } from './happened.ts';
import type { Basis, Category, Supplier } from './words.ts';

export type Value =
  | {
      readonly state: 'known';
      readonly value: unknown;
      readonly basis: Basis;
      /** When it was so. ISO 8601. */
      readonly at: string;
      /** Made up, or measured in a network that is. */
      readonly simulated: boolean;
    }
  | { readonly state: 'missing'; readonly from: Supplier }
  /** The category of this battery does not ask for it. */
  | { readonly state: 'none' };

export interface Passport {
  readonly id: string;
  readonly code: PackCode;
  readonly category: Category;
  readonly model: string;
  /** Version of what the maker supplied; null when nobody did. */
  readonly document: number | null;
  readonly asOf: string;
  /** Since when it says no more: a second life has a passport of its own. */
  readonly frozenAt: string | null;
  readonly original: PackCode | null;
  readonly successor: PackCode | null;
  /** Who answers for it. */
  readonly responsible: string | null;
  readonly values: Readonly<Record<string, Value>>;
}

/** All that a passport is made from. */
export interface Facts {
  readonly code: PackCode;
  readonly at: Instant;
  readonly model: string;
  readonly family: PackFamily | undefined;
  readonly producedOn: Temporal.PlainDate;
  readonly capacityWh: number;
  readonly soc: number;
  /** As the station reported it last. */
  readonly soh: number;
  readonly efc: number;
  readonly observedAt: Instant;
  readonly document: {
    readonly version: number;
    readonly at: Instant;
    readonly suppliedBy: string | null;
    readonly simulated: boolean;
    readonly body: Readonly<Record<string, unknown>>;
  } | null;
  /** What its charges showed; percent of the plate, times a new pack. */
  readonly estimate: { readonly soh: number; readonly ohms: number | null; readonly at: Instant } | null;
  readonly grade: { readonly grade: string; readonly at: Instant } | null;
  readonly temperature: { readonly celsius: number; readonly at: Instant } | null;
  readonly history: readonly {
    readonly type: string;
    readonly at: Instant;
    readonly body: Readonly<Record<string, unknown>>;
  }[];
  readonly original: PackCode | null;
  readonly successor: PackCode | null;
  readonly responsible: string | null;
  /** Of the whole network. */
  readonly simulated: boolean;
}

/** `urn:gbt34014:…`: the published schema allows small letters and digits alone, so the hyphens of a GB/T 45565 code go. */
export const passportId = (code: PackCode): string =>
  `urn:${code.includes('-') ? 'gbt45565' : 'gbt34014'}:${code.toLowerCase().replaceAll('-', '')}`;

/** Packs of a second use stand still; before, it is the family that says. @returns a category of Article 3 */
export function categoryOf({ code, family }: Pick<Facts, 'code' | 'family'>): Category {
  if (isSecondUseCode(code)) return 'stationary';
  return family === 'two-wheeler-48' ? 'lmt' : 'ev';
}

/** Puts a passport together. What nobody supplied and nothing tells is missing; nothing is made up in its place. */
export function passportOf(facts: Facts): Passport {
  const category = categoryOf(facts);
  const known = { ...supplied(facts), ...lived(facts, category) };
  const due = ({ from }: Attribute): Supplier =>
    // Whoever repurposed a battery answers for its passport from then on.
    facts.original !== null && (from === 'manufacturer' || from === 'producer') ? 'operator' : from;
  const values = attributes.map((it): [string, Value] => [
    it.key,
    known[it.key] ?? (demandOf(it, category) === 'none' ? { state: 'none' } : { state: 'missing', from: due(it) }),
  ]);
  const { code, model, original, successor, responsible } = facts;
  return {
    ...{ id: passportId(code), code, category, model, original, successor },
    document: facts.document?.version ?? null,
    asOf: facts.at.toString(),
    frozenAt: null,
    responsible: responsible ?? facts.document?.suppliedBy ?? null,
    values: Object.fromEntries(values),
  };
}

type Known = Readonly<Record<string, Value>>;

/** What its maker said of all packs of the model. */
function supplied({ document, producedOn, original }: Facts): Known {
  if (!document) return {};
  const { body, at, simulated } = document;
  const known = { state: 'known', at: at.toString(), simulated } as const;
  const { warrantyMonths, ...rest } = body;
  const values: Record<string, Value> = {};
  for (const [key, value] of Object.entries(rest)) values[key] = { ...known, value, basis: 'supplied' };
  // The warranty was the maker's, for the first life; who issues a new passport gives its own or none.
  if (typeof warrantyMonths === 'number' && original === null)
    values.warrantyUntil = {
      ...known,
      basis: 'derived',
      value: producedOn.add({ months: warrantyMonths }).toPlainYearMonth().toString(),
    };
  if (original !== null) delete values.operator;
  if (['manufacturer', 'madeAt', 'massKg'].every((it) => values[it]))
    values.footprintOf = { ...known, basis: 'derived', value: 'See 4 to 10' };
  return values;
}

/** What follows from its own life. */
function lived(facts: Facts, category: Category): Known {
  const { code, producedOn, observedAt, capacityWh, soc, efc, estimate, grade, temperature, simulated } = facts;
  const is = (value: unknown, basis: Basis, at: Instant): Value => ({
    ...{ state: 'known', value, basis, simulated },
    at: at.toString(),
  });
  const soh = estimate?.soh ?? facts.soh;
  const healthAt = estimate?.at ?? observedAt;
  const health = (value: unknown) => is(value, estimate ? 'estimated' : 'reported', healthAt);
  const rated = facts.document?.body.ratedCapacityAh;
  const inUse = happened(facts.history, 'fitted')[0];
  const status =
    grade?.grade === 'recycle' ? 'Waste' : facts.original !== null || isSecondUseCode(code) ? 'Repurposed' : 'Original';
  return {
    passportId: is(passportId(code), 'derived', facts.at),
    batteryId: is(code, 'recorded', facts.at),
    madeOn: is(producedOn.toString(), 'recorded', facts.at),
    category: is(category, 'derived', facts.at),
    status: is(status, 'derived', grade?.at ?? facts.at),
    ...(inUse && { inServiceSince: is(dayOf(inUse.at), 'recorded', inUse.at) }),
    soc: is(rounded(soc, 1), 'reported', observedAt),
    soce: health(rounded(soh, 2)),
    remainingKWh: health(rounded((capacityWh * soh) / 100_000, 2)),
    capacityFade: health(rounded(100 - soh, 2)),
    cycles: is(rounded(efc, 2), 'derived', observedAt),
    energyKWh: is(rounded((efc * capacityWh) / 1000, 1), 'derived', observedAt),
    ...(typeof rated === 'number' && {
      remainingCapacityAh: health(rounded((rated * soh) / 100, 2)),
      throughputAh: is(rounded(efc * rated, 1), 'derived', observedAt),
    }),
    ...(estimate?.ohms != null && {
      resistanceIncrease: health([{ batteryComponent: 'pack', increase: rounded((estimate.ohms - 1) * 100, 1) }]),
    }),
    ...counted(facts),
    ...(temperature && { temperatureC: is(temperature.celsius, 'reported', temperature.at) }),
    accidents: is(
      happened(facts.history, 'danger').map(({ what, at }) => ({ what, at: at.toString() })),
      'recorded',
      facts.at,
    ),
  };
}

/** What the pack itself has counted, as a station read it last. */
function counted({ history, simulated }: Facts): Known {
  const read = history.findLast((it) => it.type === 'pack.counters-read');
  if (!read) return {};
  const { body } = read;
  const at = typeof body.at === 'string' ? body.at : read.at.toString();
  const told: Record<string, unknown> = {
    ...Object.fromEntries(COUNTS.map((it) => [it, body[it]])),
    remainingEfficiency: body.efficiencyPercent,
    remainingPower: body.powerW === undefined ? undefined : [{ atSoC: 50, powerCapabilityAt: body.powerW }],
  };
  return Object.fromEntries(
    Object.entries(told)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, { state: 'known', value, basis: 'reported', at, simulated }]),
  );
}

const COUNTS = [
  ...['hotMinutes', 'coldMinutes', 'hotChargingMinutes', 'coldChargingMinutes'],
  ...['deepDischarges', 'overcharges'],
];

const rounded = (value: number, places: number): number => Number(value.toFixed(places));
const dayOf = (at: Instant): string => at.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();

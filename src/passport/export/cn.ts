// 动力电池数字身份证: what the national traceability platform asks of a battery, from the same events as the European passport.
// Interim Measures of 31 December 2025 (in force 1 April 2026): the code links production, vehicle fitting, swap, repair, scrapping,
// recycling and utilisation. Their articles and the upload format were not public to us: `unconfirmed` says what we could not check.
import { type ReadAnyCode, readCode } from '#pack';
import type { Instant, PackCode } from '#units';
import { type Happened, type LifeStep, lifeOf } from '../happened.ts';
import type { Facts } from '../passport.ts';
import type { UploadKind } from '../words.ts';

export interface DigitalIdentity {
  readonly code: PackCode;
  readonly standard: string;
  /** The code part by part. */
  readonly parts: Readonly<Record<string, string | number | null>>;
  /** Pack, modules, cells (GB/T 34014-2017, 4.1). Null: nobody supplied the codes of its parts. */
  readonly tree: { readonly code: PackCode; readonly modules: null };
  readonly original: PackCode | null;
  readonly successor: PackCode | null;
  readonly producedOn: string;
  readonly model: string;
  readonly ratedEnergyKWh: number;
  readonly simulated: boolean;
  readonly events: readonly {
    readonly kind: UploadKind;
    readonly zh: string;
    readonly at: string;
    readonly what: string;
    /** By when it had to be uploaded, and by which rule; null where no rule that we know names a time. */
    readonly dueWithin: { readonly workingDays: number; readonly rule: string } | null;
  }[];
  readonly unconfirmed: readonly string[];
}

const OLD_RULE = '2018 interim rules of traceability management (replaced on 1 April 2026)';

const KINDS: Readonly<Record<Exclude<LifeStep, 'danger'>, { kind: UploadKind; zh: string; days: number | null }>> = {
  production: { kind: 'production', zh: '生产', days: null },
  fitted: { kind: 'fitting', zh: '装车', days: null },
  swap: { kind: 'swap', zh: '换电', days: 30 },
  repair: { kind: 'repair', zh: '维修', days: 30 },
  retired: { kind: 'retirement', zh: '退役', days: 15 },
  reuse: { kind: 'reuse', zh: '梯次利用', days: 15 },
};

const unconfirmed = [
  'The articles, the upload format and the time limits of the 2026 Interim Measures were not available: the time limits shown are those of the 2018 rules.',
  'The paid text of GB/T 34014-2017: letters of battery types other than B and E, and the table of days.',
  'Who made the pack reports its production and its fitting to the platform; our first entry is when it entered this network.',
  'The vehicle (VIN) of a fitting is not kept in the record of a pack: it is personal data.',
  'Codes of modules and cells: nobody supplied them.',
];

/** The digital identity of one pack. For the authority and for who operates the pack: it holds every swap. */
export function digitalIdentity(facts: Facts): DigitalIdentity {
  const { code, at, model, original, successor, producedOn, capacityWh, simulated } = facts;
  const read = readCode(code, at.toZonedDateTimeISO('Asia/Shanghai').toPlainDate());
  return {
    ...{ code, model, original, successor, simulated, unconfirmed },
    standard: read.standard ?? 'unknown',
    parts: partsOf(read),
    tree: { code, modules: null },
    producedOn: producedOn.toString(),
    ratedEnergyKWh: capacityWh / 1000,
    events: lifeOf(facts.history).flatMap((it) => uploaded(it, producedOn)),
  };
}

/** The record begins when a pack enters the network; it was made on the day that its code or its papers say. */
function uploaded({ step, what, at }: Happened, producedOn: Temporal.PlainDate): DigitalIdentity['events'][number][] {
  if (step === 'danger') return [];
  const { kind, zh, days } = KINDS[step];
  const dueWithin = days === null ? null : { workingDays: days, rule: OLD_RULE };
  if (step === 'production')
    return [{ kind, zh, at: producedOn.toString(), what: `made; ${what} on ${isoOf(at)}`, dueWithin }];
  return [{ kind, zh, at: isoOf(at), what, dueWithin }];
}

function partsOf(read: ReadAnyCode): DigitalIdentity['parts'] {
  if (!read.ok) return {};
  return Object.fromEntries(
    Object.entries(read.parts).map(([key, it]) => [
      key,
      it === null || typeof it === 'string' || typeof it === 'number' ? it : String(it),
    ]),
  );
}

const isoOf = (at: Instant): string => at.toString();

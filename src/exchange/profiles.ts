// What each public platform wants to know, of which stations, in which fields, by when. Plain data. No platform has published its
// interface to us: what no source gives is marked "assumed".
import type { ReportKind } from './words.ts';

/** By when: so many working days (Monday to Friday in China; public holidays are not known to us) or hours. */
export type Limit = { readonly workingDays: number } | { readonly hours: number };

export interface Wanted {
  /** In this order; what the fact does not hold is left out. */
  readonly fields: readonly string[];
  readonly within: Limit;
  readonly source: string;
}

export interface CityProfile {
  readonly id: string;
  readonly name: { readonly en: string; readonly zh: string };
  /** Beginnings of the regions of stations that it covers. Facts that happen at no station go to the national one alone. */
  readonly regions: readonly string[] | 'all';
  readonly wants: Readonly<Partial<Record<ReportKind, Wanted>>>;
  /** Each station uploads the health of its packs so often. */
  readonly sohEveryHours?: number;
  readonly source: string;
}

const OLD_RULES =
  '2018 interim rules of traceability management, replaced on 1 April 2026: the new limits are not public';
const ASSUMED = 'assumed';
const MISSION = 'issue of the platform: "换电站上传电池健康状态至公共监管平台"; interval and limit assumed';

export const profiles: readonly CityProfile[] = [
  {
    id: 'national',
    name: { en: 'National traceability platform', zh: '国家溯源管理平台' },
    regions: 'all',
    source: 'Interim Measures of 31 December 2025, in force 1 April 2026: which facts; fields assumed',
    wants: {
      production: { fields: ['model', 'capacityWh', 'producedOn'], within: { workingDays: 15 }, source: ASSUMED },
      sale: { fields: ['from', 'to', 'millionths'], within: { workingDays: 15 }, source: ASSUMED },
      swap: { fields: ['direction', 'station', 'soc', 'soh'], within: { workingDays: 30 }, source: OLD_RULES },
      repair: { fields: ['outcome', 'capacityWh', 'soh'], within: { workingDays: 30 }, source: OLD_RULES },
      retirement: { fields: ['grade', 'successor'], within: { workingDays: 15 }, source: OLD_RULES },
      'hand-over': { fields: ['from', 'to'], within: { workingDays: 15 }, source: OLD_RULES },
      reuse: { fields: ['original'], within: { workingDays: 15 }, source: OLD_RULES },
    },
  },
  {
    id: 'shenzhen',
    name: { en: 'Shenzhen', zh: '深圳' },
    regions: ['CN-GD-SZ'],
    source: 'assumed: no interface was public',
    wants: {
      swap: { fields: ['direction', 'station', 'soc', 'soh', 'energyWh'], within: { hours: 24 }, source: ASSUMED },
      repair: { fields: ['outcome', 'capacityWh', 'soh'], within: { hours: 72 }, source: ASSUMED },
      soh: { fields: ['station', 'packs'], within: { hours: 24 }, source: MISSION },
    },
    sohEveryHours: 24,
  },
  {
    id: 'shanghai',
    name: { en: 'Shanghai', zh: '上海' },
    regions: ['CN-SH'],
    source: 'assumed: no interface was public',
    wants: {
      swap: { fields: ['direction', 'station', 'soh'], within: { workingDays: 3 }, source: ASSUMED },
      soh: { fields: ['station', 'packs'], within: { workingDays: 2 }, source: MISSION },
    },
    sohEveryHours: 168,
  },
];

export const profileOf = (id: string): CityProfile | undefined => profiles.find((it) => it.id === id);

/** Whether what happens in this region is reported to it; null is a fact that happened at no station. */
export const covers = ({ regions }: CityProfile, region: string | null): boolean =>
  regions === 'all' || (region !== null && regions.some((it) => region === it || region.startsWith(`${it}-`)));

const CHINA = 'Asia/Shanghai';

/** The last instant at which a report of what happened then is in time: the end of the last working day, in China. */
export function dueAt(from: Temporal.Instant, limit: Limit): Temporal.Instant {
  if ('hours' in limit) return from.add({ hours: limit.hours });
  let day = from.toZonedDateTimeISO(CHINA).toPlainDate();
  for (let left = limit.workingDays; left > 0; ) {
    day = day.add({ days: 1 });
    if (day.dayOfWeek <= 5) left--;
  }
  return day.add({ days: 1 }).toZonedDateTime(CHINA).toInstant();
}

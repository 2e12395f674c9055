// The map as it travels: columns of all stations, tuples of those that changed.
import type { z } from 'zod';
import type { Reach } from '#kernel/api';
import type { Instant } from '#units';
import type { mapDelta, mapNow, mapThen } from './api.ts';
import type { StationLine } from './board.ts';

type Columns = z.infer<typeof mapNow>;
type States = Omit<z.infer<typeof mapThen>, 'at' | 'asked' | 'id'>;
export type Delta = z.infer<typeof mapDelta>['rows'][number];

/** Whether a caller reaches a station of the board: the same as `stationWithin` says in SQL. */
export const reaches = (reach: Reach, { id, operatorId, region }: Pick<StationLine, 'id' | 'operatorId' | 'region'>) =>
  reach.all ||
  (reach.tenants.includes(operatorId) &&
    (reach.regions === undefined || (region !== null && reach.regions.includes(region))) &&
    (reach.stations === undefined || reach.stations.includes(id)));

export const within = (lines: readonly StationLine[], reach: Reach): readonly StationLine[] =>
  reach.all ? lines : lines.filter((it) => reaches(reach, it));

/** To a hundred-thousandth of a degree, about a metre. */
const degrees = (value: number): number => Math.round(value * 1e5) / 1e5;

export function columnsOf(
  lines: readonly StationLine[],
  terms: { readonly at: Instant; readonly clockSpeed: number; readonly simulated: boolean },
): Columns {
  const profiles = words(lines, (it) => it.profile);
  const operators = words(lines, (it) => it.operatorId);
  const regions = words(lines, (it) => it.region);
  return {
    ...terms,
    profiles: profiles.all,
    operators: operators.all,
    regions: regions.all,
    id: lines.map((it) => it.id),
    name: lines.map((it) => it.name),
    lon: lines.map((it) => degrees(it.longitude)),
    lat: lines.map((it) => degrees(it.latitude)),
    profile: profiles.column,
    operator: operators.column,
    region: regions.column,
    ...statesOf(lines),
  };
}

export const statesOf = (lines: readonly StationLine[]): States => ({
  online: lines.map((it) => (it.online ? 1 : 0)),
  ready: lines.map((it) => it.ready),
  slots: lines.map((it) => it.slots),
  charging: lines.map((it) => it.charging),
  queue: lines.map((it) => it.queue),
  openSwap: lines.map((it) => it.openSwap),
  anomalies: lines.map((it) => it.anomalies24h),
  swapsLastHour: lines.map((it) => it.swapsLastHour),
  swapsToday: lines.map((it) => it.swapsToday),
  outOfUse: lines.map((it) => it.outOfUseWhy),
});

/** In the order of `mapStates`. */
export const deltaOf = (it: StationLine): Delta => [
  it.id,
  it.online ? 1 : 0,
  it.ready,
  it.slots,
  it.charging,
  it.queue,
  it.openSwap,
  it.anomalies24h,
  it.swapsLastHour,
  it.swapsToday,
  it.outOfUseWhy,
];

/** Each word once, and for each line which one it has; -1 for none. */
function words(lines: readonly StationLine[], of: (line: StationLine) => string | null) {
  const index = new Map<string, number>();
  const column = lines.map((line) => {
    const word = of(line);
    if (word === null) return -1;
    const known = index.get(word) ?? index.size;
    index.set(word, known);
    return known;
  });
  return { all: [...index.keys()], column };
}

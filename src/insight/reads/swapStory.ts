// One swap with everything around it: its steps, its checks, its bill, the transfers behind it, its record.
import { sql } from 'kysely';
import { newestUntil } from '#health';
import { isSimulated, Refused, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { stationPreset } from '#pack';
import { history } from '#record';
import { find } from '#station';
import { look } from '#swap';
import { Fen, type Instant, type PackCode, type StationId, type SwapId } from '#units';
import { swapReached } from '../reached.ts';
import { type Leg, legsWhere } from './books.ts';
import { checksOf, exchangeSeconds, timedStepsOf, waitingFor } from './steps.ts';

interface Asker {
  readonly reach: Reach;
  /** Whether the driver and the vehicle may be named. */
  readonly maySeePeople: boolean;
  readonly isDemo: boolean;
}

/** @throws Refused `swap-unknown`, also for a swap beyond reach */
export async function swapStory(work: Work, id: SwapId, { reach, maySeePeople, isDemo }: Asker) {
  const swap = await look(work, id);
  if (!swap || !(await swapReached(work, reach, id))) throw unknown(id);
  const station = (await find(work, [swap.stationId as StationId])).get(swap.stationId);
  const presetId = station?.presetId ?? ('' as never);
  const transfers = await bookedFor(work, id);
  const record = await history(work, `swap:${id}`);
  return {
    at: work.at,
    simulated: isDemo || (await isSimulated(work)),
    swap: {
      ...swap,
      problems: [...swap.problems],
      returned: [...swap.returned],
      given: [...swap.given],
      promised: [...swap.promised],
      checks: Object.fromEntries(Object.entries(swap.checks).map(([name, it]) => [name, { ...it }])),
      bill: swap.bill && { ...swap.bill, lines: swap.bill.lines.map((it) => ({ ...it, price: it.price as number })) },
      netWh: swap.bill?.netWh ?? null,
      totalFen: swap.bill?.total ?? null,
    },
    driverId: maySeePeople ? swap.driverId : null,
    vin: maySeePeople ? swap.vin : null,
    stationName: station?.name ?? swap.stationId,
    timeZone: station?.timeZone ?? 'UTC',
    steps: timedStepsOf(swap, presetId),
    exchangeS: exchangeSeconds(swap),
    expectedS: stationPreset(presetId)?.swapSeconds ?? 0,
    checks: checksOf(swap),
    waitingFor: waitingFor(swap),
    transfers: maySeePeople ? transfers : transfers.map(nameless),
    handedOut: await handedOut(work, swap.given),
    shares: sharesIn(transfers, id),
    record: record.map(({ seq, at, type, body }) => ({ seq, at, type, body: { ...body } })),
  };
}

async function handedOut(work: Work, given: readonly { code: PackCode; at: Instant }[]) {
  const known = await newestUntil(
    work,
    given.map(({ code, at }) => ({ code, at })),
  );
  return [...known.values()].map(({ packCode, soh, sohLower, sohUpper, endedAt }) => ({
    code: packCode,
    soh: { value: soh!, lower: sohLower!, upper: sohUpper! },
    estimatedAt: endedAt,
  }));
}

/** @throws Refused `swap-unknown`, also for a swap beyond reach */
export async function swapTransfers(
  work: Work,
  id: SwapId,
  { reach, maySeePeople }: Omit<Asker, 'isDemo'>,
): Promise<Leg[]> {
  if (!(await look(work, id)) || !(await swapReached(work, reach, id))) throw unknown(id);
  const transfers = await bookedFor(work, id);
  return maySeePeople ? transfers : transfers.map(nameless);
}

const unknown = (id: SwapId) => new Refused('swap-unknown', `There is no swap ${id}`, { id }, 404);

/** All that a swap booked has an id below its own: one range of the primary key. */
const bookedFor = (work: Work, id: SwapId): Promise<Leg[]> =>
  legsWhere(work, sql`t.id >= ${`swap/${id}/`} and t.id < ${`swap/${id}0`}`);

/** Who got what of the bill: the transfers out of the station's clearing account. */
function sharesIn(transfers: readonly Leg[], id: SwapId): { party: string; fen: Fen }[] {
  const prefix = `swap/${id}/share/`;
  return transfers
    .filter((it) => it.id.startsWith(prefix))
    .map((it) => ({ party: it.to.replace('party:', ''), fen: Fen(it.amount) }));
}

/** Drivers and vehicles without their names, for who may not see people. */
const nameless = (it: Leg): Leg => ({ ...it, from: veiled(it.from), to: veiled(it.to) });
const veiled = (holder: string): string => holder.replace(/^((?:outside:)?(?:driver|vehicle|arrears)[:/]).*$/, '$1…');

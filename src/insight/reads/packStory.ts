// Everything about one pack on one page: where it is, whose it is, what it went through, what it earned. Reads only.
import { sql } from 'kysely';
import { isSimulated, Refused, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { linksOf, type PackModelId, packModel } from '#pack';
import { type AccessClass, bodyFor, history } from '#record';
import type { Instant, PackCode, PartyId, Percent, StationId, SwapId, Wh } from '#units';
import { chargesShowed } from './chargesShowed.ts';
import { codeParts } from './codeParts.ts';
import { earnedBy } from './earned.ts';
import { type PackRow, packRowOf } from './packs.ts';

/** Most points of the series of health, and most entries of the history. */
const MOST_POINTS = 500;
const MOST_ENTRIES = 200;

const notYet = {
  carbon: {
    value: null,
    why: 'It needs the footprint of the pack’s production from its maker and the carbon intensity of the power it was charged with.',
  },
  residualValue: { value: null, why: 'It needs prices of used packs.' },
} as const;

interface Asking {
  readonly reach: Reach;
  /** Of what was recorded, the reader may know these. */
  readonly classes: readonly AccessClass[];
  readonly isDemo: boolean;
}

/** @throws Refused `pack-unknown`, also for a pack beyond reach */
export async function packStory(work: Work, code: PackCode, { reach, classes, isDemo }: Asking) {
  const pack = await packRowOf(work, code, reach);
  if (!pack) throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
  const moves = await movesOf(work, code);
  const slot = await slotWith(work, code);
  const links = await linksOf(work, code);
  return {
    at: work.at,
    simulated: isDemo || (await isSimulated(work)),
    pack,
    model: modelOf(pack.model),
    code: codeParts(code, work.at),
    health: {
      soh: pack.soh,
      method: 'as-reported' as const,
      reportedAt: pack.observedAt,
      series: thinned(seriesOf(moves, slot ? pack : undefined)),
      ...(await chargesShowed(work, pack)),
    },
    use: {
      efc: pack.efc,
      matingCycles: pack.matingCycles,
      drivenWh: drivenWh(moves),
      given: moves.filter((it) => it.direction === 'out').length,
      temperatureC: slot?.temperatureC === undefined || slot.temperatureC === null ? null : tenth(slot.temperatureC),
      temperatureAt: slot?.temperatureAt ?? null,
    },
    custody: await custodyOf(work, code),
    title: await titleOf(work, code),
    original: links.original ?? null,
    successor: links.successor ?? null,
    history: await latest(work, code, classes),
    money: await earnedBy(work, code),
    notYet,
  };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

function modelOf(id: string) {
  const model = packModel(id as PackModelId);
  return {
    id,
    name: model?.name ?? id,
    maker: model?.maker ?? '',
    chemistry: model?.chemistry ?? '',
    source: model?.source ?? 'not in the catalogue',
  };
}

interface Move {
  readonly at: Instant;
  readonly direction: 'in' | 'out';
  readonly soc: Percent;
  readonly soh: Percent;
  readonly energyWh: Wh;
  readonly swapId: SwapId;
  readonly stationId: StationId | null;
}

/** Its hand-overs, oldest first; at most the last 5000. */
async function movesOf(work: Work, code: PackCode): Promise<Move[]> {
  const { rows } = await sql<Move>`select m.at, m.direction, m.soc, m.soh, m.energy_wh, m.swap_id, w.station_id
    from (select * from swap.move where code = ${code} order by at desc limit 5000) m
    left join swap.swap w on w.id = m.swap_id order by m.at`.execute(work.db);
  return rows;
}

export interface Point {
  readonly at: Instant;
  readonly soh: Percent;
  readonly soc: Percent;
  readonly from: 'returned' | 'given' | 'slot';
  readonly swapId: SwapId | null;
  readonly stationId: StationId | null;
}

/** The series of health in full, of at most the last 5000 hand-overs. */
export async function healthSeries(work: Work, pack: PackRow): Promise<Point[]> {
  return seriesOf(await movesOf(work, pack.code), (await slotWith(work, pack.code)) ? pack : undefined);
}

/** SoH and SoC as stations reported them at each hand-over, and now where it stands in a slot. */
function seriesOf(moves: readonly Move[], now: PackRow | undefined): Point[] {
  const points = moves.map(
    (it): Point => ({
      at: it.at,
      soh: it.soh,
      soc: it.soc,
      from: it.direction === 'in' ? 'returned' : 'given',
      swapId: it.swapId,
      stationId: it.stationId,
    }),
  );
  if (!now) return points;
  const { observedAt: at, soh, soc, stationId } = now;
  return [...points, { at, soh, soc, from: 'slot', swapId: null, stationId }];
}

/** At most so many points, evenly chosen, the first and the last among them. */
export function thinned<T>(points: readonly T[], most = MOST_POINTS): T[] {
  if (points.length <= most) return [...points];
  return Array.from({ length: most }, (_, n) => points[Math.round((n * (points.length - 1)) / (most - 1))]!);
}

/** Energy when given to a vehicle less energy when it came back, over each pair of hand-overs; never below 0 a pair. */
export function drivenWh(moves: readonly Pick<Move, 'direction' | 'energyWh'>[]): Wh {
  let sum = 0;
  let given: number | undefined;
  for (const { direction, energyWh } of moves) {
    if (direction === 'out') given = energyWh;
    else if (given !== undefined) {
      sum += Math.max(0, given - energyWh);
      given = undefined;
    }
  }
  return sum as Wh;
}

async function slotWith(work: Work, code: PackCode) {
  const { rows } = await sql<{ temperatureC: number | null; temperatureAt: Instant | null }>`
    select temperature_c, temperature_at from station.slot where pack_code = ${code}`.execute(work.db);
  return rows[0];
}

/** Who had it, newest first: each custody transfer that brought it somewhere; at most 200. */
async function custodyOf(work: Work, code: PackCode) {
  const { rows } = await sql<{ holder: string; since: Instant; transfer: string; reason: string }>`
    select c.holder, t.at as since, t.id as transfer, t.reason
    from ledger.account c join ledger.transfer t on t.credit_id = c.id
    where c.unit = 'custody' and c.asset = ${code} and t.kind in ('posted', 'post')
    order by t.seq desc limit ${MOST_ENTRIES}`.execute(work.db);
  return rows;
}

async function titleOf(work: Work, code: PackCode) {
  const { rows } = await sql<{ party: PartyId; name: string | null; millionths: number }>`
    select substr(a.holder, 7) as party, p.name, a.credits_posted - a.debits_posted as millionths
    from ledger.account a left join party.party p on 'party:' || p.id = a.holder
    where a.unit = 'title' and a.asset = ${code} and a.holder like 'party:%' and a.credits_posted > a.debits_posted
    order by millionths desc, party`.execute(work.db);
  return rows;
}

/** The record, newest first. */
async function latest(work: Work, code: PackCode, classes: readonly AccessClass[]) {
  const { rows } = await sql<{ after: number | null }>`select min(seq) - 1 as after from (
    select seq from record.entry where subject = ${`pack:${code}`} order by seq desc limit ${MOST_ENTRIES}) e`.execute(
    work.db,
  );
  const entries = await history(work, `pack:${code}`, { after: rows[0]!.after ?? 0, most: MOST_ENTRIES });
  return entries.toReversed().map((it) => {
    const body = bodyFor(classes, it);
    return {
      ...{ seq: it.seq, at: it.at, type: it.type, body },
      swapId: typeof body.swapId === 'string' ? (body.swapId as SwapId) : null,
      stationId: typeof body.stationId === 'string' ? (body.stationId as StationId) : null,
    };
  });
}

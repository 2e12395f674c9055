// What the console reads, by HTTP. Every answer says when it was read; what lies beyond a caller's reach is not there.
import { type Door, Ready, Refused, serve, type Work } from '#kernel';
import { nothing } from '#kernel/api';
import { classesOf } from '#record';
import { find } from '#station';
import type { StationId } from '#units';
import {
  bookReads,
  closed,
  fittingReads,
  mapApi,
  packReads,
  peopleReads,
  profitReads,
  reportReads,
  shareReads,
  stationReads,
  swapReads,
} from './api.ts';
import type { BoardView } from './board.ts';
import { exportRoutes } from './exportRoutes.ts';
import { answer } from './listing.ts';
import { columnsOf, within } from './map.ts';
import type { LastAudit } from './reads/audits.ts';
import { accountListing, accountOf, transferListing, transferStory } from './reads/books.ts';
import { stationsFor } from './reads/fitting.ts';
import { messageActions, messageListing } from './reads/messages.ts';
import { packStory } from './reads/packStory.ts';
import { countPacks, packListing } from './reads/packs.ts';
import { driverListing, tokenListing, vehicleListing } from './reads/people.ts';
import { profitOf } from './reads/profit.ts';
import { licenceListing, missingListing, reportListing } from './reads/reports.ts';
import { shareListing } from './reads/shares.ts';
import { deviceListing, shownStation, stationListing } from './reads/stations.ts';
import { swapStory } from './reads/swapStory.ts';
import { countSwaps, demandNoPack, demandNoPerson } from './reads/swaps.ts';
import { titleKeyListing } from './reads/titleKeys.ts';
import { stationTwin } from './reads/twin.ts';
import { viewOf } from './sight.ts';
import { EVERY_MINUTES, KEPT_HOURS, mapAt, snapshotTimes } from './snapshots.ts';

interface Place {
  readonly board: BoardView;
  readonly clockSpeed: number;
  /** The network's time is simulated; it is too when something made up was brought in. */
  readonly isDemo: boolean;
  readonly isSimulated: (work: Work) => Promise<boolean>;
  readonly publicView: boolean;
  readonly lastAudit: LastAudit;
}

export function readRoutes(door: Door, place: Place): void {
  const { board, clockSpeed, isDemo, isSimulated, publicView } = place;
  const open = <A extends Parameters<typeof closed>[0]>(api: A): A => (publicView ? api : closed(api));

  serve(door, open(mapApi), {
    now: async (work, { caller }) => {
      const { reach } = viewOf(caller, 'network.see', publicView);
      const { at, lines } = await board.get(work);
      const simulated = isDemo || (await isSimulated(work));
      return new Ready(JSON.stringify({ ...columnsOf(within(lines, reach), { at, clockSpeed, simulated }) }));
    },
    history: async (work, { query: { at }, caller }) => {
      const then = await mapAt(work, at, viewOf(caller, 'network.see', publicView).reach);
      return new Ready(JSON.stringify({ ...then, asked: at }));
    },
    times: async (work) => ({
      at: work.at,
      everyMinutes: EVERY_MINUTES,
      keptHours: KEPT_HOURS,
      times: await snapshotTimes(work),
    }),
  });

  const table = answer(stationListing(board));
  /** Messages of a station beyond reach are not there. @throws Refused `station-unknown` */
  const the = async (work: Work, id: StationId, reach: Parameters<typeof find>[2]) => {
    if (!(await find(work, [id], reach)).has(id))
      throw new Refused('station-unknown', `There is no station ${id}`, { id }, 404);
  };
  serve(door, stationReads, {
    table: async (work, call) => {
      const { items, ...rest } = await table(work, call);
      return { ...rest, items: items.map(shownStation), at: (await board.get(work)).at };
    },
    now: (work, { params, reach }) => stationTwin(work, params.stationId, reach, isDemo),
    messages: async (work, { params: { stationId }, query, reach }) => {
      await the(work, stationId, reach);
      return await answer(messageListing)(work, { query: { ...query, station: stationId }, reach });
    },
    actions: async (work, { params: { stationId }, reach }) => {
      await the(work, stationId, reach);
      return { at: work.at, items: await messageActions(work, stationId) };
    },
  });

  serve(door, packReads, {
    list: answer(packListing),
    counts: (work, { query, reach }) => countPacks(work, query, reach),
    story: (work, { params, reach, caller }) =>
      packStory(work, params.code, { reach, classes: classesOf(caller), isDemo }),
  });

  serve(door, open(swapReads), {
    counts: async (work, { query, caller }) => {
      const { reach, inFull } = viewOf(caller, 'swap.see', publicView);
      demandNoPack(query, inFull);
      demandNoPerson(query, caller.grants['person.see'] !== undefined);
      return await countSwaps(work, query, reach);
    },
    story: (work, { params, reach, caller }) =>
      swapStory(work, params.swapId, { reach, isDemo, maySeePeople: caller.grants['person.see'] !== undefined }),
  });

  serve(door, peopleReads, {
    drivers: answer(driverListing),
    vehicles: answer(vehicleListing),
    tokens: answer(tokenListing),
    devices: answer(deviceListing),
  });

  serve(door, bookReads, {
    accounts: answer(accountListing),
    account: async (work, { params, reach }) => ({ ...(await accountOf(work, params.id, reach)), at: work.at }),
    transfers: (work, { params, query, reach }) =>
      answer(transferListing)(work, { query: { ...query, account: params.id }, reach }),
    transfer: (work, { params, reach }) => transferStory(work, params.id, reach),
  });

  serve(door, profitReads, {
    profit: async (work, { query, reach }) =>
      profitOf(work, { filters: query, reach }, isDemo || (await isSimulated(work))),
  });

  serve(door, fittingReads, {
    stations: (work, { query, reach, caller }) =>
      stationsFor(work, query, {
        stations: caller.grants['network.see'] ?? nothing,
        packs: reach,
        people: caller.grants['person.see'] ?? nothing,
      }),
  });
  serve(door, shareReads, { shares: answer(shareListing), titleKeys: answer(titleKeyListing) });

  serve(door, reportReads, {
    reports: answer(reportListing),
    licences: answer(licenceListing),
    missing: answer(missingListing),
  });
  exportRoutes(door, place);
}

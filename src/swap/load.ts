// Sets a desk up for a batch and writes down what was decided on it: a fixed number of statements, whatever its size.
import type { Work } from '#kernel';
import { holdingsOf, mustPost } from '#ledger';
import {
  admitStrangers,
  known,
  observe,
  ownersOver,
  quarantine,
  stationPreset,
  type VehicleModelId,
  vehicleModel,
  whereAre,
} from '#pack';
import { type Swapper, whoSwaps } from '#party';
import { append } from '#record';
import { anomaly, commandAll, find, type SlotPlace, type Station, standing, writeSlots } from '#station';
import type { PackCode, StationId, Vin } from '#units';
import { swapChanged, swapCompleted } from './api.ts';
import { type Desk, type DeskStation, newDesk } from './desk.ts';
import * as moves from './moves-store.ts';
import * as promised from './promises-store.ts';
import { type Racks, racksOf } from './racks.ts';
import * as store from './store.ts';
import type { Swap } from './swap.ts';

interface Needs {
  readonly stationIds: readonly StationId[];
  readonly idTokens: readonly string[];
  readonly codes: readonly PackCode[];
  /** Those of them that go out now, from where: their owners get a share. */
  readonly given?: readonly (SlotPlace & { readonly code: PackCode })[];
  /** Slots that are spoken of. */
  readonly slots?: readonly SlotPlace[];
  /** Packs that were told by an old code, with the one they have now. */
  readonly successors?: ReadonlyMap<PackCode, PackCode>;
  readonly swaps: readonly Swap[];
}

/** Reads all that decisions about these swaps, stations, drivers and packs may need. */
export async function openDesk(
  work: Work,
  { stationIds, idTokens, codes, given: going = [], slots = [], successors = new Map(), swaps }: Needs,
): Promise<Desk> {
  const involved = new Set([
    ...codes,
    ...swaps.flatMap((it) => [...it.promised, ...it.returned, ...it.given].map((pack) => pack.code)),
  ]);
  const packCodes = [...involved];
  const given = [...going.map((it) => it.code), ...swaps.flatMap((it) => it.given.map((pack) => pack.code))];
  const swapIds = swaps.map((it) => it.id);
  const [packs, stations, swappers, places, slotsNow, owners, promises] = await Promise.all([
    known(work, packCodes), // first: it locks
    stationsOf(work, [...stationIds, ...swaps.map((it) => it.stationId)]),
    whoSwaps(work, idTokens),
    whereAre(work, packCodes),
    slots.length > 0 ? standing(work, slots, codes) : [],
    ownersOver(work, given),
    promised.promises(work, packCodes, swapIds),
  ]);
  const racks = racksOf(slotsNow);
  const [holdings, broughtEarly] = await Promise.all([
    packsOf(work, unasked(swappers, swaps)),
    moves.broughtEarly(work, fromOtherSlots(racks, going)),
  ]);
  return newDesk(
    {
      at: work.at,
      newId: work.newId,
      stations,
      swappers,
      packs,
      places,
      racks,
      successors,
      owners,
      promises,
      holdings,
      broughtEarly,
    },
    swaps,
  );
}

/** Vehicles that take several packs and whose drivers have not asked: rare, so that the next look is seldom needed. */
const unasked = (swappers: ReadonlyMap<string, Swapper>, swaps: readonly Swap[]): Vin[] => {
  const asked = new Set(swaps.filter((it) => it.endedAt === null).map((it) => it.idToken));
  return [...swappers].flatMap(([idToken, { vin, modelId }]) => {
    const most = vehicleModel(modelId as VehicleModelId)?.blocks.max ?? 1;
    return most > 1 && !asked.has(idToken) ? [vin] : [];
  });
};

async function packsOf(work: Work, vins: readonly Vin[]): Promise<Map<Vin, number>> {
  const holdings = new Map<Vin, number>();
  if (vins.length === 0) return holdings;
  for (const { holder } of await holdingsOf(
    work,
    'custody',
    vins.map((it) => `vehicle:${it}`),
  )) {
    const vin = holder.slice('vehicle:'.length) as Vin;
    holdings.set(vin, (holdings.get(vin) ?? 0) + 1);
  }
  return holdings;
}

/** Packs that are said to leave a slot in which they do not stand by the books. */
const fromOtherSlots = (racks: Racks, going: readonly (SlotPlace & { readonly code: PackCode })[]): PackCode[] =>
  going.flatMap(({ code, stationId, slotNo }) => {
    const stands = racks.placeOf.get(code);
    return stands?.stationId === stationId && stands.slotNo !== slotNo ? [code] : [];
  });

async function stationsOf(work: Work, ids: readonly StationId[]): Promise<Map<StationId, DeskStation>> {
  const stations = await find(work, [...new Set(ids)]);
  return new Map([...stations.values()].map((it) => [it.id, stationOf(it)]));
}

/** What decisions need to know of a station. */
export const stationOf = ({
  id,
  operatorId,
  presetId,
  firmware,
  swapOrder,
}: Pick<Station, 'id' | 'operatorId' | 'presetId' | 'firmware' | 'swapOrder'>): DeskStation => ({
  id,
  operatorId,
  presetId,
  firmware,
  swapOrder,
  profile: stationPreset(presetId)?.profile ?? 'chassis-robot',
  slots: stationPreset(presetId)?.slots ?? 0,
});

/** Writes down what was decided, in the one transaction that the batch was read in. */
export async function writeDesk(work: Work, desk: Desk): Promise<void> {
  const changed = [...desk.changed].map((id) => desk.swaps.get(id)!);
  await Promise.all([
    store.save(work, changed),
    moves.addMoves(work, desk.moves),
    moves.bookNow(work, desk.bookedNow),
    promised.savePromises(work, desk.promisedBefore, desk.promises),
    observe(work, seenTogether(desk)),
    quarantine(work, desk.quarantines),
    writeSlots(work, desk.slotChanges),
    append(work, desk.happenings),
    commandAll(work, desk.commands),
    anomaly(work, desk.anomalies),
    bookAll(work, desk), // last, for all swaps book on the accounts of the same few parties: locked from here to the commit
  ]);
  work.announce(swapChanged, ...changed.map(inShort));
  const done = changed.filter((it) => it.state === 'released' && it.bill);
  work.announce(
    swapCompleted,
    ...done.map((it) => ({ swapId: it.id, stationId: it.stationId, netWh: it.bill!.netWh, total: it.bill!.total })),
  );
}

async function bookAll(work: Work, desk: Desk): Promise<void> {
  await admitStrangers(work, desk.strangers);
  await mustPost(work, desk.legs);
}

/** A pack that came in and went out in one batch was seen twice: the last state, both uses. */
function seenTogether(desk: Desk): Desk['observations'] {
  const seen = new Map<PackCode, Desk['observations'][number]>();
  for (const it of desk.observations) {
    const before = seen.get(it.code);
    seen.set(it.code, {
      ...it,
      cycled: (before?.cycled ?? 0) + (it.cycled ?? 0),
      mated: (before?.mated ?? 0) + (it.mated ?? 0),
    });
  }
  return [...seen.values()];
}

/** What a screen needs to know of a swap; nothing about the person. */
export const inShort = (it: Swap) => ({
  id: it.id,
  stationId: it.stationId,
  state: it.state,
  profile: it.profile,
  origin: it.origin,
  returned: it.returned.map(({ code, soc, slotNo }) => ({ code, soc, slotNo })),
  given: it.given.map(({ code, soc, slotNo }) => ({ code, soc, slotNo })),
  netWh: it.bill?.netWh ?? null,
  totalFen: it.bill?.total ?? null,
  problems: it.problems.map((problem) => problem.sentence),
  startedAt: it.startedAt,
  updatedAt: it.updatedAt,
  endedAt: it.endedAt,
});

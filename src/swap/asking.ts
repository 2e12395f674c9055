// Asking for a swap: at the station (Authorize, S01), from afar (RequestBatterySwap, S02), or ahead of time.
import { Overtaken, Refused, type Work } from '#kernel';
import { holdingsOf, type Linked, post } from '#ledger';
import { find as findPacks, type Pack } from '#pack';
import { type Swapper, sameCase, whoAsks, whoSwaps } from '#party';
import { append } from '#record';
import { command, find as findStations, type Station, type StockedSlot, stocked } from '#station';
import type { Instant, PackCode, SlotNo, StationId, SwapId } from '#units';
import { swapChanged } from './api.ts';
import { type Ask, type Authorisation, atMost, begin, type Decision, goOn, objection, refuse } from './authorise.ts';
import { type Choice, choose, type Stock } from './choose.ts';
import { inShort, stationOf } from './load.ts';
import { holdId } from './moves.ts';
import * as store from './store.ts';
import { energyOf, type Swap } from './swap.ts';

/** All that is needed to answer asks: who, where, what is under way, and which packs stand there. */
interface Hall {
  readonly stations: Map<StationId, Station>;
  readonly swappers: Map<string, Swapper>;
  /** With what this batch has decided: a driver may ask at two stations in one moment. */
  readonly underWay: Map<SwapId, Swap>;
  readonly stock: Map<StationId, Stock>;
  /** The packs that each vehicle runs on now. */
  readonly held: Map<string, Pack[]>;
}

/**
 * Answers drivers at stations: who may swap gets packs and money set aside, all in a fixed number of statements.
 * @returns an OCPP authorisation status each, with the reason of a refusal
 */
export async function authorise(
  work: Work,
  asks: readonly { readonly stationId: StationId; readonly idToken: string }[],
): Promise<readonly Authorisation[]> {
  const decisions = await ask(
    work,
    asks.map((it) => ({ ...it, origin: 'local' as const })),
  );
  return decisions.map((it) =>
    it.is === 'refused' ? it.authorisation : { status: 'Accepted', swapId: it.swap.id, promised: it.swap.promised },
  );
}

/** Sets a pack and money aside until a driver arrives. @throws Refused with the reason */
export const reserve = async (
  work: Work,
  wish: { stationId: StationId; idToken: string; arriveBy: Instant },
): Promise<Swap> => {
  const minutes = work.at.until(wish.arriveBy).total('minutes');
  if (minutes < 0 || minutes > 120)
    throw new Refused(
      'arrival-out-of-range',
      'arriveBy: a reservation holds for arrivals within the next two hours',
      { field: 'arriveBy' },
      422,
    );
  return accepted((await ask(work, [{ ...wish, origin: 'reserved' }]))[0]!);
};

/** Starts a swap from afar: the station is told once this work has committed. @throws Refused with the reason */
export async function requestSwap(
  work: Work,
  wish: { stationId: StationId; idToken: string; by: string },
): Promise<Swap> {
  const [requestId] = await store.nextRequestIds(work, 1);
  const swap = accepted((await ask(work, [{ ...wish, origin: 'remote', requestId: requestId! }]))[0]!);
  const payload = {
    requestId: swap.requestId,
    idToken: { idToken: wish.idToken, type: 'Central' },
    customData: { vendorId: 'org.packloop', promisedSlots: swap.promised.map((it) => it.slotNo) },
  };
  await command(work, { stationId: wish.stationId, action: 'RequestBatterySwap', payload, by: wish.by });
  return swap;
}

/** What a driver would get and pay at the most; sets nothing aside. @throws Refused with the reason */
export async function quoteFor(work: Work, wish: { stationId: StationId; idToken: string }) {
  const question: Ask = { ...wish, origin: 'local' };
  const hall = await openHall(work, [question], whoSwaps);
  const { station, who } = stand(hall, question);
  const against = objection(who, question, underWayOf(hall, wish));
  if (against) accepted(against);
  const choice = chooseFor(hall, station, who!, work.at);
  if (choice.is === 'none') throw new Refused(choice.why.code, choice.why.sentence, { stationId: wish.stationId });
  return {
    stationId: station.id,
    packs: choice.packs,
    because: choice.because,
    atMost: atMost(stationOf(station), energyOf(choice.packs)),
  };
}

function accepted(decision: Decision): Swap {
  if (decision.is !== 'refused') return decision.swap;
  const { status, why } = decision.authorisation;
  throw new Refused(why?.code ?? 'not-authorised', why?.sentence ?? status, { status });
}

async function ask(work: Work, asks: readonly Ask[]): Promise<Decision[]> {
  if (asks.length === 0) return [];
  const hall = await openHall(work, asks);
  const decisions = asks.map((it) => {
    const decision = decide(work, hall, it);
    if (decision.is !== 'refused') hall.underWay.set(decision.swap.id, decision.swap);
    return decision;
  });
  const fresh = decisions.filter((it) => it.is === 'new');
  const results = await post(
    work,
    fresh.map((it): Linked => it.legs),
  );
  const failed = new Map(
    results.flatMap((it, index) => (it.is === 'refused' ? [[fresh[index]!.swap.id, it.id] as const] : [])),
  );
  const answers = decisions.map((it) =>
    it.is === 'new' && failed.has(it.swap.id) ? notSetAside(it.swap, failed.get(it.swap.id)!) : it,
  );

  const swaps = new Map(answers.flatMap((it) => (it.is === 'refused' ? [] : [[it.swap.id, it.swap] as const])));
  await Promise.all([
    store.save(work, [...swaps.values()]),
    store.savePromises(work, new Map(), promisesOf(answers)),
    append(
      work,
      answers.flatMap((it) => (it.is === 'new' ? [authorised(it.swap)] : [])),
    ),
  ]);
  work.announce(swapChanged, ...[...swaps.values()].map(inShort));
  return answers;
}

const authorised = (swap: Swap) => ({
  subject: `swap:${swap.id}` as const,
  type: `swap.${swap.origin === 'reserved' ? 'reserved' : 'authorised'}`,
  body: {
    stationId: swap.stationId,
    promised: swap.promised,
    because: swap.because,
    heldFen: swap.held,
    tariffId: swap.tariff.id,
  },
});

const promisesOf = (decisions: readonly Decision[]): Map<PackCode, SwapId> =>
  new Map(
    decisions.flatMap((it) =>
      it.is === 'new' ? it.swap.promised.map((pack) => [pack.code, it.swap.id] as const) : [],
    ),
  );

/** The money was not there; or else a pack that somebody was promised a moment ago, and another one may do. */
function notSetAside(swap: Swap, transferId: string): Decision {
  if (transferId !== holdId(swap.id)) throw new Overtaken(`${transferId}: promised to somebody else a moment ago`);
  return refuse(
    'NoCredit',
    'balance-too-low',
    'The balance does not cover what the swap can cost at the most: top it up',
  );
}

function decide(work: Work, hall: Hall, question: Ask): Decision {
  const { station, who } = stand(hall, question);
  const mine = underWayOf(hall, question);
  const against = objection(who, question, mine);
  if (against) return against;
  const before = goOn(
    mine.filter((it) => it.stationId === station.id),
    question,
    work.at,
  );
  if (before) return before;
  const choice = chooseFor(hall, station, who!, work.at);
  if (choice.is === 'packs') for (const { code } of choice.packs) hall.stock.get(station.id)!.taken.add(code);
  return begin({
    station: stationOf(station),
    who: who!,
    ask: question,
    choice,
    id: work.newId<SwapId>(),
    at: work.at,
  });
}

const underWayOf = (hall: Hall, { idToken }: Pick<Ask, 'idToken'>): Swap[] =>
  [...hall.underWay.values()].filter((it) => it.idToken === sameCase(idToken));

/** @throws Refused `station-unknown` */
function stand(hall: Hall, { stationId, idToken }: Ask): { station: Station; who: Swapper | undefined } {
  const station = hall.stations.get(stationId);
  if (!station) throw new Refused('station-unknown', `There is no station ${stationId}`, { stationId }, 404);
  return { station, who: hall.swappers.get(sameCase(idToken)) };
}

const chooseFor = (hall: Hall, station: Station, who: Swapper, at: Instant): Choice =>
  choose({ station, who, stock: hall.stock.get(station.id)!, held: hall.held.get(who.vin) ?? [], at });

async function openHall(work: Work, asks: readonly Ask[], who = whoAsks): Promise<Hall> {
  const stationIds = [...new Set(asks.map((it) => it.stationId))];
  const idTokens = [...new Set(asks.map((it) => sameCase(it.idToken)))];
  const swappers = await who(work, idTokens);
  const [stations, underWay, stock, held] = await Promise.all([
    findStations(work, stationIds),
    store.underWayFor(work, idTokens),
    stocked(work, stationIds).then((slots) => stockOf(work, stationIds, slots)),
    packsHeld(work, [...swappers.values()]),
  ]);
  return { stations, swappers, underWay: new Map(underWay.map((it) => [it.id, it])), stock, held };
}

/** A pack that stands in a slot is the station's to give (`insight.slot-has-custody`): the ledger would refuse any other. */
async function stockOf(
  work: Work,
  stationIds: readonly StationId[],
  slots: readonly StockedSlot[],
): Promise<Map<StationId, Stock>> {
  const codes = slots.map((it) => it.packCode);
  const [found, promises] = await Promise.all([findPacks(work, codes), store.promises(work, codes, [])]);
  const packs = new Map(found.map((it) => [it.code, it]));
  const taken = new Set(promises.keys());
  const stock = new Map(stationIds.map((id) => [id, { standing: [] as (Pack & { slotNo: SlotNo })[], taken }]));
  for (const { stationId, slotNo, packCode, soc, soh } of slots) {
    const pack = packs.get(packCode);
    if (pack) stock.get(stationId)!.standing.push({ ...pack, soc: soc ?? pack.soc, soh: soh ?? pack.soh, slotNo });
  }
  return stock;
}

async function packsHeld(work: Work, who: readonly Swapper[]): Promise<Map<string, Pack[]>> {
  const holdings = await holdingsOf(
    work,
    'custody',
    who.map((it) => `vehicle:${it.vin}`),
  );
  const packs = new Map(
    (
      await findPacks(
        work,
        holdings.map((it) => it.asset as PackCode),
      )
    ).map((it) => [it.code, it]),
  );
  const held = new Map<string, Pack[]>();
  for (const { asset, holder } of holdings) {
    const pack = packs.get(asset as PackCode);
    const vin = holder.slice('vehicle:'.length);
    if (pack) held.set(vin, [...(held.get(vin) ?? []), pack]);
  }
  return held;
}

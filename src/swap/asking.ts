// Asking for a swap: at the station (Authorize, S01), from afar (RequestBatterySwap, S02), or ahead of time.
import { Overtaken, Refused, type Work } from '#kernel';
import { post } from '#ledger';
import { whoSwaps } from '#party';
import { append } from '#record';
import { anomaly, command } from '#station';
import type { Instant, PackCode, StationId, SwapId } from '#units';
import { swapChanged } from './api.ts';
import { type Ask, type Authorisation, atMost, type Decision, objection, refuse } from './authorise.ts';
import { chooseFor, decide, shutAgainst, stand } from './decide.ts';
import { openHall, underWayOf } from './hall.ts';
import { inShort, stationOf } from './load.ts';
import { holdId } from './moves.ts';
import { changePromises } from './promises-store.ts';
import * as store from './store.ts';
import { energyOf, type Swap } from './swap.ts';

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
  const against = objection(who, question, underWayOf(hall, wish), work.at);
  if (against) accepted(against);
  const shut = shutAgainst(station);
  if (shut) accepted(shut);
  const choice = chooseFor({ hall, station, who: who!, at: work.at });
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
    for (const swap of decision.swaps) hall.underWay.set(swap.id, swap);
    return decision;
  });
  const answers = await setAside(work, decisions);
  const swaps = new Map(answers.flatMap((it) => it.swaps.map((swap) => [swap.id, swap] as const)));
  await Promise.all([
    store.save(work, [...swaps.values()]),
    savePromises(work, answers),
    append(
      work,
      answers.flatMap((it) => (it.is === 'new' ? [authorised(it.swap)] : [])),
    ),
    anomaly(
      work,
      answers.flatMap((it) => it.lines),
    ),
  ]);
  work.announce(swapChanged, ...[...swaps.values()].map(inShort));
  return answers;
}

/** Books what was decided. Whose money does not reach is refused. */
async function setAside(work: Work, decisions: readonly Decision[]): Promise<Decision[]> {
  const booking = decisions.filter((it) => it.legs.length > 0);
  const results = await post(
    work,
    booking.map((it) => it.legs),
  );
  const failed = new Map(
    results.flatMap((it, index) => (it.is === 'refused' ? [[booking[index]!, it.id] as const] : [])),
  );
  return decisions.map((it) => {
    const transferId = failed.get(it);
    return transferId === undefined ? it : notSetAside(it, transferId);
  });
}

/** The money was not there; or else a pack that somebody was promised a moment ago, and another one may do. */
function notSetAside(decision: Decision, transferId: string): Decision {
  if (decision.is !== 'new' || transferId !== holdId(decision.swap.id))
    throw new Overtaken(`${transferId}: promised to somebody else a moment ago`);
  return refuse(
    'NoCredit',
    'balance-too-low',
    'The balance does not cover what the swap can cost at the most: top it up',
  );
}

function savePromises(work: Work, decisions: readonly Decision[]): Promise<void> {
  const all = decisions.flatMap((it) => [...it.promises]);
  const freed = all.flatMap(([code, swapId]) => (swapId === undefined ? [code] : []));
  const made = new Map<PackCode, SwapId>(
    all.flatMap(([code, swapId]) => (swapId === undefined ? [] : [[code, swapId]])),
  );
  return changePromises(work, freed, made);
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

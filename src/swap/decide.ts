// The answer to one ask, on all that is known in the hall: goes on with a swap, begins one, or says why not. Pure.
import { Refused, type Work } from '#kernel';
import type { Linked } from '#ledger';
import { type Swapper, sameCase } from '#party';
import type { OutOfUse, Station } from '#station';
import type { PackCode, SwapId } from '#units';
import { type Ask, begin, type Decision, goOn, nothing, objection, refuse } from './authorise.ts';
import { type Choice, choose, whyNotAnyMore } from './choose.ts';
import { type Hall, underWayOf } from './hall.ts';
import { stationOf } from './load.ts';
import { breakPromise, packPromised, setFree } from './moves.ts';
import { ended, hasBegun, isArrivalOnly, type Promised, type Swap, withProblem } from './swap.ts';

type Moment = Pick<Work, 'at' | 'newId'>;

/** @throws Refused `station-unknown` */
export function decide({ at, newId }: Moment, hall: Hall, question: Ask): Decision {
  const { station, who } = stand(hall, question);
  const underWay = underWayOf(hall, question);
  const against = objection(who, question, underWay, at);
  if (against) return who && who.status !== 'active' ? withAllEnded(hall, who, underWay, against, at) : against;
  const mine = underWay.filter((it) => it.stationId === station.id);
  const swap = goOn(mine, question, at);
  const place: Place = { hall, station, who: who!, at };
  if (swap && hasBegun(swap)) return { ...nothing, is: 'known', swap };
  const shut = shutAgainst(station);
  if (shut) return swap ? withFreed(hall, swap, shut, at) : shut;
  if (swap) return judgedAgain(place, swap);
  const choice = chooseFor(place);
  if (choice.is === 'none') return notChosen(place, choice);
  take(hall, choice.packs);
  const arrived = mine.find(isArrivalOnly);
  return begin({ station: stationOf(station), who: who!, ask: question, choice, id: newId<SwapId>(), at, arrived });
}

/** @throws Refused `station-unknown` */
export function stand(
  hall: Hall,
  { stationId, idToken }: Ask,
): { readonly station: Station; readonly who: Swapper | undefined } {
  const station = hall.stations.get(stationId);
  if (!station) throw new Refused('station-unknown', `There is no station ${stationId}`, { stationId }, 404);
  return { station, who: hall.swappers.get(sameCase(idToken)) };
}

export interface Place {
  readonly hall: Hall;
  readonly station: Station;
  readonly who: Swapper;
  readonly at: Work['at'];
}

/** The packs for this driver; `besides` are never among them, those of `own` are although they are promised. */
export function chooseFor(
  { hall, station, who, at }: Place,
  { besides, own }: { besides: ReadonlySet<PackCode>; own: ReadonlySet<PackCode> } = {
    besides: new Set(),
    own: new Set(),
  },
): Choice {
  const standing = hall.standing.get(station.id)!.filter((it) => !besides.has(it.code));
  const taken = new Set([...hall.promises.keys()].filter((it) => !own.has(it)));
  return choose({ station, who, stock: { standing, taken }, held: hall.held.get(who.vin) ?? [], at });
}

/** Nobody else in this batch gets them. */
const take = (hall: Hall, packs: readonly Promised[], swapId = '' as SwapId): void => {
  for (const { code } of packs) hall.promises.set(code, swapId);
};

function notChosen({ station, who, hall }: Place, { status, why }: Choice & { is: 'none' }): Decision {
  const refusal = refuse(status, why.code, why.sentence);
  if (why.code !== 'packs-out-of-step') return refusal;
  const facts = { packs: (hall.held.get(who.vin) ?? []).map((it) => it.code), remedy: 'POST /v1/packs/<code>/place' };
  const line = { stationId: station.id, kind: why.code, sentence: why.sentence, facts };
  return { ...refusal, lines: [line] };
}

/**
 * The driver is back before anything moved. What waits for him is judged again: a pack that was recalled, taken into
 * quarantine or taken away meanwhile is replaced by another one, or he is told why there is none.
 */
function judgedAgain(place: Place, swap: Swap): Decision {
  const { hall, station, at } = place;
  const stock = { standing: hall.standing.get(station.id)!, taken: new Set<PackCode>() };
  const wrong = swap.promised.flatMap((it) => {
    const isKept = hall.promises.get(it.code) === swap.id;
    const why = isKept ? whyNotAnyMore(it, { ...place, stock }) : `pack ${it.code} went to somebody else`;
    return why === undefined ? [] : [{ code: it.code, why }];
  });
  if (wrong.length === 0 && swap.promised.length >= swap.count) {
    const slots = new Map(stock.standing.map((it) => [it.code, it.slotNo]));
    const promised = swap.promised.map((it) => ({ ...it, slotNo: slots.get(it.code) ?? it.slotNo }));
    const known = { ...swap, promised };
    return { ...nothing, is: 'known', swap: known, swaps: [known] };
  }

  const own = new Set(swap.promised.map((it) => it.code));
  const besides = new Set([...swap.withdrawn, ...wrong.map((it) => it.code)]);
  const choice = chooseFor(place, { besides, own });
  const why = wrong.map((it) => it.why).join('; ') || 'a pack that waited for him was withdrawn';
  const told = `What waited for the driver does not any more: ${why}`;
  const line = (sentence: string) => [
    { stationId: station.id, kind: 'promise-judged-again', sentence, facts: { swapId: swap.id } },
  ];
  if (choice.is === 'none') {
    const end = freed(hall, withProblem(swap, 'promise-judged-again', told, at), 'no pack is left for him', at);
    return { ...notChosen(place, choice), ...end, lines: line(`${told}; there is no other: ${choice.why.sentence}`) };
  }
  return {
    ...replaced(hall, withProblem(swap, 'promise-judged-again', told, at), choice.packs, at),
    lines: line(told),
  };
}

/** The same swap with other packs. Money stays set aside as it is. */
function replaced(hall: Hall, swap: Swap, packs: readonly Promised[], at: Work['at']): Decision {
  const before = new Set(swap.promised.filter((it) => hall.promises.get(it.code) === swap.id).map((it) => it.code));
  const now = new Set(packs.map((it) => it.code));
  const gone = swap.promised.map((it) => it.code).filter((it) => !now.has(it));
  const fresh = [...now].filter((it) => !before.has(it));
  const legs: Linked = [
    ...gone.flatMap((it) => (before.has(it) ? breakPromise(hall, it, 'another pack is promised instead') : [])),
    ...fresh.map((it) => packPromised(swap, it)),
  ];
  take(
    hall,
    packs.filter((it) => now.has(it.code)),
    swap.id,
  );
  const next = {
    ...swap,
    promised: packs,
    withdrawn: [...swap.withdrawn, ...gone],
    count: packs.length,
    updatedAt: at,
  };
  const promises = new Map<PackCode, SwapId | undefined>([
    ...gone.flatMap((it) => (before.has(it) ? [[it, undefined] as const] : [])),
    ...fresh.map((it) => [it, swap.id] as const),
  ]);
  return { is: 'known', swap: next, swaps: [next], legs, promises, lines: [] };
}

/** The token is not valid any more: whatever waits for it and has not begun is over. */
function withAllEnded(
  hall: Hall,
  { status }: Swapper,
  underWay: readonly Swap[],
  refusal: Decision,
  at: Work['at'],
): Decision {
  const sentence = `The token is ${status} since the driver asked: what was set aside for him is free again`;
  const over = underWay.filter((it) => !hasBegun(it) && !isArrivalOnly(it));
  const ends = over.map((it) => freed(hall, withProblem(it, 'token-not-valid', sentence, at), `token ${status}`, at));
  return {
    ...refusal,
    swaps: ends.flatMap((it) => it.swaps),
    legs: ends.flatMap((it) => it.legs),
    promises: new Map(ends.flatMap((it) => [...it.promises])),
    lines: over.map(({ stationId, id }) => ({ stationId, kind: 'token-not-valid', sentence, facts: { swapId: id } })),
  };
}

/** Why a station promises nothing to anybody now; undefined while it serves. */
export function shutAgainst({ id, outOfUse }: Pick<Station, 'id' | 'outOfUse'>): Decision | undefined {
  if (!outOfUse) return undefined;
  const { why, since } = outOfUse;
  const sentence = `Station ${id} is out of use since ${since}: ${saidOf[why]}. Take another one`;
  return refuse('NotAtThisTime', 'station-out-of-use', sentence);
}

const saidOf: Readonly<Record<OutOfUse['why'], string>> = {
  alarm: 'an alarm has shut it',
  ordered: 'its operator has shut it',
  unavailable: 'it says that it is out of service',
  faulted: 'it says that it is faulted',
};

/** He came to what he had reserved, and the station was shut meanwhile. */
function withFreed(hall: Hall, swap: Swap, refusal: Decision, at: Work['at']): Decision {
  const sentence = `Station ${swap.stationId} is out of use: what was set aside is free again`;
  return {
    ...refusal,
    ...freed(hall, withProblem(swap, 'station-out-of-use', sentence, at), 'station out of use', at),
  };
}

/** An end before anything moved. */
function freed(hall: Hall, swap: Swap, reason: string, at: Work['at']): Pick<Decision, 'swaps' | 'legs' | 'promises'> {
  const mine = swap.promised.map((it) => it.code).filter((it) => hall.promises.get(it) === swap.id);
  const legs = setFree(hall, swap, reason);
  return {
    swaps: [{ ...ended(swap, at, 'aborted'), updatedAt: at }],
    legs,
    promises: new Map(mine.map((it) => [it, undefined])),
  };
}

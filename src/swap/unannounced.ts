// A swap nobody asked us about: the station acted alone, or lost the connection before it could ask. Until a pack moves it
// is only somebody who arrived: who asks afterwards goes on with it, and else it is forgotten after a while.
import { sameCase } from '#party';
import { tariffFor } from '#pricing';
import { Fen, type Instant } from '#units';
import { type Desk, tell } from './desk.ts';
import type { About } from './match.ts';
import { patience } from './profile.ts';
import { type Swap, withProblem } from './swap.ts';

/** Somebody is there by what the station tells. It has no number yet, and is not on the desk. */
export function arrival(desk: Desk, about: Omit<About, 'requestId'>, at: Instant): Swap {
  const idToken = sameCase(about.idToken);
  const who = desk.swappers.get(idToken);
  const profile = desk.stations.get(about.stationId)?.profile ?? 'chassis-robot';
  return {
    id: desk.newId(),
    stationId: about.stationId,
    requestId: null,
    origin: 'unannounced',
    profile,
    idToken,
    driverId: who?.driverId ?? null,
    payment: who?.payment ?? null,
    vin: who?.vin ?? null,
    count: (who && desk.holdings.get(who.vin)) ?? 1,
    state: 'arrived',
    steps: { arrived: at },
    reporting: false,
    promised: [],
    withdrawn: [],
    because: null,
    returned: [],
    given: [],
    moves: 0,
    checks: {},
    tariff: tariffFor(profile),
    held: Fen(0),
    bill: null,
    problems: [],
    startedAt: at,
    updatedAt: desk.at,
    expiresAt: desk.at.add({ minutes: patience.authorised }),
    stuckAt: null,
    endedAt: null,
  };
}

/** A pack moves, and nobody asked: the operator is told. */
export function announced(desk: Desk, swap: Swap, at: Instant): Swap {
  const status = desk.swappers.get(swap.idToken)?.status ?? 'not registered';
  const who = status === 'active' ? '' : `, and the token is ${status}`;
  const sentence = `The station swapped without asking for authorisation${who}`;
  tell(desk, swap.stationId, 'unannounced', sentence, { swapId: swap.id, requestId: swap.requestId });
  return withProblem(swap, 'unannounced', sentence, at);
}

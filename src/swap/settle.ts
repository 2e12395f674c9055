// The end of the exchange: checks done, bill made, money moved, vehicle released.
import type { Holder, Transfer } from '#ledger';
import { packModel } from '#pack';
import { type Bill, divide, freeOfCharge, priceSwap } from '#pricing';
import type { Fen, Instant } from '#units';
import { failedChecks, missingChecks } from './checks.ts';
import { type Desk, put, tell } from './desk.ts';
import { breakPromise, clearingAt, holdId } from './moves.ts';
import { patience } from './profile.ts';
import { ended, energyOf, isSettled, type Swap, withSteps } from './swap.ts';

/** As many packs out as came in, and none of them in doubt. */
const isExchanged = (swap: Swap): boolean => swap.returned.length > 0 && swap.given.length >= swap.returned.length;

/**
 * Goes on as far as the facts allow: blocks on a failed check, waits for missing ones, else settles. A station that
 * tells no steps and checks cannot be waited for; the swap then says that nothing was measured.
 */
export function settleIfComplete(desk: Desk, swap: Swap, at: Instant): Swap {
  if (isSettled(swap) || !isExchanged(swap)) return swap;
  const wrong = failedChecks(swap.checks);
  if (wrong.length > 0 || forbiddenOut(swap)) return block(desk, swap, wrong);
  if (swap.reporting && missingChecks(swap.profile, swap.checks).length > 0) return swap;
  return settle(desk, swap, at);
}

/** Packs that must not be on the road: a swap that handed one out is not released. */
const forbiddenOut = (swap: Swap): boolean => swap.given.some((it) => it.forbidden);

function block(desk: Desk, swap: Swap, wrong: readonly string[]): Swap {
  if (swap.state === 'blocked') return swap;
  const why = wrong.length > 0 ? `failed: ${wrong.join(', ')}` : 'a pack that must not be on the road went out';
  tell(desk, swap.stationId, 'release-blocked', `The vehicle is not released: ${why}`, { swapId: swap.id });
  allowRelease(desk, swap, false);
  return put(desk, { ...swap, state: 'blocked', expiresAt: null });
}

function settle(desk: Desk, swap: Swap, at: Instant): Swap {
  const bill = billFor(swap);
  desk.legs.push(...moneyLegs(desk, swap, bill));
  desk.happenings.push({
    subject: `swap:${swap.id}`,
    type: 'swap.settled',
    body: {
      stationId: swap.stationId,
      returned: codes(swap.returned),
      given: codes(swap.given),
      bill,
      checks: swap.checks,
    },
  });
  const settled = withSteps(
    { ...swap, bill, state: 'installed' },
    at,
    ...(swap.reporting ? (['checked', 'settled'] as const) : (['settled'] as const)),
  );
  if (!swap.reporting) return release(desk, settled, at);
  allowRelease(desk, swap, true);
  return put(desk, { ...settled, expiresAt: desk.at.add({ minutes: patience.leaving }) });
}

/** The vehicle has left, or the station told no steps and it is taken to have left. */
export const release = (desk: Desk, swap: Swap, at: Instant): Swap =>
  put(desk, ended(withSteps(swap, at, 'released'), at, 'released'));

const codes = (moves: Swap['given']) => moves.map((it) => it.code);

/** Quote and bill are made by the same tariff; only the kWh can differ. Getting the own pack back costs nothing. */
export function billFor(swap: Swap): Bill {
  const back = new Set(codes(swap.returned));
  if (swap.given.every((it) => back.has(it.code))) return freeOfCharge(swap.tariff);
  return priceSwap(swap.tariff, { givenWh: energyOf(swap.given), returnedWh: energyOf(swap.returned) });
}

const money = (holder: Holder) => ({ unit: 'money' as const, asset: 'CNY', holder });

/** One linked set: the hold is posted as far as it reaches, what is missing is owed, and all of it goes to its shares. */
function moneyLegs(desk: Desk, swap: Swap, bill: Bill): Transfer[][] {
  const freed = swap.promised.flatMap(({ code }) =>
    desk.promises.get(code) === swap.id ? breakPromise(desk, code, 'another pack was handed out') : [],
  );
  const id = `swap/${swap.id}`;
  const clearing = clearingAt(swap.stationId);
  const paid = Math.min(bill.total, swap.held) as Fen;
  const owed = (bill.total - paid) as Fen;
  const legs: Transfer[] = [...freed];
  if (swap.held > 0)
    legs.push(
      paid > 0
        ? { kind: 'post', id: `${id}/charge`, pendingId: holdId(swap.id), amount: paid, reason: 'swap paid' }
        : { kind: 'void', id: `${id}/charge`, pendingId: holdId(swap.id), reason: 'nothing to pay' },
    );
  if (owed > 0) {
    const debtor: Holder = `outside:arrears/${swap.driverId ?? swap.id}`;
    legs.push({
      kind: 'posted',
      id: `${id}/arrears`,
      debit: money(debtor),
      credit: money(clearing),
      amount: owed,
      reason: 'swap to be collected',
    });
  }
  for (const { party, amount } of divide(bill, operatorOf(desk, swap), ownersOf(desk, swap)))
    legs.push({
      kind: 'posted',
      id: `${id}/share/${party}`,
      debit: money(clearing),
      credit: money(`party:${party}`),
      amount,
      reason: 'share of a swap',
    });
  return legs.length > 0 ? [legs] : [];
}

const operatorOf = (desk: Desk, swap: Swap): string => desk.stations.get(swap.stationId)?.operatorId ?? 'platform';

const ownersOf = (desk: Desk, swap: Swap) =>
  swap.given.flatMap(({ code }) => {
    const capacityWh = desk.packs.get(code)?.capacityWh ?? 0;
    return (desk.owners.get(code) ?? []).map((it) => ({ party: it.party, weight: it.millionths * capacityWh }));
  });

/** Tells a station that waits for us whether the vehicle may leave. Part of our documented extension of BatterySwapCtrlr. */
function allowRelease(desk: Desk, swap: Swap, allowed: boolean): void {
  if (!swap.reporting) return;
  const component = { name: 'BatterySwapCtrlr', instance: String(swap.requestId) };
  const setVariableData = [{ component, variable: { name: 'ReleaseAllowed' }, attributeValue: String(allowed) }];
  desk.commands.push({
    stationId: swap.stationId,
    action: 'SetVariables',
    payload: { setVariableData },
    by: `swap:${swap.id}`,
    tries: 20, // a vehicle waits for it, whatever crashes meanwhile
  });
}

/** How many matings the worst-rated of the packs handed out stands. */
export const ratedMatings = (desk: Desk, swap: Swap): number =>
  Math.min(
    ...swap.given
      .map(({ code }) => desk.packs.get(code))
      .map((it) => (it ? (packModel(it.model)?.ratedMatings ?? 0) : 0)),
  );

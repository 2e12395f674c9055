// What a swap costs and who gets it: the bill, and the transfers that book it.
import type { Holder, Transfer } from '#ledger';
import { type Bill, divide, freeOfCharge, priceSwap } from '#pricing';
import type { Fen, Instant } from '#units';
import type { Desk } from './desk.ts';
import { breakPromise, clearingAt, holdId } from './moves.ts';
import { energyOf, type Moved, type Swap } from './swap.ts';

/** Quote and bill are made by the same tariff; only the kWh can differ. Getting the own packs back costs nothing. */
export function billFor(swap: Swap): Bill {
  const back = new Set(swap.returned.map((it) => it.code));
  if (swap.given.every((it) => back.has(it.code))) return freeOfCharge(swap.tariff);
  return priceSwap(swap.tariff, { givenWh: energyOf(swap.given), returnedWh: energyOf(swap.returned) });
}

/** One linked set: the hold is posted as far as it reaches, what is missing is owed, and all of it goes to its shares. */
export function moneyLegs(desk: Desk, swap: Swap, bill: Bill, ownedAt: Instant): Transfer[][] {
  const legs: Transfer[] = swap.promised.flatMap(({ code }) =>
    desk.promises.get(code) === swap.id ? breakPromise(desk, code, 'another pack was handed out') : [],
  );
  const id = `swap/${swap.id}`;
  const paid = Math.min(bill.total, swap.held) as Fen;
  if (swap.held > 0)
    legs.push(
      paid > 0
        ? { kind: 'post', id: `${id}/charge`, pendingId: holdId(swap.id), amount: paid, reason: 'swap paid' }
        : { kind: 'void', id: `${id}/charge`, pendingId: holdId(swap.id), reason: 'nothing to pay' },
    );
  legs.push(...owed(swap, (bill.total - paid) as Fen, `${id}/arrears`));
  legs.push(...shared(desk, swap, bill, owned(swap.given, ownedAt), (party) => `${id}/share/${party}`));
  return legs.length > 0 ? [legs] : [];
}

/**
 * Packs more went out of a swap that is paid: what it costs more now is owed, and goes to the owners of these packs. A bill
 * never becomes less.
 * @returns the swap with its bill as it is now
 */
export function amend(desk: Desk, swap: Swap, more: readonly Moved[]): Swap {
  const [before, bill] = [swap.bill!, billFor(swap)];
  if (bill.total <= before.total) return swap;
  const already = (what: string) => before.lines.find((it) => it.what === what)?.amount ?? 0;
  const lines = bill.lines.map((it) => ({ ...it, amount: (it.amount - already(it.what)) as Fen }));
  const extra = { ...bill, lines, total: (bill.total - before.total) as Fen };
  const [id, nth] = [`swap/${swap.id}`, swap.moves];
  desk.legs.push([
    ...owed(swap, extra.total, `${id}/arrears/${nth}`),
    ...shared(desk, swap, extra, more, (party) => `${id}/share/${party}/${nth}`),
  ]);
  desk.happenings.push({ subject: `swap:${swap.id}`, type: 'swap.amended', body: { bill } });
  return { ...swap, bill };
}

const money = (holder: Holder) => ({ unit: 'money' as const, asset: 'CNY', holder });

function owed(swap: Swap, amount: Fen, id: string): Transfer[] {
  if (amount === 0) return [];
  const debtor: Holder = `outside:arrears/${swap.driverId ?? swap.id}`;
  const [debit, credit] = [money(debtor), money(clearingAt(swap.stationId))];
  return [{ kind: 'posted', id, debit, credit, amount, reason: 'swap to be collected' }];
}

/** Packs of a swap, all as of one instant. */
const owned = (packs: readonly Moved[], at: Instant): Owned[] => packs.map(({ code }) => ({ code, at }));

type Owned = Pick<Moved, 'code' | 'at'>;

/** To the operator, and to the owners of these packs by title at that instant and capacity. */
function shared(
  desk: Desk,
  { stationId }: Swap,
  bill: Bill,
  packs: readonly Owned[],
  idFor: (party: string) => string,
): Transfer[] {
  const owners = packs.flatMap(({ code, at }) => {
    const pack = desk.packs.get(code);
    const [capacityWh, percent] = [pack?.capacityWh ?? 0, pack?.ownersPercent ?? null];
    return desk.owners(code, at).map((it) => ({ party: it.party, weight: it.millionths * capacityWh, percent }));
  });
  const operator = desk.stations.get(stationId)?.operatorId ?? 'platform';
  return divide(bill, operator, owners).map(({ party, amount }) => ({
    kind: 'posted' as const,
    id: idFor(party),
    debit: money(clearingAt(stationId)),
    credit: money(`party:${party}`),
    amount,
    reason: 'share of a swap',
  }));
}

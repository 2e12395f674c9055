// What a pack earned: its part of the bills of the swaps in which it was handed out, divided as the bills were.
import { sql } from 'kysely';
import type { Work } from '#kernel';
import type { Owner } from '#pack';
import { type Bill, divide } from '#pricing';
import { Fen, type PackCode, sumFen } from '#units';

/** Swaps looked at, the newest first. */
const MOST_SWAPS = 5000;

interface Settled {
  /** When it was booked, by the order of the ledger's transfers; null when it cost nothing. */
  readonly bookedAs: number | null;
  readonly bill: Bill;
  readonly given: readonly { readonly code: PackCode }[];
}

/**
 * Fen for its owners, of the owners' part of the service fee (`divide` of pricing), by capacity x title among the packs of
 * one swap, as title stood when it was booked. Source: the bills of its settled swaps, the title booked in the ledger.
 */
export async function earnedBy(work: Work, code: PackCode) {
  const swaps = await settledWith(work, code);
  const codes = [...new Set([code, ...swaps.flatMap((it) => it.given.map((pack) => pack.code))])];
  const ownersAt = await titleOf(work, codes);
  const capacities = await capacitiesOf(work, codes);
  const earned = new Map<string, number>();
  for (const swap of swaps)
    for (const { party, amount } of partsOf(swap, code, ownersAt(swap.bookedAs), capacities))
      earned.set(party, (earned.get(party) ?? 0) + amount);
  const shares = [...earned].map(([party, fen]) => ({ party, fen: Fen(fen) })).toSorted((a, b) => b.fen - a.fen);
  return {
    swaps: swaps.length,
    billedFen: sumFen(swaps.map((it) => it.bill.total)),
    earned: shares,
    totalFen: sumFen(shares.map((it) => it.fen)),
  };
}

const OPERATOR = 'operator';
/** No code and no party holds one. */
const BETWEEN = '|';

/** What of one bill each owner of this pack got for it. */
export function partsOf(
  { bill, given }: Pick<Settled, 'bill' | 'given'>,
  code: PackCode,
  owners: ReadonlyMap<PackCode, readonly Owner[]>,
  capacities: ReadonlyMap<PackCode, number>,
): { party: string; amount: Fen }[] {
  const parts = given.flatMap((pack) =>
    (owners.get(pack.code) ?? []).map((it) => ({
      party: `${pack.code}${BETWEEN}${it.party}`,
      weight: it.millionths * (capacities.get(pack.code) ?? 0),
    })),
  );
  if (!parts.some((it) => it.weight > 0)) return [];
  return divide(bill, OPERATOR, parts)
    .filter((it) => it.party.startsWith(`${code}${BETWEEN}`))
    .map((it) => ({ party: it.party.slice(code.length + BETWEEN.length), amount: it.amount }));
}

async function settledWith(work: Work, code: PackCode): Promise<Settled[]> {
  const { rows } = await sql<Settled>`select w.body->'bill' as bill, w.body->'given' as given,
      (select min(t.seq) from ledger.transfer t where t.id collate "C" >= 'swap/' || w.id || '/share/'
        and t.id collate "C" < 'swap/' || w.id || '/share0') as booked_as
    from swap.swap w
    where w.total_fen is not null and w.id in (
      select swap_id from swap.move where code = ${code} and direction = 'out' order by at desc limit ${MOST_SWAPS})`.execute(
    work.db,
  );
  return rows;
}

/** Who owned what of these packs when a transfer was booked; null: now. */
async function titleOf(work: Work, codes: readonly PackCode[]) {
  const { rows } = await sql<{ code: PackCode; holder: string; change: number; seq: number }>`
    select a.asset as code, a.holder, t.seq, t.change from ledger.account a cross join lateral (
      select seq, amount as change from ledger.transfer where credit_id = a.id and kind = 'posted'
      union all select seq, -amount from ledger.transfer where debit_id = a.id and kind = 'posted') t
    where a.unit = 'title' and a.asset = any(${codes}::text[]) and a.holder like 'party:%' order by t.seq`.execute(
    work.db,
  );
  return (bookedAs: number | null): Map<PackCode, Owner[]> => {
    const before = rows.filter((it) => bookedAs === null || it.seq < bookedAs);
    const owners = [...Map.groupBy(before, (it) => it.code)].map(([code, its]): [PackCode, Owner[]] => {
      const shares = Map.groupBy(its, (it) => it.holder.slice('party:'.length) as Owner['party']);
      const sums = [...shares].map(([party, changes]) => {
        return { party, millionths: changes.reduce((sum, it) => sum + it.change, 0) };
      });
      return [code, sums.filter((it) => it.millionths > 0)];
    });
    return new Map(owners);
  };
}

async function capacitiesOf(work: Work, codes: readonly PackCode[]): Promise<Map<PackCode, number>> {
  const { rows } = await sql<{ code: PackCode; capacityWh: number }>`select code, capacity_wh from pack.pack
    where code = any(${codes}::text[])`.execute(work.db);
  return new Map(rows.map((it) => [it.code, it.capacityWh]));
}

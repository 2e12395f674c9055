// What a pack earned: its part of the bills of the swaps in which it was handed out, divided as the bills were.
import { sql } from 'kysely';
import type { Work } from '#kernel';
import { type Owner, ownersOver } from '#pack';
import { type Bill, divide } from '#pricing';
import { Fen, type Instant, type PackCode, sumFen } from '#units';

/** Swaps looked at, the newest first. */
const MOST_SWAPS = 5000;

interface Settled {
  /** Who owned its packs then was paid; null when it cost nothing. */
  readonly ownedAt: Instant | null;
  /** By the order of the ledger's transfers: a sale of the same instant may have come after. */
  readonly bookedAs: number | null;
  readonly bill: Bill;
  readonly given: readonly { readonly code: PackCode }[];
}

/**
 * Fen for its owners, of the owners' part of the service fee (`divide` of pricing), by capacity x title among the packs of
 * one swap, as title stood when the packs were handed out. Source: the bills of its settled swaps, the title booked in the ledger.
 */
export async function earnedBy(work: Work, code: PackCode) {
  const swaps = await settledWith(work, code);
  const codes = [...new Set([code, ...swaps.flatMap((it) => it.given.map((pack) => pack.code))])];
  const ownersAt = await ownersOver(work, codes);
  const terms = await termsOf(work, codes);
  const ownersOf = ({ given, ownedAt, bookedAs }: Settled) =>
    new Map(ownedAt === null ? [] : given.map((it) => [it.code, ownersAt(it.code, ownedAt, bookedAs ?? undefined)]));
  const earned = new Map<string, number>();
  for (const swap of swaps)
    for (const { party, amount } of partsOf(swap, code, ownersOf(swap), terms))
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
  terms: ReadonlyMap<PackCode, Terms>,
): { party: string; amount: Fen }[] {
  const parts = given.flatMap((pack) =>
    (owners.get(pack.code) ?? []).map((it) => ({
      party: `${pack.code}${BETWEEN}${it.party}`,
      weight: it.millionths * (terms.get(pack.code)?.capacityWh ?? 0),
      percent: terms.get(pack.code)?.ownersPercent ?? null,
    })),
  );
  if (!parts.some((it) => it.weight > 0)) return [];
  return divide(bill, OPERATOR, parts)
    .filter((it) => it.party.startsWith(`${code}${BETWEEN}`))
    .map((it) => ({ party: it.party.slice(code.length + BETWEEN.length), amount: it.amount }));
}

async function settledWith(work: Work, code: PackCode): Promise<Settled[]> {
  const { rows } = await sql<Settled>`select w.body->'bill' as bill, w.body->'given' as given,
      -- of swaps that do not say it, when it was booked
      coalesce((w.body->>'ownedAt')::timestamptz, t.at) as owned_at, t.seq as booked_as
    from swap.swap w left join lateral (
      select min(seq) as seq, min(at) as at from ledger.transfer t where t.id collate "C" >= 'swap/' || w.id || '/share/'
        and t.id collate "C" < 'swap/' || w.id || '/share0') t on true
    where w.total_fen is not null and w.id in (
      select swap_id from swap.move where code = ${code} and direction = 'out' order by at desc limit ${MOST_SWAPS})`.execute(
    work.db,
  );
  return rows;
}

interface Terms {
  readonly capacityWh: number;
  readonly ownersPercent: number | null;
}

async function termsOf(work: Work, codes: readonly PackCode[]): Promise<Map<PackCode, Terms>> {
  const { rows } = await sql<Terms & { code: PackCode }>`select code, capacity_wh, owners_percent from pack.pack
    where code = any(${codes}::text[])`.execute(work.db);
  return new Map(rows.map((it) => [it.code, it]));
}

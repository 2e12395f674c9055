// Who has each thing now. It follows from the transfers of custody, and is kept beside them because a pack that was in a
// thousand vehicles has a thousand accounts, and all but one of them are empty.
import { sql } from 'kysely';
import { anyOf, insertRows, type Work } from '#kernel';
import type { Instant } from '#units';
import type { Account, Holder } from './account.ts';
import type { Entry } from './posting.ts';

export interface Keeper {
  readonly asset: string;
  readonly holder: Holder;
  /** Who had it before. */
  readonly giver: Holder;
}

interface Moved {
  readonly kept: readonly Keeper[];
  /** Assets that left the network. */
  readonly gone: readonly string[];
}

/** What a posting changes of it: of an asset that moved more than once, the last move counts. */
export function keepersAfter(entries: readonly Entry[], accounts: readonly Account[]): Moved {
  const custody = new Map(accounts.flatMap((it) => (it.unit === 'custody' ? [[it.id, it] as const] : [])));
  if (custody.size === 0) return { kept: [], gone: [] };
  const moved = new Map<string, Keeper>();
  for (const { kind, debitId, creditId } of entries) {
    const [from, to] = [custody.get(debitId), custody.get(creditId)];
    if (from && to && (kind === 'posted' || kind === 'post'))
      moved.set(to.asset, { asset: to.asset, holder: to.holder, giver: from.holder });
  }
  const isInside = ({ holder }: Keeper) => !holder.startsWith('outside:');
  const last = [...moved.values()].sort((a, b) => (a.asset < b.asset ? -1 : 1)); // two works that write the same do not cross
  return { kept: last.filter(isInside), gone: last.filter((it) => !isInside(it)).map((it) => it.asset) };
}

const columns = { asset: 'text', holder: 'text', giver: 'text' };

export async function writeKeepers(work: Work, { kept, gone }: Moved): Promise<void> {
  const upsert = sql`on conflict (asset) do update set holder = excluded.holder, giver = excluded.giver`;
  await Promise.all([
    insertRows(work.db, 'ledger.keeper', columns, kept, upsert),
    gone.length > 0 && sql`delete from ledger.keeper where asset = ${anyOf(gone, 'text')}`.execute(work.db),
  ]);
}

/** Who has each of these assets now; one that nobody in the network has is left out. */
export async function keepersOf(work: Work, assets: readonly string[]): Promise<Keeper[]> {
  if (assets.length === 0) return [];
  const { rows } = await sql<Keeper>`select asset, holder, giver from ledger.keeper
    where asset = ${anyOf(assets, 'text')}`.execute(work.db);
  return rows;
}

/** Since when its keeper has this asset; undefined when nobody in the network has it. */
export async function keptSince(work: Work, asset: string): Promise<Instant | undefined> {
  const { rows } = await sql<{ at: Instant }>`select t.at from ledger.keeper k
    join ledger.account a on a.unit = 'custody' and a.asset = k.asset and a.holder = k.holder
    join ledger.transfer t on t.credit_id = a.id and t.kind in ('posted', 'post')
    where k.asset = ${asset} order by t.seq desc limit 1`.execute(work.db);
  return rows[0]?.at;
}

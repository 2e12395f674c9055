import { sql } from 'kysely';
import { type Invariant, recordset, type Work } from '#kernel';
import { replayed } from './index.ts';
import { type ChargeKey, keyIn, newestOfAll } from './store.ts';

/** So many packs are estimated again at a time. */
const PIECE = 500;

export const chargeInvariants: readonly Invariant[] = [
  {
    id: 'health.estimate-follows',
    sentence: 'The newest estimate of each pack’s health follows again from what was stored of its charge',
    violations: async (work) =>
      sql`select * from ${recordset({ stationId: 'text', transactionId: 'text', endedAt: 'timestamptz' }, await differing(work))}`,
  },
];

async function differing(work: Work): Promise<ChargeKey[]> {
  const found: ChargeKey[] = [];
  for (let last = ''; ; ) {
    const some = await newestOfAll(work, last, PIECE);
    for (const it of some) if ((await replayed(work, it)) === false) found.push(keyIn(it));
    if (some.length < PIECE) return found;
    last = some.at(-1)!.packCode;
  }
}

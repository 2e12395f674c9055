// Custody is corrected by hand: somebody looked, and a pack is not where the books have it.
import { Refused, type Work } from '#kernel';
import { type Holder, mustPost, type Transfer } from '#ledger';
import { append } from '#record';
import type { PackCode } from '#units';
import { usableWh } from './model.ts';
import { whereAre } from './register.ts';
import * as store from './store.ts';

export interface Placing {
  readonly holder: Holder;
  readonly reason: string;
  readonly by: string;
}

/**
 * Moves a pack, with the energy it holds, in the books to who really has it, and writes down who said so and why. The pack
 * itself moves nowhere; whether a swap goes on with it is for the caller to ask.
 * @throws Refused `pack-unknown`, `pack-is-nowhere`, `pack-is-there`
 */
export async function place(work: Work, code: PackCode, { holder, reason, by }: Placing): Promise<void> {
  const pack = (await store.known(work, [code])).get(code);
  if (!pack) throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
  const from = (await whereAre(work, [code])).get(code);
  if (!from)
    throw new Refused('pack-is-nowhere', `By the books nobody has pack ${code}: it left the network`, { code });
  if (from === holder) throw new Refused('pack-is-there', `By the books ${holder} has pack ${code} already`, { code });
  const id = `pack/${code}/place/${work.newId()}`;
  const move = (id: string, unit: 'custody' | 'energy', asset: string, amount: number): Transfer => ({
    kind: 'posted',
    id,
    debit: { unit, asset, holder: from },
    credit: { unit, asset, holder },
    amount,
    reason: 'custody corrected',
  });
  const wh = usableWh(pack);
  await mustPost(work, [[move(id, 'custody', code, 1), ...(wh > 0 ? [move(`${id}/energy`, 'energy', 'Wh', wh)] : [])]]);
  await append(work, [{ subject: `pack:${code}`, type: 'pack.placed', body: { from, to: holder, reason, by } }]);
}

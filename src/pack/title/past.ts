// Who owned which share of each pack, at every moment since it entered: the ledger replayed.

import type { Work } from '#kernel';
import { movements } from '#ledger';

/** After a moment in which shares of a pack moved: what everybody had then, by party. */
export interface TitleMoment {
  /** As ISO 8601. */
  readonly at: string;
  readonly shares: readonly { readonly holder: string; readonly millionths: number }[];
}

/** By pack code, oldest first. What moved together, such as all shares of a pack that enters, is one moment. */
export async function titlePast(work: Work): Promise<Map<string, TitleMoment[]>> {
  const past = new Map<string, TitleMoment[]>();
  const now = new Map<string, Map<string, number>>();
  let last: string | undefined;
  for (const { asset, from, to, amount, link, at } of await movements(work, 'title')) {
    const shares = now.get(asset) ?? new Map<string, number>();
    now.set(asset, shares);
    const add = (holder: string, millionths: number) => {
      if (holder.startsWith('party:')) shares.set(holder, (shares.get(holder) ?? 0) + millionths);
    };
    add(from, -amount);
    add(to, amount);
    const moment = {
      at: at.toString(),
      shares: [...shares].flatMap(([holder, millionths]) =>
        millionths > 0 ? [{ holder: holder.slice('party:'.length), millionths }] : [],
      ),
    };
    const moments = past.get(asset) ?? [];
    if (last === `${asset} ${link}`) moments.pop();
    last = `${asset} ${link}`;
    moments.push(moment);
    past.set(asset, moments);
  }
  return past;
}

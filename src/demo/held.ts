import type { Work } from '#kernel';
import { list, type Pack, whereAre } from '#pack';

const PAGE = 2000;

/** Calls `see` with every pack and its holder, page by page. */
export async function everyPack(work: Work, see: (pack: Pack, holder: string | undefined) => void): Promise<void> {
  for (let after = ''; ; ) {
    const page = await list(work, after, PAGE);
    const places = await whereAre(
      work,
      page.map((it) => it.code),
    );
    for (const pack of page) see(pack, places.get(pack.code));
    if (page.length < PAGE) return;
    after = page.at(-1)!.code;
  }
}

/** The packs in vehicles by the books, by `vehicle:<vin>`. */
export async function heldByVehicles(work: Work): Promise<Map<string, Pack[]>> {
  const held = new Map<string, Pack[]>();
  await everyPack(work, (pack, holder) => {
    if (holder?.startsWith('vehicle:')) held.set(holder, [...(held.get(holder) ?? []), pack]);
  });
  return held;
}

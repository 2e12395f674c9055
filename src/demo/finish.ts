// Swaps that the simulator left half done when it ended: its stations do not remember them, so they are finished here.
import { sql } from 'kysely';
import { anyOf, type Work } from '#kernel';
import { slotsOf } from '#station';
import { cancel, get, reported } from '#swap';
import { Percent, type StationId, type SwapId } from '#units';

/**
 * Lets no driver of a simulated network wait for a station that forgot him: a swap in which nothing moved is cancelled,
 * and one whose pack came in goes on with the packs that were promised. Only while no simulator runs.
 * @returns how many swaps were cancelled or went on
 */
export async function finishCutOff(work: Work, stationIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ id: SwapId }>`select id from swap.swap
    where ended_at is null and station_id = ${anyOf(stationIds, 'text')} order by id`.execute(work.db);
  const slots = await slotsOf(work, stationIds as readonly StationId[]);
  let done = 0;
  for (const { id } of rows) {
    const swap = await get(work, id);
    const { stationId, requestId, idToken } = swap;
    if (swap.returned.length + swap.given.length === 0) {
      await cancel(work, id);
      done++;
    } else if (swap.returned.length > swap.given.length && requestId !== null) {
      const packs = swap.promised
        .filter((it) => !swap.given.some((given) => given.code === it.code))
        .flatMap(({ code, slotNo }) => {
          const slot = slots.get(stationId)?.find((it) => it.slotNo === slotNo && it.packCode === code);
          return slot?.soc != null ? [{ slotNo, serial: code, soc: slot.soc, soh: slot.soh ?? Percent(100) }] : [];
        });
      if (packs.length === 0) continue; // nothing waits for him any more: the operator has to help
      await reported(work, [{ kind: 'out', stationId, requestId, at: work.at, idToken, packs }]);
      done++;
    }
  }
  return done;
}

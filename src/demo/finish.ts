// Swaps that the simulator left half done when it ended: its stations do not remember them, so they are finished here.
import { sql } from 'kysely';
import { anyOf, type Work } from '#kernel';
import { type Slot, slotsOf } from '#station';
import { cancel, get, type PackReading, reported, resolve, type Swap } from '#swap';
import { Percent, type StationId, type SwapId } from '#units';
import { heldByVehicles } from './held.ts';

/**
 * Lets no driver of a simulated network wait for a station that forgot him: a swap in which nothing moved is cancelled;
 * any other goes on with the packs that were promised, or that he still has to give back, and is billed and released.
 * Only while no simulator runs.
 * @returns how many swaps came to an end
 */
export async function finishCutOff(work: Work, stationIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ id: SwapId }>`select id from swap.swap
    where ended_at is null and station_id = ${anyOf(stationIds, 'text')} order by id`.execute(work.db);
  const slots = await slotsOf(work, stationIds as readonly StationId[]);
  let done = 0;
  for (const { id } of rows) {
    const swap = await get(work, id);
    const { returned, given } = swap;
    if (returned.length + given.length === 0) await cancel(work, id);
    else {
      const kind = returned.length > given.length ? 'out' : returned.length < given.length ? 'in' : undefined;
      const packs =
        kind === 'out' ? promised(swap, slots.get(swap.stationId) ?? []) : kind === 'in' ? await owed(work, swap) : [];
      if (kind && packs.length === 0) continue; // nothing waits for him any more: the operator has to help
      if (kind) await moved(work, swap, kind, packs);
      if ((await get(work, id)).endedAt === null)
        await resolve(work, id, { how: 'release', reason: 'the simulator ended in the middle of it', by: 'demo' });
    }
    done++;
  }
  return done;
}

const moved = (
  work: Work,
  { stationId, requestId, idToken }: Swap,
  kind: 'in' | 'out',
  packs: readonly PackReading[],
): Promise<void> => reported(work, [{ kind, stationId, requestId: requestId ?? 0, at: work.at, idToken, packs }]);

/** What was promised, and stands where it was. */
const promised = (swap: Swap, slots: readonly Slot[]): PackReading[] =>
  swap.promised
    .filter((it) => !swap.given.some((given) => given.code === it.code))
    .flatMap(({ code, slotNo }) => {
      const slot = slots.find((it) => it.slotNo === slotNo && it.packCode === code);
      return slot?.soc != null ? [{ slotNo, serial: code, soc: slot.soc, soh: slot.soh ?? Percent(100) }] : [];
    });

/** What his vehicle still holds beside the packs he got: it goes where those came from (Out-In). */
async function owed(work: Work, { vin, given }: Swap): Promise<PackReading[]> {
  const held = (await heldByVehicles(work)).get(`vehicle:${vin}`) ?? [];
  const old = held.filter((it) => !given.some(({ code }) => code === it.code));
  return old
    .slice(0, given.length)
    .map(({ code, soc, soh }, index) => ({ slotNo: given[index]!.slotNo, serial: code, soc, soh }));
}

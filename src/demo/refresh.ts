// A roster as the network stands now: the simulator starts again where the books are.
import { sql } from 'kysely';
import { anyOf, type Work } from '#kernel';
import { countersOf, type Pack } from '#pack';
import { slotsOf } from '#station';
import { chance, Percent, type StationId } from '#units';
import { everyPack } from './held.ts';
import { packEntry, type Roster } from './roster.ts';

/** The books saw a vehicle's pack last when it was handed out: how far it was driven since is made up, the same each time. */
const drivenTo = (vin: string, seed: number): number => chance(seed).fork(vin).between(25, 90);

/** Packs, slots and vehicles by the books; a vehicle that holds no pack stays at home until it has one again. */
export async function refreshed(work: Work, roster: Roster): Promise<Roster> {
  const packs = new Map<string, Pack>();
  const heldBy = new Map<string, Pack[]>();
  await everyPack(work, (pack, holder) => {
    packs.set(pack.code, pack);
    if (holder?.startsWith('vehicle:')) heldBy.set(holder, [...(heldBy.get(holder) ?? []), pack]);
  });
  const counted = await countersOf(work);
  const entry = (pack: Pack) => packEntry({ ...pack, counted: counted.get(pack.code) });
  const slots = await slotsOf(
    work,
    roster.stations.map((it) => it.id as StationId),
  );
  const numbers = await lastNumbers(
    work,
    roster.stations.map((it) => it.id),
  );
  const everybody = [...roster.vehicles, ...(roster.atHome ?? [])];
  return {
    ...roster,
    stations: roster.stations.map((it) => ({
      ...it,
      lastRequestId: Math.max(numbers.get(it.id) ?? 0, it.lastRequestId ?? 0),
      slots: it.slots.map(({ slotNo }) => {
        const now = slots.get(it.id as StationId)?.find((slot) => slot.slotNo === slotNo);
        const pack = now?.packCode ? packs.get(now.packCode) : undefined;
        const soc = now?.soc ?? pack?.soc;
        return pack && soc !== undefined ? { slotNo, ...entry({ ...pack, soc }) } : { slotNo, serial: null };
      }),
    })),
    vehicles: everybody.flatMap((it) => {
      const held = heldBy.get(`vehicle:${it.vin}`);
      if (!held) return [];
      const soc = drivenTo(it.vin, roster.seed);
      return [{ ...it, packs: held.map((pack) => entry({ ...pack, soc: Percent(Math.min(pack.soc, soc)) })) }];
    }),
    atHome: everybody.filter((it) => !heldBy.has(`vehicle:${it.vin}`)),
  };
}

/** Stations count their swaps from 1, we count those that we ask for from a thousand million. */
async function lastNumbers(work: Work, stationIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ stationId: string; last: number }>`select station_id, max(request_id) as last
    from swap.swap where station_id = ${anyOf(stationIds, 'text')} and request_id < 1000000000
    group by station_id`.execute(work.db);
  return new Map(rows.map((it) => [it.stationId, it.last]));
}

// All that is needed to answer asks: who, where, what is under way, and which packs stand there.
import type { Work } from '#kernel';
import { holdingsOf } from '#ledger';
import { find as findPacks, type Pack } from '#pack';
import { type Swapper, sameCase, whoAsks } from '#party';
import { find as findStations, type Station, type StockedSlot, stocked } from '#station';
import type { PackCode, StationId, SwapId } from '#units';
import type { Ask } from './authorise.ts';
import type { Stock } from './choose.ts';
import { promises as promisesOf } from './promises-store.ts';
import * as store from './store.ts';
import type { Swap } from './swap.ts';

export interface Hall {
  readonly stations: Map<StationId, Station>;
  readonly swappers: Map<string, Swapper>;
  /** With what this batch has decided: a driver may ask at two stations in one moment. */
  readonly underWay: Map<SwapId, Swap>;
  readonly standing: Map<StationId, Stock['standing']>;
  /** Which swap each of these packs, and each pack of these drivers' swaps, waits for; with what this batch has decided. */
  readonly promises: Map<PackCode, SwapId>;
  /** The packs that each vehicle runs on now. */
  readonly held: Map<string, Pack[]>;
}

export async function openHall(work: Work, asks: readonly Ask[], who = whoAsks): Promise<Hall> {
  const stationIds = [...new Set(asks.map((it) => it.stationId))];
  const idTokens = [...new Set(asks.map((it) => sameCase(it.idToken)))];
  const swappers = await who(work, idTokens);
  const [stations, underWay, slots, held] = await Promise.all([
    findStations(work, stationIds),
    store.underWayFor(work, idTokens),
    stocked(work, stationIds),
    packsHeld(work, [...swappers.values()]),
  ]);
  const codes = slots.map((it) => it.packCode);
  const swapIds = underWay.map((it) => it.id);
  const [packs, promises] = await Promise.all([findPacks(work, codes), promisesOf(work, codes, swapIds)]);
  const standing = standingIn(stationIds, slots, packs);
  return { stations, swappers, underWay: new Map(underWay.map((it) => [it.id, it])), standing, promises, held };
}

/** Of one driver, by the token. */
export const underWayOf = (hall: Hall, { idToken }: Pick<Ask, 'idToken'>): Swap[] =>
  [...hall.underWay.values()].filter((it) => it.endedAt === null && it.idToken === sameCase(idToken));

/** A pack that stands in a slot is the station's to give (`insight.slot-has-custody`): the ledger would refuse any other. */
function standingIn(
  stationIds: readonly StationId[],
  slots: readonly StockedSlot[],
  found: readonly Pack[],
): Hall['standing'] {
  const packs = new Map(found.map((it) => [it.code, it]));
  const at = Map.groupBy(slots, (it) => it.stationId);
  return new Map(
    stationIds.map((id) => [
      id,
      (at.get(id) ?? []).flatMap(({ slotNo, packCode, soc, soh }) => {
        const pack = packs.get(packCode);
        return pack ? [{ ...pack, soc: soc ?? pack.soc, soh: soh ?? pack.soh, slotNo }] : [];
      }),
    ]),
  );
}

async function packsHeld(work: Work, who: readonly Swapper[]): Promise<Map<string, Pack[]>> {
  const holdings = await holdingsOf(
    work,
    'custody',
    who.map((it) => `vehicle:${it.vin}`),
  );
  const codes = holdings.map((it) => it.asset as PackCode);
  const packs = new Map((await findPacks(work, codes)).map((it) => [it.code, it]));
  const held = new Map<string, Pack[]>();
  for (const { asset, holder } of holdings) {
    const pack = packs.get(asset as PackCode);
    const vin = holder.slice('vehicle:'.length);
    if (pack) held.set(vin, [...(held.get(vin) ?? []), pack]);
  }
  return held;
}

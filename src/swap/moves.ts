// A pack changes hands: what that means for the books. Shared by packs that come in and packs that go out.
import type { Holder, Transfer } from '#ledger';
import { usableWh } from '#pack';
import type { Instant, PackCode, Percent, SlotNo, StationId, SwapId, Wh } from '#units';
import type { Desk } from './desk.ts';
import type { Moved, Swap } from './swap.ts';

/** One pack as the station reports it. */
export interface PackReading {
  readonly slotNo: SlotNo;
  readonly serial: string;
  /** The code that the station told, when the pack has got another one since. */
  readonly formerly?: PackCode;
  readonly soc: Percent;
  readonly soh: Percent;
}

/** The serial number as the code under which a pack is registered. */
export const codeOf = (reading: PackReading): PackCode => reading.serial.trim().toUpperCase() as PackCode;

export function movedOf(desk: Desk, reading: PackReading, at: Instant): Moved {
  const code = codeOf(reading);
  const pack = desk.packs.get(code);
  const energyWh = pack ? usableWh({ ...pack, soc: reading.soc, soh: reading.soh }) : (0 as Wh);
  return { code, slotNo: reading.slotNo, soc: reading.soc, soh: reading.soh, energyWh, at };
}

export const custody = (id: string, code: PackCode, from: Holder, to: Holder, reason: string): Transfer => ({
  kind: 'posted',
  id,
  debit: { unit: 'custody', asset: code, holder: from },
  credit: { unit: 'custody', asset: code, holder: to },
  amount: 1,
  reason,
});

export const energy = (id: string, wh: Wh, from: Holder, to: Holder, reason: string): Transfer[] =>
  wh > 0
    ? [
        {
          kind: 'posted',
          id,
          debit: { unit: 'energy', asset: 'Wh', holder: from },
          credit: { unit: 'energy', asset: 'Wh', holder: to },
          amount: wh,
          reason,
        },
      ]
    : [];

/** Names the transfers of a swap's nth move. */
export const moveId = (swapId: SwapId, nth: number, code: PackCode): string => `swap/${swapId}/move/${nth}/${code}`;

/** Takes a promise back: the pack is free for others. */
export function breakPromise({ promises }: Pick<Desk, 'promises'>, code: PackCode, reason: string): Transfer[] {
  const swapId = promises.get(code);
  if (!swapId) return [];
  promises.delete(code);
  const id = promiseId(swapId, code);
  return [{ kind: 'void', id: `${id}/void`, pendingId: id, reason }];
}

/** Money is set aside until the bill is known; nothing when the most that the swap can cost is nothing. */
export function moneyHeld(swap: Swap): Transfer[] {
  if (swap.held === 0) return [];
  const money = (holder: Holder) => ({ unit: 'money' as const, asset: 'CNY', holder });
  const [debit, credit] = [money(`driver:${swap.driverId!}`), money(clearingAt(swap.stationId))];
  return [{ kind: 'pending', id: holdId(swap.id), debit, credit, amount: swap.held, reason: 'held for a swap' }];
}

/** A pack waits for the driver. The ledger knows each pack of a swap once: one that was taken back is not promised again. */
export const packPromised = (swap: Swap, code: PackCode): Transfer => ({
  kind: 'pending',
  id: promiseId(swap.id, code),
  debit: { unit: 'custody', asset: code, holder: `station:${swap.stationId}` },
  credit: { unit: 'custody', asset: code, holder: `vehicle:${swap.vin!}` },
  amount: 1,
  reason: 'promised for a swap',
});

/** All that waits for a swap is free again: the packs that are still promised to it, and the money. */
export function setFree(desk: Pick<Desk, 'promises'>, swap: Swap, reason: string): Transfer[] {
  const legs = swap.promised.flatMap(({ code }) =>
    desk.promises.get(code) === swap.id ? breakPromise(desk, code, reason) : [],
  );
  if (swap.held > 0) legs.push({ kind: 'void', id: `${holdId(swap.id)}/void`, pendingId: holdId(swap.id), reason });
  return legs;
}

export const promiseId = (swapId: string, code: PackCode): string => `swap/${swapId}/promise/${code}`;
/** Where a station's fares wait until they are shared out. One account for all would make every swap wait for every other. */
export const clearingAt = (stationId: StationId): Holder => `clearing:swaps/${stationId}`;
export const holdId = (swapId: string): string => `swap/${swapId}/hold`;

/** Books a move on the desk: the row for the orphan ledger, the pack as seen, the entry in its history. */
export function note(desk: Desk, swap: Swap, direction: 'in' | 'out', moved: Moved, at: NotedAt): void {
  desk.moves.push({ ...moved, swapId: swap.id, direction, nth: at.nth, booked: at.booked });
  const before = desk.packs.get(moved.code);
  if (before) {
    const { soc, soh } = at.isOutdated ? before : moved;
    const usedWh = usableWh(before) - moved.energyWh;
    const cycled = direction === 'in' && usedWh > 0 ? usedWh / before.capacityWh : 0;
    const mated = direction === 'out' ? 1 : 0;
    desk.observations.push({ code: moved.code, soc, soh, cycled, mated, at: moved.at });
    const [efc, matingCycles] = [before.efc + cycled, before.matingCycles + mated];
    desk.packs.set(moved.code, { ...before, soc, soh, efc, matingCycles });
  }
  const { code, slotNo, soc, soh, energyWh } = moved;
  desk.happenings.push({
    subject: `pack:${code}`,
    type: direction === 'in' ? 'swap.pack-returned' : 'swap.pack-given',
    body: { swapId: swap.id, stationId: swap.stationId, slotNo, soc, soh, energyWh, at: moved.at.toString() },
  });
}

interface NotedAt {
  /** Of the swap's moves it is this one. */
  readonly nth: number;
  /** Whether custody moved. */
  readonly booked: boolean;
  /** The pack was seen later than this already. */
  readonly isOutdated?: boolean;
}

/** A pack stands in two places at once by what stations tell: nobody gets it before somebody has looked. */
export function quarantineNow(desk: Desk, code: PackCode, why: string): void {
  desk.quarantines.push({ code, why });
  desk.happenings.push({ subject: `pack:${code}`, type: 'pack.quarantined', body: { why, by: 'swap' } });
  const pack = desk.packs.get(code);
  if (pack) desk.packs.set(code, { ...pack, quarantined: true, quarantinedWhy: why });
}

// A pack changes hands: what that means for the books. Shared by packs that come in and packs that go out.
import type { Holder, Transfer } from '#ledger';
import { usableWh } from '#pack';
import type { Instant, PackCode, Percent, SlotNo, StationId, Wh } from '#units';
import type { Desk } from './desk.ts';
import type { Moved, Swap } from './swap.ts';

/** One pack as the station reports it. */
export interface PackReading {
  readonly slotNo: SlotNo;
  readonly serial: string;
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
export const moveId = (swap: Swap, nth: number, code: PackCode): string => `swap/${swap.id}/move/${nth}/${code}`;

/** Takes a promise back: the pack is free for others. */
export function breakPromise(desk: Desk, code: PackCode, reason: string): Transfer[] {
  const swapId = desk.promises.get(code);
  if (!swapId) return [];
  desk.promises.delete(code);
  const id = promiseId(swapId, code);
  return [{ kind: 'void', id: `${id}/void`, pendingId: id, reason }];
}

export const promiseId = (swapId: string, code: PackCode): string => `swap/${swapId}/promise/${code}`;
/** Where a station's fares wait until they are shared out. One account for all would make every swap wait for every other. */
export const clearingAt = (stationId: StationId): Holder => `clearing:swaps/${stationId}`;
export const holdId = (swapId: string): string => `swap/${swapId}/hold`;

/** Books a move on the desk: the row for the orphan ledger, the pack as seen, the entry in its history. */
export function note(
  desk: Desk,
  swap: Swap,
  direction: 'in' | 'out',
  moved: Moved,
  nth: number,
  booked: boolean,
): void {
  desk.moves.push({ ...moved, swapId: swap.id, direction, nth, booked });
  const before = desk.packs.get(moved.code);
  if (before) {
    const usedWh = usableWh(before) - moved.energyWh;
    const cycled = direction === 'in' && usedWh > 0 ? usedWh / before.capacityWh : 0;
    const mated = direction === 'out' ? 1 : 0;
    desk.observations.push({ code: moved.code, soc: moved.soc, soh: moved.soh, cycled, mated, at: moved.at });
    desk.packs.set(moved.code, {
      ...before,
      soc: moved.soc,
      soh: moved.soh,
      efc: before.efc + cycled,
      matingCycles: before.matingCycles + mated,
    });
  }
  const { code, slotNo, soc, soh, energyWh, at } = moved;
  desk.happenings.push({
    subject: `pack:${code}`,
    type: direction === 'in' ? 'swap.pack-returned' : 'swap.pack-given',
    body: { swapId: swap.id, stationId: swap.stationId, slotNo, soc, soh, energyWh, at: at.toString() },
  });
}

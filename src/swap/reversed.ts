// Two swaps of one driver told in reverse: first that a pack came back, later that it went out. BatterySwap has no time, but
// a pack that is brought back though by the books it never left went out before, and the message that says so is still due.
import type { Transfer } from '#ledger';
import type { Desk, MoveRow } from './desk.ts';
import { custody, energy, moveId, note } from './moves.ts';
import { emptyIfFree } from './racks.ts';
import { type Moved, type Swap, vehicleHolder, withProblem } from './swap.ts';

/** Keeps in mind a pack that came in while by the books it was here; any other move makes that history. */
export function rememberEarly(
  desk: Desk,
  { id: swapId, idToken }: Swap,
  { code, nth, energyWh }: Pick<MoveRow, 'code' | 'nth' | 'energyWh'>,
  wasHere: boolean,
): void {
  if (wasHere) desk.broughtEarly.set(code, { swapId, direction: 'in', code, nth, energyWh, idToken });
  else desk.broughtEarly.delete(code);
}

/** Whether this pack's going out lies before its coming in, which was told under another number: it left another slot. */
export function wentBefore(desk: Desk, swap: Swap, { code, slotNo }: Moved): boolean {
  const early = desk.broughtEarly.get(code);
  const stands = desk.racks.placeOf.get(code);
  return (
    early !== undefined &&
    early.swapId !== swap.id &&
    early.idToken === swap.idToken &&
    stands?.stationId === swap.stationId &&
    stands.slotNo !== slotNo
  );
}

/** Books both ways at last: out to the driver, and back with the swap that was told first. The pack stays where it is. */
export function goBefore(desk: Desk, swap: Swap, moved: Moved): Swap {
  const { code, slotNo, at } = moved;
  const early = desk.broughtEarly.get(code)!;
  desk.broughtEarly.delete(code);
  const [nth, here, driver] = [swap.moves + 1, `station:${swap.stationId}` as const, vehicleHolder(swap)];
  const [out, back] = [moveId(swap.id, nth, code), moveId(early.swapId, early.nth, code)];
  const legs: Transfer[] = [
    custody(out, code, here, driver, 'pack handed out, told late'),
    ...energy(`${out}/energy`, moved.energyWh, here, driver, 'energy handed out, told late'),
    custody(back, code, driver, here, 'pack returned, told before it went out'),
    ...energy(`${back}/energy`, early.energyWh, driver, here, 'energy returned'),
  ];
  desk.legs.push(legs);
  desk.bookedNow.push(early);
  emptyIfFree(desk, { stationId: swap.stationId, slotNo });
  note(desk, swap, 'out', moved, { nth, booked: true, isOutdated: true });
  const sentence = `Pack ${code} went out here before it came in with a later swap: they were told in reverse`;
  const now = withProblem(swap, 'told-in-reverse', sentence, at);
  return { ...now, moves: nth, given: [...now.given, moved] };
}

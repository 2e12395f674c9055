// A driver's pack comes in (BatterySwap BatteryIn, S03).
import type { Holder, Transfer } from '#ledger';
import type { Instant } from '#units';
import { type Desk, put, withTold } from './desk.ts';
import { breakPromise, custody, energy, movedOf, moveId, note, type PackReading, quarantineNow } from './moves.ts';
import { patience } from './profile.ts';
import { putInto, slotMisfits } from './racks.ts';
import { withOldLabelTold } from './recoded.ts';
import { rememberEarly } from './reversed.ts';
import { goingOn, isSettled, type Moved, type Swap, vehicleHolder, withoutSteps, withSteps } from './swap.ts';

/**
 * Books the packs that came in. The station has them, whatever the books expected: on the wire it cannot be refused
 * (BatterySwapResponse is empty), so what does not fit is booked as it is and told to the operator.
 */
export function takeIn(desk: Desk, swap: Swap, readings: readonly PackReading[], at: Instant): Swap {
  let now: Swap = swap.state === 'unreturned' ? { ...swap, state: 'installed' } : swap;
  for (const reading of readings) {
    const moved = movedOf(desk, reading, at);
    now = takeOne(desk, withOldLabelTold(desk, now, reading, moved), moved);
  }
  now = withSteps(now, at, 'stored');
  return put(desk, goingOn(now, desk.at, patience.exchanging));
}

function takeOne(desk: Desk, swap: Swap, moved: Moved): Swap {
  const { code } = moved;
  const takenBack = !isSettled(swap) && swap.given.some((it) => it.code === code);
  if (!takenBack && swap.returned.some((it) => it.code === code)) return swap; // the same pack, told again
  const nth = swap.moves + 1;
  const here: Holder = `station:${swap.stationId}`;
  const holder = desk.places.get(code);

  let now: Swap = { ...noteWhatDoesNotFit(desk, swap, moved, holder), moves: nth };
  const id = moveId(swap.id, nth, code);
  const legs: Transfer[] = breakPromise(desk, code, 'the pack was given back elsewhere');
  if (holder === undefined) desk.strangers.push({ code, holder: here });
  else if (holder !== here) legs.push(custody(id, code, holder, here, 'pack returned'));
  if (holder !== undefined && holder !== here)
    legs.push(...energy(`${id}/energy`, moved.energyWh, holder, here, 'energy returned'));
  if (legs.length > 0) desk.legs.push(legs);
  desk.places.set(code, here);
  rememberEarly(desk, swap, { ...moved, nth }, holder === here);
  const place = { stationId: swap.stationId, slotNo: moved.slotNo };
  for (const [kind, sentence] of [...slotMisfits(desk, swap, moved), ...putInto(desk, place, moved)])
    now = withTold(desk, now, kind, sentence, moved);
  note(desk, swap, 'in', moved, { nth, booked: holder !== undefined && holder !== here });

  if (!takenBack) return { ...now, returned: [...now.returned, moved] };
  const again = withoutSteps(now, 'picked', 'installed', 'checked');
  return { ...again, given: now.given.filter((it) => it.code !== code), checks: {} };
}

function noteWhatDoesNotFit(desk: Desk, swap: Swap, { code, at }: Moved, holder: Holder | undefined): Swap {
  const problem = (kind: string, sentence: string): Swap => withTold(desk, swap, kind, sentence, { code, at });
  const pack = desk.packs.get(code);
  if (holder === undefined) return problem('pack-unknown', `Pack ${code} came in; nobody registered it`);
  if (!pack) return problem('pack-unknown', `Pack ${code} came in again; still nobody registered it`);
  if (holder === `station:${swap.stationId}`)
    return problem('pack-already-here', `Pack ${code} came in, but by the books it was in the station`);
  if (holder.startsWith('station:')) {
    quarantineNow(desk, code, `reported at ${swap.stationId} while at ${holder.slice(8)}`);
    return problem(
      'pack-in-two-places',
      `Pack ${code} came in, but by the books it is at ${holder.slice(8)}: code copied or misread?`,
    );
  }
  if (swap.vin && holder !== vehicleHolder(swap))
    return problem(
      'pack-from-elsewhere',
      `Pack ${code} came in with another vehicle than the one that holds it by the books`,
    );
  return swap;
}

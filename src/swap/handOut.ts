// A pack goes out to the driver (BatterySwap BatteryOut, S03).
import type { Holder, Transfer } from '#ledger';
import type { Instant } from '#units';
import { type Desk, put, tell, withTold } from './desk.ts';
import { whyForbidden } from './guard.ts';
import { judged, letGoAgain } from './judging.ts';
import { amend } from './money.ts';
import {
  breakPromise,
  custody,
  energy,
  movedOf,
  moveId,
  note,
  type PackReading,
  promiseId,
  quarantineNow,
} from './moves.ts';
import { patience } from './profile.ts';
import { slotMisfits, takeFrom } from './racks.ts';
import { withOldLabelTold } from './recoded.ts';
import { goBefore, rememberEarly, wentBefore } from './reversed.ts';
import { goingOn, isSettled, type Moved, type Swap, vehicleHolder, withProblem, withSteps } from './swap.ts';

/** Books the packs that went out, as they went; a pack that should not have gone blocks the release of the vehicle. */
export function handOut(desk: Desk, swap: Swap, readings: readonly PackReading[], at: Instant): Swap {
  const before: Swap = swap.state === 'stranded' ? { ...swap, state: 'stored' } : swap;
  let now = before;
  for (const reading of readings) {
    const moved = movedOf(desk, reading, at);
    now = giveOne(desk, withOldLabelTold(desk, now, reading, moved), moved);
  }
  if (isSettled(swap)) return afterwards(desk, before, now, at);
  now = judged(desk, withSteps(now, at, 'picked', 'installed'), at);
  return put(desk, goingOn(now, desk.at, patience.exchanging));
}

/** Packs more go out of a swap that is settled, or has just ended: they belong to it, and are charged by their energy. */
function afterwards(desk: Desk, before: Swap, swap: Swap, at: Instant): Swap {
  const more = swap.given.slice(before.given.length);
  if (more.length === 0) return before;
  const sentence = `${more.length} pack(s) more went out after the swap was settled: ${more.map((it) => it.code).join(', ')}`;
  tell(desk, swap.stationId, 'extra-pack-given', sentence, { swapId: swap.id });
  const now = judged(desk, withProblem(swap, 'extra-pack-given', sentence, at), at);
  letGoAgain(desk, before, now);
  return put(desk, amend(desk, now, more));
}

function giveOne(desk: Desk, swap: Swap, moved: Moved): Swap {
  const { code } = moved;
  if (swap.given.some((it) => it.code === code)) return swap; // the same pack, told again
  if (wentBefore(desk, swap, moved)) return goBefore(desk, swap, moved);
  const nth = swap.moves + 1;
  const here: Holder = `station:${swap.stationId}`;
  const to = vehicleHolder(swap);
  const holder = desk.places.get(code);

  const forbidden = whyForbidden(desk, swap, code);
  let now: Swap = { ...noteWhatDoesNotFit(desk, swap, moved, holder), moves: nth };
  if (forbidden) now = withTold(desk, now, 'forbidden-pack-given', forbidden, moved);
  for (const [kind, sentence] of slotMisfits(desk, swap, moved)) now = withTold(desk, now, kind, sentence, moved);
  const legs = custodyLegs(desk, swap, moved, holder, nth);
  if (holder !== to)
    legs.push(
      ...energy(`${moveId(swap.id, nth, code)}/energy`, moved.energyWh, holder ?? here, to, 'energy handed out'),
    );
  if (legs.length > 0) desk.legs.push(legs);
  if (holder === undefined) desk.strangers.push({ code, holder: to });
  desk.places.set(code, to);
  rememberEarly(desk, swap, { ...moved, nth }, false);
  for (const [kind, sentence] of takeFrom(desk, { stationId: swap.stationId, slotNo: moved.slotNo }, moved))
    now = withTold(desk, now, kind, sentence, moved);
  note(desk, swap, 'out', moved, { nth, booked: holder !== undefined && holder !== to });
  return { ...now, given: [...now.given, forbidden ? { ...moved, forbidden: true } : moved] };
}

/** A promised pack keeps its promise; any other is moved from where the books have it. */
function custodyLegs(desk: Desk, swap: Swap, { code }: Moved, holder: Holder | undefined, nth: number): Transfer[] {
  const to = vehicleHolder(swap);
  const id = moveId(swap.id, nth, code);
  if (holder === undefined || holder === to) return [];
  if (desk.promises.get(code) === swap.id) {
    desk.promises.delete(code);
    return [{ kind: 'post', id, pendingId: promiseId(swap.id, code), reason: 'promised pack handed out' }];
  }
  return [
    ...breakPromise(desk, code, 'the pack was handed to somebody else'),
    custody(id, code, holder, to, 'pack handed out'),
  ];
}

function noteWhatDoesNotFit(desk: Desk, swap: Swap, { code, at, energyWh }: Moved, holder: Holder | undefined): Swap {
  const problems: [string, string][] = [];
  const here: Holder = `station:${swap.stationId}`;
  if (holder !== undefined && holder !== here)
    problems.push(['pack-not-here', `Pack ${code} went out, but by the books it was ${whereIs(holder)}, not here`]);
  if (holder?.startsWith('station:') && holder !== here)
    quarantineNow(desk, code, `went out at ${swap.stationId} while at ${holder.slice('station:'.length)}`);
  const owner = desk.promises.get(code);
  if (owner && owner !== swap.id) problems.push(['promise-broken', `Pack ${code} was promised to another driver`]);
  const promised = swap.promised.find((it) => it.code === code);
  const least = Math.min(...swap.promised.map((it) => it.energyWh));
  const isOwn = swap.returned.some((it) => it.code === code);
  if (!promised && !isOwn && swap.promised.length > 0 && energyWh < least)
    problems.push(['less-than-promised', `Pack ${code} holds ${energyWh} Wh; ${least} Wh were promised`]);

  let now = swap;
  for (const [kind, sentence] of problems) now = withTold(desk, now, kind, sentence, { code, at });
  return now;
}

/** For the operator; a vehicle is somebody's, so it is not named here. */
const whereIs = (holder: Holder): string =>
  holder.startsWith('station:') ? `at station ${holder.slice('station:'.length)}` : `with a ${holder.split(':')[0]}`;

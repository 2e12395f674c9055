// A pack goes out to the driver (BatterySwap BatteryOut, S03).
import type { Holder, Transfer } from '#ledger';
import type { Instant } from '#units';
import { type Desk, put, withTold } from './desk.ts';
import { whyForbidden } from './guard.ts';
import { breakPromise, custody, energy, movedOf, moveId, note, type PackReading, promiseId } from './moves.ts';
import { patience } from './profile.ts';
import { slotMisfits, takeFrom } from './racks.ts';
import { type Moved, type Swap, vehicleHolder, withSteps } from './swap.ts';

/** Books the packs that went out, as they went; a pack that should not have gone blocks the release of the vehicle. */
export function handOut(desk: Desk, swap: Swap, readings: readonly PackReading[], at: Instant): Swap {
  let now: Swap = swap.state === 'stranded' ? { ...swap, state: 'stored' } : swap;
  for (const reading of readings) now = giveOne(desk, now, movedOf(desk, reading, at));
  now = withSteps(now, at, 'picked', 'installed');
  return put(desk, { ...now, expiresAt: desk.at.add({ minutes: patience.exchanging }) });
}

function giveOne(desk: Desk, swap: Swap, moved: Moved): Swap {
  const { code } = moved;
  if (swap.given.some((it) => it.code === code)) return swap; // the same pack, told again
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
    legs.push(...energy(`${moveId(swap, nth, code)}/energy`, moved.energyWh, holder ?? here, to, 'energy handed out'));
  if (legs.length > 0) desk.legs.push(legs);
  if (holder === undefined) desk.strangers.push({ code, holder: to });
  desk.places.set(code, to);
  for (const [kind, sentence] of takeFrom(desk, { stationId: swap.stationId, slotNo: moved.slotNo }, moved))
    now = withTold(desk, now, kind, sentence, moved);
  note(desk, swap, 'out', moved, nth, holder !== undefined && holder !== to);
  return { ...now, given: [...now.given, forbidden ? { ...moved, forbidden: true } : moved] };
}

/** A promised pack keeps its promise; any other is moved from where the books have it. */
function custodyLegs(desk: Desk, swap: Swap, { code }: Moved, holder: Holder | undefined, nth: number): Transfer[] {
  const to = vehicleHolder(swap);
  if (holder === undefined || holder === to) return [];
  if (desk.promises.get(code) === swap.id) {
    desk.promises.delete(code);
    const pendingId = promiseId(swap.id, code);
    return [{ kind: 'post', id: moveId(swap, nth, code), pendingId, reason: 'promised pack handed out' }];
  }
  return [
    ...breakPromise(desk, code, 'the pack was handed to somebody else'),
    custody(moveId(swap, nth, code), code, holder, to, 'pack handed out'),
  ];
}

function noteWhatDoesNotFit(desk: Desk, swap: Swap, { code, at, energyWh }: Moved, holder: Holder | undefined): Swap {
  const problems: [string, string][] = [];
  if (holder !== undefined && holder !== `station:${swap.stationId}`)
    problems.push(['pack-not-here', `Pack ${code} went out, but by the books it was ${whereIs(holder)}, not here`]);
  const owner = desk.promises.get(code);
  if (owner && owner !== swap.id) problems.push(['promise-broken', `Pack ${code} was promised to another driver`]);
  const promised = swap.promised.find((it) => it.code === code);
  const least = Math.min(...swap.promised.map((it) => it.energyWh));
  if (!promised && swap.promised.length > 0 && energyWh < least)
    problems.push(['less-than-promised', `Pack ${code} holds ${energyWh} Wh; ${least} Wh were promised`]);

  let now = swap;
  for (const [kind, sentence] of problems) now = withTold(desk, now, kind, sentence, { code, at });
  return now;
}

/** For the operator; a vehicle is somebody's, so it is not named here. */
const whereIs = (holder: Holder): string =>
  holder.startsWith('station:') ? `at station ${holder.slice('station:'.length)}` : `with a ${holder.split(':')[0]}`;

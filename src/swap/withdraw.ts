// What is asked of swaps when somebody decides about a pack: to give it to no driver any more, and whether one goes on with it.
import { Refused, type Work } from '#kernel';
import type { PackCode, StationId } from '#units';
import { type Desk, put, tell } from './desk.ts';
import { giveUp } from './lapse.ts';
import { openDesk, writeDesk } from './load.ts';
import { breakPromise } from './moves.ts';
import { promises, underWayWith } from './promises-store.ts';
import * as store from './store.ts';
import { hasBegun, isArrivalOnly, type Swap, withProblem } from './swap.ts';

/** A pack is recalled or in quarantine: whoever it was promised to gets another one when he comes. */
export async function withdraw(work: Work, code: PackCode, why: string): Promise<void> {
  const swapId = (await promises(work, [code], [])).get(code);
  const swap = swapId && (await store.get(work, swapId));
  if (!swap || swap.endedAt !== null) return;
  const desk = await openDesk(work, { stationIds: [], idTokens: [], codes: [code], swaps: [swap] });
  if (desk.promises.get(code) !== swap.id) return; // kept or broken while we waited for the swap
  takeBack(desk, swap, code, `Pack ${code} does not wait for the driver any more: ${why}`);
  await writeDesk(work, desk);
}

function takeBack(desk: Desk, swap: Swap, code: PackCode, sentence: string): void {
  desk.legs.push(breakPromise(desk, code, 'the pack is withdrawn'));
  tell(desk, swap.stationId, 'promise-withdrawn', sentence, { swapId: swap.id, code });
  const promised = swap.promised.filter((it) => it.code !== code);
  const now = { ...swap, promised, withdrawn: [...swap.withdrawn, code] };
  put(desk, withProblem(now, 'promise-withdrawn', sentence, desk.at));
}

/** Stations serve nobody any more: who was promised a pack there and has not begun is free to go elsewhere, with his money. */
export async function cancelAt(work: Work, shut: readonly { readonly stationId: StationId }[]): Promise<void> {
  const stationIds = [...new Set(shut.map((it) => it.stationId))];
  const waiting = (await store.underWay(work, stationIds)).filter((it) => !hasBegun(it) && !isArrivalOnly(it));
  if (waiting.length === 0) return;
  const desk = await openDesk(work, { stationIds: [], idTokens: [], codes: [], swaps: waiting });
  for (const swap of waiting) {
    const sentence = `Station ${swap.stationId} is out of use: the reservation is cancelled, and what was set aside is free again`;
    tell(desk, swap.stationId, 'reservation-cancelled', sentence, { swapId: swap.id });
    giveUp(desk, withProblem(swap, 'station-out-of-use', sentence, desk.at), 'cancelled');
  }
  await writeDesk(work, desk);
}

/** @throws Refused `pack-in-swap` while a swap goes on in which the pack is promised, has come in or has gone out */
export async function demandNoSwap(work: Work, code: PackCode): Promise<void> {
  const swapId = await underWayWith(work, code);
  if (swapId)
    throw new Refused('pack-in-swap', `Swap ${swapId} goes on with pack ${code}: end that first`, { swapId, code });
}

// That nothing goes on with a pack that would make untrue what is signed of it.
import { demandNoTest } from '#health';
import { Refused, type Work } from '#kernel';
import { slotsOf, standing } from '#station';
import { demandNoSwap } from '#swap';
import type { PackCode } from '#units';
import { demandNotLost } from '../missing.ts';

/** @throws Refused while a swap, a test or a charge goes on with it, and when nobody knows where it is */
export async function demandFree(work: Work, code: PackCode): Promise<void> {
  await demandNotLost(work, code);
  await demandNoSwap(work, code);
  await demandNoTest(work, code);
  await demandNotCharging(work, code);
}

/**
 * A transaction runs as long as the pack stands in the slot, charging or not (OCPP 2.1, use case S04): what counts is whether power flows.
 * @throws Refused `handover-slot-in-use`
 */
export async function demandNotCharging(work: Work, code: PackCode): Promise<void> {
  const places = await standing(work, [], [code]);
  const slots = await slotsOf(work, [...new Set(places.map((it) => it.stationId))]);
  const busy = [...slots.values()].flat().find((it) => it.packCode === code && it.powerW !== 0);
  if (busy)
    throw new Refused(
      'handover-slot-in-use',
      `Slot ${busy.slotNo} of ${busy.stationId} charges this pack: what is signed of its charge would soon be wrong`,
      {
        stationId: busy.stationId,
        slotNo: busy.slotNo,
      },
    );
}

// What a charge that ended shows of its pack: told by the station, kept by the gateway, estimated by health.
import { chargesEnded } from '#health';
import type { Work } from '#kernel';
import { chargeOf } from '#ocpp';
import type { ChargeEnd } from '#station';

export async function estimateHealth(work: Work, ends: readonly ChargeEnd[]): Promise<void> {
  const charges = [];
  for (const it of ends)
    charges.push({ ...it, samples: await chargeOf(work, { ...it, from: it.startedAt, to: it.endedAt }) });
  await chargesEnded(work, charges);
}

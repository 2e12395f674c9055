// Early warning sees what stations tell: when a pack has rested after a charge, and at once when one may be running away.

import { z } from 'zod';
import { mayLook, packAlarmed, packsRested, takeRested, takeWaiting } from '#health';
import type { Work } from '#kernel';
import { chargeOf, slotSamples } from '#ocpp';
import { type PackAlarming, packAlarming } from '#station';

/** So many packs in one work: the next ones are looked at in the next. */
const MOST = 50;
/** A pack rests for half an hour before its cells are compared; its station tells that a little later. */
const REST = { hours: 1 };

export async function watchRested(work: Work): Promise<void> {
  const charges = [];
  for (const it of await takeRested(work, MOST))
    charges.push({
      ...it,
      samples: await chargeOf(work, { ...it, from: it.startedAt, to: it.endedAt.add(REST) }),
    });
  await packsRested(work, charges);
}

/** What a cell's voltage was before it fell is known from so long before. */
const BEFORE = { minutes: 30 };
/** Five minutes of what is told every second. A station that means ill tells more, and longer ones: others wait for what it costs. */
const MOST_FRAMES = 300;

export async function watchAlarming(work: Work, alarms: readonly PackAlarming[]): Promise<void> {
  for (const it of alarms)
    if (await mayLook(work, it, z.encode(packAlarming.shape, it) as object)) await lookAtAlarm(work, it);
}

/** Alarms that came within a second of a look. */
export async function watchWaiting(work: Work): Promise<void> {
  for (const it of await takeWaiting(work)) await lookAtAlarm(work, z.decode(packAlarming.shape, it as never));
}

async function lookAtAlarm(work: Work, it: PackAlarming): Promise<void> {
  const { transactionId } = it;
  const window = { ...it, from: it.at.subtract(BEFORE), to: it.at, most: MOST_FRAMES };
  const charging = transactionId === null ? [] : await chargeOf(work, { ...window, transactionId });
  const samples = [...charging, ...(await slotSamples(work, window))];
  const isThere = samples.some((one) => one.at.equals(it.at) && one.probesC?.length === 1);
  if (it.celsius !== null && !isThere) samples.push({ at: it.at, probesC: [it.celsius] }); // told in a report
  await packAlarmed(work, { ...it, samples: samples.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at)) });
}

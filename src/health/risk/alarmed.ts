// A pack in a slot may be running away: seconds count, nobody waits for the end of its charge.
import { z } from 'zod';
import { event, type Work } from '#kernel';
import { known } from '#pack';
import type { PackCode } from '#units';
import { wire } from '#units/api';
import { plateOf } from '../charges/charge.ts';
import { riskOf } from '../warning/risk.ts';
import { ofRunaway, type Sign } from '../warning/sign.ts';
import { judged, type Seen, thresholds, unwatched } from './judged.ts';
import { type CellSample, factsOf, secondsOf } from './ofCharge.ts';
import { isGraver, isRunaway, standing } from './stands.ts';
import { watchOf } from './store.ts';
import { lookedOver } from './stream.ts';

/** What a station tells of a pack cannot be so: a probe is broken, or others are told than before. */
export const sensorDoubted = event(
  'health.sensorDoubted',
  z.object({
    packCode: wire.packCode,
    stationId: wire.stationId,
    slotNo: wire.slotNo,
    kind: z.enum(['probe-broken', 'probes-differ', 'cells-differ', 'sample-wrong']),
    /** Counted from 0. */
    probe: z.int().nullable(),
    /** What was read in degrees Celsius, or how many were told. */
    value: z.number().nullable(),
  }),
);

export interface Alarm extends Seen {
  readonly packCode: PackCode;
  /** Of the last minutes, in time order. */
  readonly samples: readonly CellSample[];
}

/**
 * Judges by the rule of GB 38031-2025 C.5.3.7, and by what is beyond any limit at this moment. What was confirmed stays so until
 * somebody clears it, and what he has looked at convicts the pack no second time.
 */
export async function packAlarmed(work: Work, alarm: Alarm): Promise<void> {
  const { packCode, stationId, slotNo } = alarm;
  const plate = plateOf((await known(work, [packCode])).get(packCode));
  const had = await watchOf(work, packCode);
  if (!plate || (had && isRunaway(had))) return;
  const samples = alarm.samples.filter((it) => !had?.clearedAt || Temporal.Instant.compare(it.at, had.clearedAt) > 0);
  const facts = factsOf(plate, samples);
  const { runaway, signs, doubts } = lookedOver(samples, facts, thresholds.insulationOhmPerVolt.stop!);
  work.announce(sensorDoubted, ...doubts.map((it) => ({ ...it, packCode, stationId, slotNo })));
  const before = had ?? unwatched(work, packCode, facts);
  const aheadS = Math.max(0, secondsOf(samples.at(-1) ?? { at: work.at }) - secondsOf(work));
  const onTime = <T extends Pick<Sign, 'sinceS'>>(it: T): T => ({ ...it, sinceS: it.sinceS - aheadS });
  const now = riskOf([
    ...before.watch.signs,
    ...signs.map(onTime),
    ...(runaway ? [onTime(ofRunaway(runaway.found, runaway.facts))] : []),
  ]);
  if (!isGraver(standing(before, now), before)) return;
  const confirmed = runaway ? onTime(runaway.found) : before.watch.stream.confirmed;
  const watch = { ...before.watch, stream: { ...before.watch.stream, confirmed } };
  await judged(work, { ...before, watch }, now, alarm);
}

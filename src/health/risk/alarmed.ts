// A pack in a slot may be running away: seconds count, nobody waits for the end of its charge.
import type { Work } from '#kernel';
import { known } from '#pack';
import type { PackCode } from '#units';
import { plateOf } from '../charges/charge.ts';
import { riskOf } from '../warning/risk.ts';
import { WrongSession } from '../warning/session.ts';
import { ofRunaway } from '../warning/sign.ts';
import { judged, type Seen, unwatched } from './judged.ts';
import { type CellSample, factsOf } from './ofCharge.ts';
import { isRunaway } from './stands.ts';
import { watchOf } from './store.ts';
import { runawayIn } from './stream.ts';

export interface Alarm extends Seen {
  readonly packCode: PackCode;
  /** Of the last minutes, in time order. */
  readonly samples: readonly CellSample[];
}

/** Judges by the rule of GB 38031-2025 C.5.3.7. What was confirmed stays so until somebody clears it. */
export async function packAlarmed(work: Work, alarm: Alarm): Promise<void> {
  const { packCode, samples } = alarm;
  const plate = plateOf((await known(work, [packCode])).get(packCode));
  const had = await watchOf(work, packCode);
  if (!plate || (had && isRunaway(had))) return;
  // What somebody has looked at convicts the pack no second time.
  const news = samples.filter((it) => !had?.clearedAt || Temporal.Instant.compare(it.at, had.clearedAt) > 0);
  const facts = factsOf(plate, news);
  const runaway = confirmedIn(work, { ...alarm, samples: news }, facts);
  if (!runaway) return;
  const before = had ?? unwatched(work, packCode, facts);
  const watch = { ...before.watch, stream: { ...before.watch.stream, confirmed: runaway } };
  await judged(work, { ...before, watch }, riskOf([...before.watch.signs, ofRunaway(runaway, facts)]), alarm);
}

function confirmedIn(work: Work, { packCode, samples }: Alarm, facts: ReturnType<typeof factsOf>) {
  try {
    return runawayIn(samples, facts);
  } catch (error) {
    if (!(error instanceof WrongSession)) throw error;
    work.log.warn({ packCode, why: error.message }, 'Samples of an alarmed pack cannot be');
    return undefined;
  }
}

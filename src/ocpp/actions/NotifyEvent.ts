import { countersRead, type Strange } from '#pack';
import { type Anomaly, anomaly, type Reading, variablesReported } from '#station';
import type { SwapReport } from '#swap';
import type { StationId } from '#units';
import { type Call, type Handler, int32, readEach } from '../action.ts';
import type { StationClocks } from '../clocks.ts';
import { countersIn } from '../packCounters.ts';
import { readingOf } from '../reading.ts';
import type { EventData } from '../schema/types.ts';
import { isAboutSwap, swapReportOf } from '../swap-steps.ts';

/** Something changed in the device model: slots, packs in them, and the single steps of a swap. */
export const notifyEvent: Handler<'NotifyEvent'> = async (work, calls, later) => {
  const news = readEach(calls, (it) => read(it, later.clocks));
  await variablesReported(
    work,
    news.good.flatMap((it) => it.readings),
  );
  later.swapReports.push(...news.good.flatMap((it) => it.reports));
  const impossible = await countersRead(
    work,
    news.good.flatMap((it) => it.counted),
  );
  await anomaly(work, [...news.good.flatMap((it) => it.strange), ...impossible.map(strangeCounter)]);
  return news.answers({});
};

function read({ stationId, payload }: Call<'NotifyEvent'>, clocks: StationClocks) {
  const readings: Reading[] = [];
  const reports: SwapReport[] = [];
  const strange: Anomaly[] = [];
  for (const event of payload.eventData) {
    int32(event.eventId, 'eventData.eventId');
    const at = clocks.instantOf(stationId, event.timestamp, 'eventData.timestamp');
    const report = isAboutSwap(event) ? swapReportOf(stationId, event, at) : undefined;
    if (report) reports.push(report);
    else if (isAboutSwap(event)) strange.push(unknownWord(stationId, event));
    else readings.push(readingOf(stationId, event.component, event.variable, event.actualValue, at));
  }
  const counted = countersIn(stationId, payload.eventData, clocks);
  return { readings, reports, strange: [...strange, ...counted.strange], counted: counted.readings };
}

const whys = { backwards: 'fell', 'too-fast': 'grew faster than time', 'no-count': 'is no count' } as const;

const strangeCounter = ({ stationId, code, counters, strange: { counter, why } }: Strange): Anomaly => ({
  stationId,
  kind: 'pack-counter-strange',
  sentence: `Of pack ${code} it read ${counter} ${counters[counter]}: that ${whys[why]}, and is not taken`,
  facts: { pack: code, counter, value: counters[counter], why },
});

const unknownWord = (stationId: StationId, { component, variable, actualValue }: EventData): Anomaly => ({
  stationId,
  kind: 'swap-step-unknown',
  sentence: `It reported ${variable.name} ${variable.instance ?? ''} "${actualValue.slice(0, 60)}", which we do not know`,
  facts: { component, variable, actualValue },
});

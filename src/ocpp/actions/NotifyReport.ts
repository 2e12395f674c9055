import { variablesReported } from '#station';
import { type Handler, readEach } from '../action.ts';
import { readingOf } from '../reading.ts';

/** A part of the device model, as asked for by GetBaseReport. */
export const notifyReport: Handler<'NotifyReport'> = async (work, calls, { clocks }) => {
  const readings = readEach(calls, ({ stationId, payload }) => {
    const at = clocks.instantOf(stationId, payload.generatedAt, 'generatedAt');
    return (payload.reportData ?? []).flatMap(({ component, variable, variableAttribute }) =>
      variableAttribute.flatMap((it) =>
        it.value === undefined ? [] : [readingOf(stationId, component, variable, it.value, at, it.type)],
      ),
    );
  });
  await variablesReported(work, readings.good.flat());
  return readings.answers({});
};

// What somebody does about reports that a platform rejected, and about those that are late.
import { Refused, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { type Anomaly, anomaly } from '#station';
import { profileOf } from './profiles.ts';
import { contentOf, messageOf } from './report.ts';
import * as store from './store.ts';

async function rejected(work: Work, id: string, reach: Reach): Promise<store.Report> {
  const report = await store.theReport(work, id, reach);
  if (!report) throw new Refused('report-unknown', `There is no report ${id}`, { id }, 404);
  if (report.state !== 'rejected')
    throw new Refused(
      'report-not-rejected',
      `Report ${id} is ${report.state}: only what was rejected is decided about`,
      {
        id,
        state: report.state,
      },
    );
  return report;
}

export interface Decided {
  readonly by: string;
  readonly why: string;
  readonly reach: Reach;
}

/**
 * Says it anew: the fields given replace those that were sent, and null takes one away. The fact itself stays what the record says.
 * @throws Refused `report-unknown`, `report-not-rejected`, `report-field-unknown`
 */
export async function correct(
  work: Work,
  id: string,
  changes: Readonly<Record<string, unknown>>,
  { by, why, reach }: Decided,
): Promise<void> {
  const report = await rejected(work, id, reach);
  const wanted = profileOf(report.platform)?.wants[report.kind]?.fields ?? [];
  const strange = Object.keys(changes).find((it) => !wanted.includes(it));
  if (strange !== undefined)
    throw new Refused(
      'report-field-unknown',
      `${report.platform} takes no field "${strange}" with ${report.kind}`,
      { field: strange },
      422,
    );
  const content = contentOf(report.message);
  const fields = Object.fromEntries(
    Object.entries({ ...content.fields, ...changes }).filter(([, value]) => value !== null),
  );
  const message = messageOf({ ...content, fields, revision: report.revision + 1 });
  const { revision, field, reason } = report;
  await store.revise(
    work,
    { reportId: id, revision, message: report.message, field, reason: reason!, by, why },
    message,
  );
}

/** It will not be sent again. @throws Refused `report-unknown`, `report-not-rejected` */
export async function withdraw(work: Work, id: string, { by, why, reach }: Decided): Promise<void> {
  await rejected(work, id, reach);
  await store.withdraw(work, id, by, why);
}

/** Alarms what is late, once for each report. */
export async function watchLate(work: Work): Promise<void> {
  const rows = await store.tellLate(work);
  await anomaly(
    work,
    rows.map(
      ({ platform, stationId, many, oldest }): Anomaly => ({
        stationId: (stationId ?? '') as Anomaly['stationId'],
        kind: 'report-late',
        about: platform,
        times: many,
        sentence: `${many} report(s) to ${platform} are late, the oldest since ${oldest}`,
        facts: { platform, many, oldest: oldest.toString() },
      }),
    ),
  );
}

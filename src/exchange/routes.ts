import { gradesOf } from '#health';
import { type Door, Refused, serve, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { find, linksOf, whereAre } from '#pack';
import { type AccessClass, bodyFor, classesOf, type Entry, history } from '#record';
import type { PackCode } from '#units';
import { exchangeApi } from './api.ts';
import { correct, withdraw } from './desk.ts';
import { registerLicence, revokeLicence } from './licence.ts';
import { gapsIn, meaning, stageNow, vouchers } from './lifecycle.ts';
import { callFound, callLost } from './missing.ts';
import { profiles } from './profiles.ts';
import { contentOf } from './report.ts';
import * as store from './store.ts';
import type { Platform } from './upload.ts';

interface Above {
  readonly platforms: readonly Platform[];
  /** The verifier key of our reports, once the log is open. */
  readonly signedBy: () => Promise<string | undefined>;
  readonly packsReached: (work: Work, reach: Reach, codes: readonly PackCode[]) => Promise<Set<PackCode>>;
  /** The pack waits for no driver any more. */
  readonly withdrawPack: (work: Work, code: PackCode, why: string) => Promise<void>;
  /** How many events of a subject the log counts, as far as this process has read it. */
  readonly counted: (subject: string) => Promise<number | undefined>;
}

export const exchangeRoutes = (door: Door, above: Above): void => {
  const the = async (work: Work, code: PackCode, reach: Reach) => {
    const [pack] = await find(work, [code]);
    if (!pack || !(reach.all || (await above.packsReached(work, reach, [code])).has(code)))
      throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
    return pack;
  };
  serve(door, exchangeApi, {
    profiles: async () => ({
      items: profiles.map(({ wants, regions, sohEveryHours = null, ...it }) => ({
        ...it,
        regions: regions === 'all' ? null : [...regions],
        sohEveryHours,
        wants: Object.entries(wants).map(([kind, wanted]) => ({
          kind: kind as never,
          ...wanted,
          fields: [...wanted.fields],
        })),
      })),
    }),
    platforms: async (work, { reach }) => {
      const counts = await store.countReports(work, reach);
      const none = { waiting: 0, late: 0, rejected: 0, received: 0 };
      return {
        signedBy: (await above.signedBy()) ?? null,
        items: (await store.platforms(work)).map(({ through: _, holes: __, ...it }) => ({
          ...it,
          url: above.platforms.find(({ id }) => id === it.id)?.url ?? null,
          ...(counts.get(it.id) ?? none),
        })),
      };
    },
    report: async (work, { params: { id }, reach }) => {
      const report = await store.theReport(work, id, reach);
      if (!report) throw new Refused('report-unknown', `There is no report ${id}`, { id }, 404);
      return {
        ...report,
        late: Temporal.Instant.compare(report.receivedAt ?? work.at, report.dueAt) > 0 && report.state !== 'withdrawn',
        fields: { ...contentOf(report.message).fields },
        revisions: (await store.revisionsOf(work, id)).map(({ reportId: _, ...it }) => it),
      };
    },
    correct: async (work, { params: { id }, body: { fields, why }, caller, reach }) => {
      await correct(work, id, fields, { by: caller.name, why, reach });
      return { id, state: 'waiting' as const };
    },
    withdraw: async (work, { params: { id }, body: { why }, caller, reach }) => {
      await withdraw(work, id, { by: caller.name, why, reach });
      return { id, state: 'withdrawn' as const };
    },
    lifecycle: async (work, { params: { code }, caller, reach }) => {
      await the(work, code, reach);
      return await lifecycleOf(work, code, { counted: above.counted, classes: classesOf(caller) });
    },
    addLicence: async (work, { body, caller }) => ({ id: await registerLicence(work, body, caller) }),
    revokeLicence: async (work, { params: { id }, body: { why }, caller }) => {
      await revokeLicence(work, id, why, caller);
      return { id };
    },
    callLost: async (work, { params: { code }, body: { why }, caller, reach }) => {
      const { observedAt } = await the(work, code, reach);
      await above.withdrawPack(work, code, `lost: ${why}`);
      const holder = (await whereAre(work, [code])).get(code) ?? null;
      await callLost(work, code, { why, by: caller.name, holder, lastSeenAt: observedAt });
      return { code };
    },
    callFound: async (work, { params: { code }, body: { finding }, caller, reach }) => {
      await the(work, code, reach);
      await callFound(work, code, { finding, by: caller.name });
      return { code };
    },
  });
};

const PORTION = 1000;

interface Reading extends Pick<Above, 'counted'> {
  /** What the reader may know of an entry. */
  readonly classes: readonly AccessClass[];
}

/** The life of one pack, held against what the other rooms and the log's own count know of it. */
export async function lifecycleOf(work: Work, code: PackCode, { counted, classes }: Reading) {
  const entries: Entry[] = [];
  // The log is asked first: what comes meanwhile is in the history and not in the count, and is no gap.
  const inLog = await counted(`pack:${code}`);
  for (;;) {
    const more = await history(work, `pack:${code}`, { after: entries.at(-1)?.seq ?? 0, most: PORTION });
    entries.push(...more);
    if (more.length < PORTION) break;
  }
  const links = await linksOf(work, code);
  const { original = null, successor = null } = links;
  const holder = (await whereAre(work, [code])).get(code);
  const counts = {
    'pack.graded': (await gradesOf(work, code)).length,
    'pack.second-use': original ? 1 : 0,
    'pack.succeeded': successor ? 1 : 0,
  };
  const isBehind = inLog !== undefined && inLog < entries.length;
  return {
    ...{ code, original, successor, stage: stageNow(entries, { ...links, holder }) },
    events: entries.map((it) => {
      const { stage = null, report = null } = meaning(it) ?? {};
      return { seq: it.seq, at: it.at, type: it.type, stage, report, by: vouchers(bodyFor(classes, it)) };
    }),
    gaps: gapsIn(entries, { counts }, isBehind ? undefined : inLog),
    counted: inLog ?? null,
  };
}

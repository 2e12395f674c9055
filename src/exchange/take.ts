// Facts become reports that wait: the record is read on for each platform, and stations upload the health of their packs.
import type { Work } from '#kernel';
import { everything } from '#kernel/api';
import { parties } from '#party';
import { follow } from '#record';
import { find, list, slotsOf } from '#station';
import type { StationId } from '#units';
import { type CityProfile, covers, profileOf } from './profiles.ts';
import { type Draft, kindOf, periodOf, reportOf, type Site, sohReport } from './report.ts';
import * as store from './store.ts';

/** So many portions of the record at one look: what came during a day of outage is taken up within minutes. */
const MOST_PORTIONS = 8;

/** Makes the reports of all that is new for these platforms. Together with `follow` no fact is left out and none reported twice. */
export async function takeUp(work: Work, platforms: readonly string[]): Promise<void> {
  if (platforms.length === 0) return;
  await store.connect(work, platforms);
  const recyclers = new Set(
    (await parties(work, everything)).flatMap((it) => (it.kind === 'recycler' ? [`party:${it.id}`] : [])),
  );
  for (const id of platforms) {
    const profile = profileOf(id);
    const row = profile && (await store.lockPlatform(work, id));
    if (!profile || !row) continue;
    await takeFacts(work, profile, row, recyclers);
    if (profile.sohEveryHours !== undefined) await takeHealth(work, profile, profile.sohEveryHours);
  }
}

async function takeFacts(
  work: Work,
  profile: CityProfile,
  row: store.PlatformRow,
  recyclers: ReadonlySet<string>,
): Promise<void> {
  let reading: Pick<store.PlatformRow, 'through' | 'holes'> = row;
  for (let portion = 0; portion < MOST_PORTIONS; portion++) {
    const { entries, next, isFull } = await follow(work, reading);
    const wanted = entries.filter((it) => kindOf(it, recyclers) !== undefined);
    const ids = wanted.flatMap(({ body }) => (typeof body.stationId === 'string' ? [body.stationId as StationId] : []));
    const stations = await find(work, [...new Set(ids)]);
    const drafts = wanted.flatMap((it) => {
      const station = stations.get(it.body.stationId as StationId);
      const site = station && siteOf(station);
      const about = { id: work.newId<string>(), connectedAt: row.connectedAt, site, recyclers };
      return reportOf(it, profile, about) ?? [];
    });
    await store.addReports(work, drafts);
    await store.readTo(work, profile.id, next);
    reading = next;
    if (!isFull) return;
  }
}

const siteOf = ({ id, operatorId, region }: Omit<Site, 'stationId'> & { readonly id: StationId }): Site => ({
  stationId: id,
  operatorId,
  region,
});

/** Once in each period, for each station that the platform covers now. */
async function takeHealth(work: Work, profile: CityProfile, hours: number): Promise<void> {
  const period = periodOf(work.at, hours);
  if (!(await store.isTimeFor(work, `soh of ${profile.id} ${period}`, 1))) return;
  for (let after = ''; ; ) {
    const page = await list(work, everything, after, 500);
    const covered = page.filter((it) => covers(profile, it.region));
    const slots = await slotsOf(
      work,
      covered.map((it) => it.id),
    );
    const drafts = covered.map((it): Draft => {
      const packs = slots
        .get(it.id)!
        .flatMap(({ packCode, soh, soc }) => (packCode === null ? [] : [{ code: packCode, soh, soc }]));
      return sohReport(profile, { id: work.newId<string>(), site: siteOf(it), packs, period, at: work.at });
    });
    await store.addReports(work, drafts);
    if (page.length < 500) return;
    after = page.at(-1)!.id;
  }
}

// Packs that are not where they should be: noticed, called lost by somebody, and kept back when they turn up again.
import { sql } from 'kysely';
import { insertRows, Refused, type Work } from '#kernel';
import { quarantine } from '#pack';
import { append } from '#record';
import { type Anomaly, anomaly, lift } from '#station';
import type { Instant, PackCode, StationId } from '#units';
import { isTimeFor } from './store.ts';
import type { MissingWhy } from './words.ts';

/** How long a vehicle may have a pack without a swap: assumed; a driver on holiday is no thief. */
export const UNSEEN_DAYS = 14;
/** How long a slot may say "empty" where the books have a pack: sensors and swaps do not speak at one time. */
export const EMPTY_HOURS = 1;
/** How often all packs are looked through: well within the day in which a missing one must be flagged. */
const EVERY_HOURS = 1;

/** A pack that is not where it should be, as the rooms together see it. */
export interface Suspect {
  readonly packCode: PackCode;
  readonly why: Exclude<MissingWhy, 'reported'>;
  readonly holder: string | null;
  readonly place: string | null;
  readonly stationId: StationId | null;
  readonly lastSeenAt: Instant;
}

/** What the rooms below cannot tell alone, because it is between them. */
export interface Eyes {
  readonly suspects: (
    work: Work,
    limits: { unseenBefore: Instant; emptyBefore: Instant },
  ) => Promise<readonly Suspect[]>;
  /** Those of these packs that stand in a slot now. */
  readonly standing: (work: Work, codes: readonly PackCode[]) => Promise<ReadonlyMap<PackCode, StationId>>;
}

export interface Missing {
  readonly id: string;
  readonly packCode: PackCode;
  readonly why: MissingWhy;
  readonly lostAt: Instant | null;
  readonly seenAt: Instant | null;
}

async function open(work: Work): Promise<Missing[]> {
  return (await sql<Missing>`select * from exchange.missing where ended_at is null order by id`.execute(work.db)).rows;
}

export async function openOf(work: Work, code: PackCode): Promise<Missing | undefined> {
  const { rows } = await sql<Missing>`select * from exchange.missing where pack_code = ${code} and ended_at is null
    for update`.execute(work.db);
  return rows[0];
}

/** Flags what is missing, ends what is not any more, and alarms where a lost pack is seen. */
export async function watchMissing(work: Work, eyes: Eyes): Promise<void> {
  await watchLost(work, eyes);
  if (!(await isTimeFor(work, 'missing', EVERY_HOURS))) return;
  const limits = {
    unseenBefore: work.at.subtract({ hours: 24 * UNSEEN_DAYS }),
    emptyBefore: work.at.subtract({ hours: EMPTY_HOURS }),
  };
  const known = await open(work);
  const suspects = new Map((await eyes.suspects(work, limits)).map((it) => [it.packCode, it]));
  const fresh = [...suspects.values()].filter(({ packCode }) => !known.some((it) => it.packCode === packCode));
  await add(work, fresh);
  await alarm(work, fresh);
  const seen = known.filter((it) => it.lostAt === null && !suspects.has(it.packCode)).map((it) => it.id);
  await sql`update exchange.missing set ended_at = ${work.at.toString()}, ended_why = 'seen again'
    where id = any(${seen}::uuid[])`.execute(work.db);
}

const add = (
  work: Work,
  rows: readonly (Omit<Suspect, 'why'> & { readonly why: MissingWhy; readonly lostBy?: string })[],
) =>
  insertRows(
    work.db,
    'exchange.missing',
    {
      ...{ id: 'uuid', packCode: 'text', why: 'text', holder: 'text', place: 'text', stationId: 'text' },
      ...{ lastSeenAt: 'timestamptz', since: 'timestamptz', lostAt: 'timestamptz', lostBy: 'text' },
    },
    rows.map(({ lostBy = null, ...it }) => ({
      ...{ ...it, id: work.newId<string>(), since: work.at, lostBy },
      lostAt: lostBy === null ? null : work.at,
    })),
    sql`on conflict do nothing`,
  );

const SENTENCES: Readonly<Record<Suspect['why'], (it: Suspect) => string>> = {
  unseen: ({ packCode, holder, lastSeenAt }) =>
    `Pack ${packCode} is with ${holder} and was not seen since ${lastSeenAt}`,
  'slot-empty': ({ packCode, place }) =>
    `Pack ${packCode} should stand in ${place}, and the slot says that it is empty`,
  elsewhere: ({ packCode, holder, place }) =>
    `Pack ${packCode} stands in ${place}, and by the books ${holder ?? 'nobody'} has it`,
};

const alarm = (work: Work, suspects: readonly Suspect[]) =>
  anomaly(
    work,
    suspects.map(
      (it): Anomaly => ({
        stationId: it.stationId ?? '',
        kind: 'pack-missing',
        about: it.packCode,
        sentence: SENTENCES[it.why](it),
        facts: { packCode: it.packCode, why: it.why },
      }),
    ),
  );

/** A lost pack stands in a slot again: it is in quarantine already, and somebody has to look at it. */
async function watchLost(work: Work, { standing }: Eyes): Promise<void> {
  const lost = (await open(work)).filter((it) => it.lostAt !== null && it.seenAt === null);
  if (lost.length === 0) return;
  const places = await standing(
    work,
    lost.map((it) => it.packCode),
  );
  for (const { id, packCode } of lost) {
    const stationId = places.get(packCode);
    if (stationId === undefined) continue;
    await sql`update exchange.missing set seen_at = ${work.at.toString()}, seen_place = ${`station:${stationId}`}
      where id = ${id}`.execute(work.db);
    await quarantine(work, [{ code: packCode, why: 'lost, and seen again' }]);
    const sentence = `Pack ${packCode}, which was called lost, stands at ${stationId}: it is kept back`;
    await anomaly(work, [{ stationId, kind: 'lost-pack-seen', about: packCode, sentence, facts: { packCode } }]);
  }
}

/** Who has it by the books is the caller's to know; `withdraw` takes it away from whoever waits for it. */
export interface Losing {
  readonly why: string;
  readonly by: string;
  readonly holder: string | null;
  readonly lastSeenAt: Instant;
}

/**
 * Somebody says that it is lost: it is given to nobody, and alarmed wherever it is seen again.
 * @throws Refused `pack-is-lost`
 */
export async function callLost(work: Work, code: PackCode, { why, by, holder, lastSeenAt }: Losing): Promise<void> {
  const known = await openOf(work, code);
  if (known?.lostAt) throw new Refused('pack-is-lost', `Pack ${code} is called lost already`, { code });
  if (known)
    await sql`update exchange.missing set lost_at = ${work.at.toString()}, lost_by = ${by} where id = ${known.id}`.execute(
      work.db,
    );
  else
    await add(work, [
      { packCode: code, why: 'reported', holder, place: null, stationId: null, lastSeenAt, lostBy: by },
    ]);
  await quarantine(work, [{ code, why: `lost: ${why}` }]);
  await lift(work, code);
  await append(work, [{ subject: `pack:${code}`, type: 'exchange.pack-lost', body: { why, by } }]);
}

/** It is there again; a technician clears it before anybody gets it. @throws Refused `pack-not-lost` */
export async function callFound(
  work: Work,
  code: PackCode,
  { finding, by }: { finding: string; by: string },
): Promise<void> {
  const known = await openOf(work, code);
  if (!known?.lostAt) throw new Refused('pack-not-lost', `Nobody called pack ${code} lost`, { code });
  await sql`update exchange.missing set ended_at = ${work.at.toString()}, ended_why = ${finding} where id = ${known.id}`.execute(
    work.db,
  );
  await append(work, [{ subject: `pack:${code}`, type: 'exchange.pack-found', body: { finding, by } }]);
}

/** @throws Refused `pack-is-lost` while nobody said that it was found */
export async function demandNotLost(work: Work, code: PackCode): Promise<void> {
  if ((await openOf(work, code))?.lostAt)
    throw new Refused('pack-is-lost', `Pack ${code} is called lost: say first where it was found`, { code });
}

// What has to happen because time has passed.
import { sql } from 'kysely';
import { forgetConsentsBefore, makeEdition } from '#enquiry';
import { takeUp, watchLate, watchMissing } from '#exchange';
import { eyes } from '#insight';
import { type DoWork, forgetOldKeys, type Work } from '#kernel';
import { forgetOldMessages } from '#ocpp';
import { lockout } from '#party';
import { reviseCredentials } from '#passport';
import type { Keeper } from '#record';
import { forgetAnomaliesBefore, forgetCommandsBefore } from '#station';
import { sweep } from '#swap';
import { forgetAuditsBefore } from './audit.ts';
import { watchRested, watchWaiting } from './watchHealth.ts';

type Sweep = (work: Work) => Promise<unknown>;

interface Place {
  readonly keepMap: Sweep;
  readonly keeper: () => Keeper | undefined;
  /** Ids of the public platforms that this network reports to. */
  readonly platforms: readonly string[];
}

export const sweepsOf = ({ keepMap, keeper, platforms }: Place): readonly Sweep[] => [
  sweep, // swap's frees what the ledger promised too long, too
  keepMap,
  watchRested,
  watchWaiting,
  async (work) => {
    const isNew = await makeEdition(work, async () => textOf((await keeper()?.cosigning.published())?.checkpoint));
    if (isNew) await reviseCredentials(work);
  },
  (work) => takeUp(work, platforms),
  watchLate,
  (work) => watchMissing(work, eyes),
];

/** All of them once, each by one process at a time. */
export async function sweepOnce(doWork: DoWork, sweeps: readonly Sweep[]): Promise<void> {
  for (const [index, act] of sweeps.entries())
    await doWork(async (work) => {
      if (await isMine(work, index)) await act(work);
    });
}

/** What nobody may need any more is forgotten. */
export async function forgetOld(work: Work): Promise<void> {
  await forgetOldKeys(work);
  await forgetOldMessages(work);
  await lockout.forgetFailures(work);
  const days = (many: number) => work.at.subtract({ hours: 24 * many });
  await forgetAnomaliesBefore(work, days(90));
  await forgetCommandsBefore(work, days(365));
  await forgetAuditsBefore(work, days(365));
  await forgetConsentsBefore(work, days(365));
}

const textOf = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

/** One lock for each sweep, so that several processes on one database do not do the same. */
async function isMine(work: Work, sweep: number): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(7213, ${sweep}) as mine`.execute(
    work.db,
  );
  return rows[0]!.mine;
}

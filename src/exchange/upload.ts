// Sending: read what is due, ask outside of any transaction, write down what became of it. A crash between any two of these
// sends the same report again under the same id, and the platform knows it.
import type { DoWork } from '#kernel';
import { type SigningKey, signedNote } from '#record/log';
import type { VerifierKey } from '#record/verify';
import type { Chance } from '#units';
import { pauseMs } from './pause.ts';
import { type Posted, post } from './post.ts';
import { wrongIn } from './receipt.ts';
import * as store from './store.ts';

/** Where a platform is, and by which key its receipts are known. */
export interface Platform {
  readonly id: string;
  readonly url: string;
  readonly key: VerifierKey;
}

export interface Uploading {
  readonly doWork: DoWork;
  readonly platforms: readonly Platform[];
  /** Signs the reports. */
  readonly key: SigningKey;
  readonly dice: Chance;
  readonly timeoutMs?: number;
}

const BATCH = 100;
const TIMEOUT_MS = 10_000;
/** So many batches to one platform in one round; what is left waits for the next. */
const ROUNDS = 20;

/** Sends what is due to each platform, one after the other. @returns how many receipts came */
export async function upload(uploading: Uploading): Promise<number> {
  let received = 0;
  for (const platform of uploading.platforms)
    for (let round = 0; round < ROUNDS; round++) {
      const done = await sendBatch(uploading, platform);
      received += done.received;
      if (!done.mayGoOn) break;
    }
  return received;
}

async function sendBatch({ doWork, key, dice, timeoutMs = TIMEOUT_MS }: Uploading, platform: Platform) {
  const { id } = platform;
  const leased = await doWork(async (work) => {
    const row = await store.lockPlatform(work, id);
    if (!row || Temporal.Instant.compare(row.nextTryAt, work.at) > 0) return [];
    // After a failure one report asks whether the platform is there again, and which of them it cannot stand.
    const most = row.failures > 0 ? 1 : BATCH;
    return await store.lease(work, id, most, work.at.add({ milliseconds: 2 * timeoutMs }));
  });
  if (leased.length === 0) return { received: 0, mayGoOn: false };
  const notes = await Promise.all(leased.map((it) => signedNote(key, it.message)));
  const posted = await post(platform.url, notes, timeoutMs);
  const judged = await judge(posted, leased, platform.key);
  const isAnswer = judged.some((it) => it.is !== 'again');
  await doWork(async (work) => {
    const row = await store.lockPlatform(work, id);
    const failures = (row?.failures ?? 0) + 1;
    const askedMs = posted.is === 'failed' ? posted.askedMs : undefined;
    const platformAt = work.at.add({ milliseconds: pauseMs(failures, dice.next(), askedMs) });
    const endings = judged.map((it, n): store.Ending => {
      const { id: report, revision, tries } = leased[n]!;
      if (it.is !== 'again') return { ...it, id: report, revision };
      // When it is the platform that fails, the report itself has no reason to wait longer than that.
      const at = isAnswer ? work.at.add({ milliseconds: pauseMs(tries, dice.next()) }) : work.at;
      return { ...it, id: report, revision, at };
    });
    await store.endLeases(work, endings);
    if (isAnswer) await store.answered(work, id);
    else await store.silent(work, id, whyOf(judged), platformAt);
  });
  return { received: judged.filter((it) => it.is === 'received').length, mayGoOn: isAnswer };
}

type Judged =
  | { readonly is: 'received'; readonly receipt: string }
  | { readonly is: 'rejected'; readonly field: string | null; readonly reason: string }
  | { readonly is: 'again'; readonly why: string };

const whyOf = (judged: readonly Judged[]): string =>
  judged.flatMap((it) => (it.is === 'again' ? [it.why] : []))[0] ?? '';

/** What an answer means for each report: nothing is received without a receipt that proves it. */
async function judge(posted: Posted, leased: readonly store.Leased[], key: VerifierKey): Promise<Judged[]> {
  if (posted.is === 'failed') return leased.map(() => ({ is: 'again', why: posted.why }));
  if (posted.is === 'refused')
    return leased.map(() =>
      leased.length === 1
        ? { is: 'rejected', field: null, reason: `the platform refused it: ${posted.why}` }
        : { is: 'again', why: `the batch was refused: ${posted.why}` },
    );
  return await Promise.all(
    leased.map(async (report): Promise<Judged> => {
      const results = posted.answer.results.filter((it) => it.id === report.id);
      const received = results.find((it) => it.result === 'received');
      if (received?.result === 'received') {
        const why = await wrongIn(received.receipt, report, key);
        return why === undefined ? { is: 'received', receipt: received.receipt } : { is: 'again', why };
      }
      const [first] = results;
      if (first?.result === 'rejected') return { is: 'rejected', field: first.field, reason: first.reason };
      return { is: 'again', why: 'the answer does not speak of it' };
    }),
  );
}

// After many wrong passwords an account rests, longer each time. The same for accounts that do not exist: nobody can tell.
import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { Work } from '#kernel';

const MOST_FAILURES = 10;
const FIRST_S = 15 * 60;
const LONGEST_S = 24 * 3600;

const digestOf = (email: string) => hash('sha256', email.trim().toLowerCase());

/** How long the nth lock-out in a row lasts, in seconds: doubled each time, up to a day. */
export const lockoutS = (nth: number): number => Math.min(FIRST_S * 2 ** (nth - 1), LONGEST_S);

/** Seconds until this account may be tried again; 0 when it may now. By the clock of the world. */
export async function lockedForS(work: Work, email: string): Promise<number> {
  const { rows } = await sql<{
    seconds: number;
  }>`select ceil(extract(epoch from locked_until - now()))::integer as seconds
    from party.sign_in_failure where digest = ${digestOf(email)} and locked_until > now()`.execute(work.db);
  return rows[0]?.seconds ?? 0;
}

/** Counts a wrong password. @returns for how many seconds the account rests because of it, if it does */
export async function failed(work: Work, email: string): Promise<number | undefined> {
  const digest = digestOf(email);
  const { rows } = await sql<{ failures: number; lockouts: number }>`insert into party.sign_in_failure as f
      (digest, failures, last_at) values (${digest}, 1, now())
    on conflict (digest) do update set last_at = now(),
      failures = case when f.last_at < now() - interval '1 day' then 1 else f.failures + 1 end,
      lockouts = case when f.last_at < now() - interval '1 day' then 0 else f.lockouts end
    returning failures, lockouts`.execute(work.db);
  const { failures, lockouts } = rows[0]!;
  if (failures < MOST_FAILURES) return undefined;
  const seconds = lockoutS(lockouts + 1);
  await sql`update party.sign_in_failure set failures = 0, lockouts = lockouts + 1,
      locked_until = now() + make_interval(secs => ${seconds}) where digest = ${digest}`.execute(work.db);
  return seconds;
}

export const succeeded = (work: Work, email: string) =>
  sql`delete from party.sign_in_failure where digest = ${digestOf(email)}`.execute(work.db);

/** Forgets what is older than two days: the longest lock-out is a day. */
export const forgetFailures = (work: Work) =>
  sql`delete from party.sign_in_failure where last_at < now() - interval '2 days'`.execute(work.db);

// Forgets a person: in one work, so after a crash it is done or not begun.
import { sql } from 'kysely';
import type { Work } from '#kernel';
import { accessChanged, lockout } from '#party';
import { append, erasePerson, type Secret, takeOut } from '#record';
import { demandFree, payOut } from './obligations.ts';
import { rewriteAll } from './rewrite.ts';
import { forgetStatistics } from './statistics.ts';
import { type Lead, likeAny, without } from './traces.ts';
import { leadsTo, type Whom, whomOf } from './whom.ts';

export interface Erasing {
  readonly personId?: string;
  readonly driverId?: string;
  /** As the books name him: person:<id>, key:<id>, command line. */
  readonly by: string;
  readonly reason: string;
  /** Money that is open was settled outside our books. */
  readonly settled?: boolean | undefined;
}

interface Place {
  /** A cryptographic source: what stands instead must lead nowhere. */
  readonly random: (bytes: number) => Uint8Array;
  readonly secret: Secret | undefined;
}

export interface Erased {
  /** Of the entry in the record that tells it, without saying who. */
  readonly id: string;
  /** Rows that were emptied, changed or removed, by table. */
  readonly rows: Readonly<Record<string, number>>;
}

/**
 * Article 17 of the GDPR, article 47 of the PIPL. Bills, swaps and bookings stay for tax law under ids that lead nowhere.
 * @throws Refused `person-unknown`, `erasure-swap-open`, `erasure-pack-held`, `erasure-money-open`, `log-closed`
 */
export async function erase(work: Work, erasing: Erasing, { random, secret }: Place): Promise<Erased> {
  const whom = await whomOf(work, erasing);
  await demandFree(work, whom, erasing.settled === true);
  await payOut(work, whom);
  await sql`select set_config('packloop.erasing', 'yes', true)`.execute(work.db);
  const leads = leadsTo(whom, random);
  const entries = await takeOut(work, secret, {
    like: likeAny(leads),
    change: (body) => without(leads, body) as typeof body,
  });
  const swaps = entries.flatMap(({ subject }) => (subject.startsWith('swap:') ? [subject.slice('swap:'.length)] : []));
  const changed = await rewriteAll(work, { whom, leads, swaps });
  const gone = await removeAll(work, whom);
  await sql`select set_config('packloop.erasing', '', true)`.execute(work.db);
  await forgetStatistics(work, leads, whom.personId);
  const id = work.newId<string>();
  const rows = { ...changed, ...gone, ...(entries.length > 0 && { 'record.entry': entries.length }) };
  const said = {
    rows,
    entries: entries.map((it) => it.seq),
    by: erasing.by,
    reason: saidWithout(leads, erasing.reason),
  };
  await append(
    work,
    entries.flatMap(({ seq, subject, left }) =>
      left === undefined ? [] : [{ subject, type: 'record.text-taken-out', body: { entry: seq, left } }],
    ),
  );
  await append(work, [{ subject: `erasure:${id}`, type: 'person.erased', body: said }]);
  work.announce(accessChanged, {});
  return { id, rows };
}

/** Who gives the reason may have named him. */
const saidWithout = (leads: readonly Lead[], reason: string): string => without(leads, reason, 'name') as string;

/** The rows that go, in the order in which they refer to each other. @returns how many, by table */
async function removeAll(work: Work, { personId, email, drivers, cards, vins }: Whom): Promise<Record<string, number>> {
  const { db } = work;
  if (email !== null) await lockout.succeeded(work, email);
  const statements = {
    'party.invitation': sql`update party.invitation set name = null, accepted_by = null, driver_id = null
      where accepted_by = ${personId} or driver_id = any(${drivers})`,
    'party.membership': sql`delete from party.membership where person_id = ${personId}`,
    // Whoever else swapped as this driver does so no more.
    'party.membership.driver_id': sql`update party.membership set driver_id = null where driver_id = any(${drivers})`,
    'account.verification': sql`delete from account.verification
      where position(${personId ?? ''} in value) > 0 and ${personId !== null} or position(${email ?? ''} in value) > 0 and ${email !== null}`,
    'account.user': sql`delete from account."user" where id = ${personId}`,
    'enquiry.plate_answer': sql`delete from enquiry.plate_answer where vin = any(${vins})
      or consent_id in (select id from enquiry.consent where driver_id = any(${drivers}))`,
    'enquiry.consent': sql`delete from enquiry.consent where driver_id = any(${drivers}) or vin = any(${vins})`,
    'party.token': sql`delete from party.token where id_token = any(${cards})`,
    'party.vehicle': sql`delete from party.vehicle where vin = any(${vins})`,
    'party.driver': sql`delete from party.driver where id = any(${drivers})`,
  };
  const gone: Record<string, number> = {};
  for (const [table, statement] of Object.entries(statements)) {
    const { numAffectedRows = 0n } = await statement.execute(db);
    if (numAffectedRows > 0n) gone[table] = Number(numAffectedRows);
  }
  let sealed = 0;
  for (const it of [personId, ...drivers]) if (it !== null) sealed += await erasePerson(work, it);
  return sealed > 0 ? { ...gone, 'record.sealed': sealed } : gone;
}

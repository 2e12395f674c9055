// A pack begins a second life: it gets a code of its own, and both codes know each other for ever (GB/T 34014-2017
// and GB/T 45565-2025).
import { sql } from 'kysely';
import { Refused, type Work } from '#kernel';
import { type Holder, type Linked, mustPost } from '#ledger';
import { append } from '#record';
import type { PackCode } from '#units';
import { readCode, recode45565 } from './code45565.ts';
import { recode } from './coding.ts';
import { usableWh } from './model.ts';
import { ownersOf, register, whereAre } from './register.ts';
import * as store from './store.ts';
import { carry, restrictionsOf } from './title/store.ts';

/**
 * Re-codes a pack that leaves vehicles for a second use. The old code ends: its custody, title and energy leave the
 * network under it and enter under the new one, with the same holder and owners. The original stays readable for ever.
 * @returns the code of the second use: 19 characters after GB/T 34014-2017, with "-R-" after GB/T 45565-2025
 * @throws Refused `pack-unknown`, `pack-has-successor`, `pack-not-at-station`, `code-not-recodable`, `pack-known`
 */
export async function succeed(work: Work, code: PackCode, by: string): Promise<PackCode> {
  const pack = (await store.known(work, [code])).get(code);
  if (!pack) throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
  const { successor } = await store.linksOf(work, code);
  if (successor)
    throw new Refused('pack-has-successor', `Pack ${code} was re-coded as ${successor}`, { code, successor });
  const holder = (await whereAre(work, [code])).get(code);
  if (!holder?.startsWith('station:') && !holder?.startsWith('party:'))
    throw new Refused(
      'pack-not-at-station',
      `Pack ${code} is with ${holder ?? 'nobody'}: take it out of service first`,
      { code },
    );

  const made = await recoded(work, code);
  const owners = (await ownersOf(work, [code])).get(code) ?? [];
  await mustPost(work, [leaving(code, holder, owners, usableWh(pack))]);
  const { quarantinedWhy, observedAt, ...facts } = pack;
  const restrictions = await restrictionsOf(work, code);
  await register(work, [{ ...facts, quarantined: false, code: made, holder, owners, restrictions, by }]);
  if (pack.quarantined) await store.quarantine(work, [{ code: made, why: quarantinedWhy ?? 'as its original' }]);
  await store.addSuccession(work, code, made);
  await carry(work, code, made);
  await store.quarantine(work, [{ code, why: `second use as ${made}` }]);
  await append(work, [
    { subject: `pack:${code}`, type: 'pack.succeeded', body: { successor: made, by } },
    { subject: `pack:${made}`, type: 'pack.second-use', body: { original: code, by } },
  ]);
  return made;
}

/** A code of the standard that the original follows, which nobody has yet. @throws Refused `code-not-recodable`, `pack-known` */
async function recoded(work: Work, code: PackCode): Promise<PackCode> {
  const today = work.at.toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
  const read = readCode(code, today);
  const made = !read.ok
    ? read
    : read.standard === 'GB/T 45565-2025'
      ? recode45565(read.parts)
      : recode(read.parts, today, await nextSerial(work, today));
  if (!made.ok)
    throw new Refused(
      'code-not-recodable',
      `Pack ${code} cannot be re-coded after ${read.standard}: ${made.field}: ${made.problem}`,
      { code, field: made.field },
      422,
    );
  const [other] = await store.find(work, [made.code]);
  if (other) throw new Refused('pack-known', `${made.code} stands for another pack already`, { code: made.code });
  return made.code;
}

/** All that stood under the old code goes out in one linked set; the new code brings it in again. */
function leaving(
  code: PackCode,
  holder: Holder,
  owners: readonly { party: string; millionths: number }[],
  wh: number,
): Linked {
  const out = (unit: 'custody' | 'title' | 'energy', asset: string, from: Holder, amount: number, id: string) => ({
    kind: 'posted' as const,
    id: `pack/${code}/second-use/${id}`,
    debit: { unit, asset, holder: from },
    credit: { unit, asset, holder: 'outside:second-use' as const },
    amount,
    reason: 're-coded for second use',
  });
  return [
    out('custody', code, holder, 1, 'custody'),
    ...owners.map((it) => out('title', code, `party:${it.party}`, it.millionths, `title/${it.party}`)),
    ...(wh > 0 ? [out('energy', 'Wh', holder, wh, 'energy')] : []),
  ];
}

/** Serial numbers of a day's re-codings count from 1; two works on one day wait for each other. */
async function nextSerial(work: Work, day: Temporal.PlainDate): Promise<number> {
  await sql`select pg_advisory_xact_lock(7213, hashtext(${day.toString()}))`.execute(work.db);
  const from = day.toZonedDateTime('Asia/Shanghai').toInstant();
  const { rows } = await sql<{ many: number }>`select count(*) as many from pack.succession
    where at >= ${from.toString()}`.execute(work.db);
  return rows[0]!.many + 1;
}

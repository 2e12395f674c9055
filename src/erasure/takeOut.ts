// All that is kept of a person, as data: what he would get to know anyway, in one file.
import { sql } from 'kysely';
import { Refused, type Work } from '#kernel';
import { personalOf, type Secret } from '#record';
import { moneyOf } from './obligations.ts';

/**
 * Never what proves who he is: passwords, second factors and session tokens stay where they are.
 * @throws Refused `person-unknown`
 */
export async function dataOf(
  work: Work,
  personId: string,
  secret: Secret | undefined,
): Promise<Record<string, unknown>> {
  const { db } = work;
  const rows = async (query: ReturnType<typeof sql>) => (await query.execute(db)).rows;
  const [account] = await rows(sql`select id, name, email, "createdAt", "twoFactorEnabled" from account."user"
    where id = ${personId}`);
  if (!account) throw new Refused('person-unknown', 'There is no such person here', {}, 404);
  const { rows: drivers } = await sql<{ id: string }>`select id, name, payment, party_id from party.driver where id in
    (select driver_id from party.membership where person_id = ${personId} and ended_at is null)`.execute(db);
  const ids = drivers.map((it) => it.id);
  const tokens = sql`(select id_token from party.token where driver_id = any(${ids}))`;
  const persons = [personId, ...ids];
  const sealed = secret ? (await Promise.all(persons.map((it) => personalOf(work, secret, it)))).flat() : [];
  return {
    at: work.at.toString(),
    account,
    memberships: await rows(sql`select party_id, role, regions, stations, driver_id, via, made_at, ended_at
      from party.membership where person_id = ${personId} order by id`),
    services: await rows(
      sql`select "providerId", "accountId", "createdAt" from account.account where "userId" = ${personId}`,
    ),
    passkeys: await rows(sql`select name, "createdAt", "deviceType" from account.passkey where "userId" = ${personId}`),
    sessions: await rows(sql`select "createdAt", "expiresAt", "ipAddress", "userAgent" from account.session
      where "userId" = ${personId} order by "createdAt"`),
    drivers,
    money: await moneyOf(work, { drivers: ids as never }),
    cards: await rows(sql`select id_token, type, status, vin from party.token where driver_id = any(${ids})`),
    vehicles: await rows(sql`select vin, plate, model_id, firmware from party.vehicle
      where vin in (select vin from party.token where driver_id = any(${ids}))`),
    swaps: await rows(sql`select id, station_id, state, vin, total_fen, started_at, ended_at, body from swap.swap
      where id_token in ${tokens} order by id`),
    trail: await rows(sql`select at, route, subject, outcome, code from kernel.trail
      where caller = ${`person:${personId}`} order by seq`),
    record: sealed.map((it) => it.disclosure),
  };
}

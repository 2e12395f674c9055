// All that stands for one person in the tables of the house: account, drivers, cards, vehicles.
import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { Refused, type Work } from '#kernel';
import type { DriverId, Vin } from '#units';
import type { Lead } from './traces.ts';

export interface Whom {
  /** Null for a driver who never had an account. */
  readonly personId: string | null;
  readonly email: string | null;
  readonly names: readonly string[];
  readonly drivers: readonly DriverId[];
  /** In lower case. */
  readonly cards: readonly string[];
  /** Vehicles that nobody else drives and no fleet owns: they go with the person. */
  readonly vins: readonly Vin[];
  readonly plates: readonly string[];
  /** What he was called where only a digest was kept. */
  readonly digests: readonly string[];
}

/**
 * Locks cards and account until the work ends, so that nothing new begins meanwhile.
 * @throws Refused `person-unknown`
 */
export async function whomOf(work: Work, given: { personId?: string; driverId?: string }): Promise<Whom> {
  const { db } = work;
  const { rows: accounts } = await sql<{ id: string; name: string; email: string }>`
    select id, name, email from account."user" u where id = ${given.personId ?? null} or id in
      (select person_id from party.membership where driver_id = ${given.driverId ?? null} and ended_at is null)
    order by id limit 1 for update`.execute(db);
  const [account] = accounts;
  const { rows: drivers } = await sql<{ id: DriverId; name: string }>`select id, name from party.driver
    where id = ${given.driverId ?? null} or id in
      (select driver_id from party.membership where person_id = ${account?.id ?? null} and ended_at is null)
    order by id for update`.execute(db);
  if (!account && drivers.length === 0) throw new Refused('person-unknown', 'There is no such person here', {}, 404);
  const ids = drivers.map((it) => it.id);
  const { rows: cards } = await sql<{ idToken: string; vin: Vin }>`select id_token, vin from party.token
    where driver_id = any(${ids}) order by id_token for update`.execute(db);
  const { rows: vehicles } = await sql<{ vin: Vin; plate: string }>`select v.vin, v.plate from party.vehicle v
    where v.vin = any(${cards.map((it) => it.vin)})
      and not exists (select from party.token t where t.vin = v.vin and t.driver_id <> all(${ids}))
      and not exists (select from party.party p where p.id = v.party_id and p.kind = 'fleet')
    order by v.vin for update`.execute(db);
  return {
    personId: account?.id ?? null,
    email: account?.email ?? null,
    names: [...new Set([...accounts, ...drivers].map((it) => it.name))],
    drivers: ids,
    cards: cards.map((it) => it.idToken),
    vins: vehicles.map((it) => it.vin),
    plates: vehicles.map((it) => it.plate).filter((it) => it !== ''),
    digests: account ? [hash('sha256', account.email.trim().toLowerCase()).slice(0, 12)] : [],
  };
}

/** A VIN that no maker gives: its sixth sign stands for what it is, the rest is random. */
const vinFrom = (bytes: Uint8Array): string =>
  `ERASED${[...bytes.slice(0, 11)].map((it) => 'ABCDEFGHJKLMNPRSTUVWXYZ012345678'[it % 32]).join('')}`;

/** What leads to the person, each with what will stand there instead. The longest first: one may hold another. */
export function leadsTo(whom: Whom, random: (bytes: number) => Uint8Array): Lead[] {
  const instead = () => `erased-${random(8).toHex()}`;
  const of = (kind: Lead['kind'], texts: readonly string[]): Lead[] =>
    texts.map((text) => ({ kind, text, instead: instead() }));
  return [
    ...of('id', [...whom.drivers, ...whom.cards, ...whom.digests]),
    ...whom.vins.map((text): Lead => ({ kind: 'id', text, instead: vinFrom(random(11)) })),
    ...of('contact', [...(whom.email ? [whom.email] : []), ...whom.plates]),
    ...of('name', whom.names),
  ].toSorted((a, b) => b.text.length - a.text.length);
}

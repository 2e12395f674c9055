import { type RawBuilder, sql } from 'kysely';
import { anyOf, insertRows, Refused, recordset, unconfined, type Work, within } from '#kernel';
import { everything, type Reach } from '#kernel/api';
import type { DriverId, PartyId, Vin } from '#units';
import { type Driver, type Party, type Swapper, sameCase, type Token, type Vehicle } from './party.ts';

const again = sql`on conflict do nothing`;

const ofParty = { id: 'text', name: 'text', kind: 'text' };

/**
 * Adds organisations that are new.
 * @throws Refused `party-known` when an id stands for another organisation already
 */
export async function addParties(work: Work, rows: readonly Party[]): Promise<void> {
  if (rows.length === 0) return;
  await insertRows(work.db, 'party.party', ofParty, rows, again);
  const { rows: others } = await sql<Party>`select p.id, p.name, p.kind from ${recordset(ofParty, rows)}
    join party.party p using (id) where (p.name, p.kind) <> (r.name, r.kind) order by p.id limit 1`.execute(work.db);
  const [other] = others;
  if (other)
    throw new Refused('party-known', `${other.id} stands for ${other.name} (${other.kind}) already`, { ...other });
}

/** Each adds what is new; what is known already stays as it is. */

export const addDrivers = (work: Work, rows: readonly Driver[]) =>
  insertRows(work.db, 'party.driver', { id: 'text', name: 'text', payment: 'text', partyId: 'text' }, rows, again);

export const addVehicles = (work: Work, rows: readonly Vehicle[]) =>
  insertRows(
    work.db,
    'party.vehicle',
    { vin: 'text', modelId: 'text', plate: 'text', firmware: 'text', partyId: 'text' },
    rows,
    again,
  );

export const addTokens = (work: Work, rows: readonly Token[]) =>
  insertRows(
    work.db,
    'party.token',
    { idToken: 'text', type: 'text', driverId: 'text', vin: 'text', status: 'text' },
    rows.map((it) => ({ ...it, idToken: sameCase(it.idToken) })),
    again,
  );

/** Who shows these tokens, by the token in lower case; an unknown token is left out. */
export const whoSwaps = (work: Work, idTokens: readonly string[]): Promise<Map<string, Swapper>> =>
  swappers(work, idTokens, sql``);

/** The same for tokens that ask for something new: whoever asks with one of them elsewhere waits until this work ends. */
export const whoAsks = (work: Work, idTokens: readonly string[]): Promise<Map<string, Swapper>> =>
  swappers(work, idTokens, sql`order by t.id_token for no key update of t`);

async function swappers(
  work: Work,
  idTokens: readonly string[],
  tail: RawBuilder<unknown>,
): Promise<Map<string, Swapper>> {
  const { rows } = await sql<Swapper & { idToken: string }>`
    select t.id_token, t.status, t.driver_id, d.payment, t.vin, v.model_id, v.firmware
    from party.token t join party.driver d on d.id = t.driver_id join party.vehicle v using (vin)
    where t.id_token = ${anyOf([...new Set(idTokens.map(sameCase))], 'text')} ${tail}`.execute(work.db);
  return new Map(rows.map(({ idToken, ...swapper }) => [idToken, swapper]));
}

/** Which of these organisations are registered, and within reach if one is given. */
export async function knownParties(
  work: Work,
  ids: readonly PartyId[],
  reach: Reach = everything,
): Promise<Set<PartyId>> {
  const { rows } = await sql<{ id: PartyId }>`select id from party.party
    where id = any(${ids}) and ${within(unconfined(reach), { tenant: 'id' })}`.execute(work.db);
  return new Set(rows.map((it) => it.id));
}

/** What kind of organisation each is; one that is not registered is left out. */
export async function kindsOf(work: Work, ids: readonly PartyId[]): Promise<Map<PartyId, Party['kind']>> {
  const { rows } = await sql<
    Pick<Party, 'id' | 'kind'>
  >`select id, kind from party.party where id = any(${ids})`.execute(work.db);
  return new Map(rows.map((it) => [it.id, it.kind]));
}

export async function knownDrivers(
  work: Work,
  ids: readonly DriverId[],
  reach: Reach = everything,
): Promise<Set<DriverId>> {
  const { rows } = await sql<{ id: DriverId }>`select id from party.driver
    where id = any(${ids}) and ${within(unconfined(reach), { tenant: 'party_id', driver: 'id' })}`.execute(work.db);
  return new Set(rows.map((it) => it.id));
}

export async function findDriver(work: Work, id: DriverId): Promise<Driver | undefined> {
  const { rows } = await sql<Driver>`select id, name, payment from party.driver where id = ${id}`.execute(work.db);
  return rows[0];
}

export async function knownVehicles(work: Work, vins: readonly Vin[], reach: Reach = everything): Promise<Set<Vin>> {
  const { rows } = await sql<{ vin: Vin }>`select vin from party.vehicle
    where vin = any(${vins}) and ${within(unconfined(reach), { tenant: 'party_id' })}`.execute(work.db);
  return new Set(rows.map((it) => it.vin));
}

/** The vehicles that a driver's valid cards open. */
export async function vehiclesOf(work: Work, driverId: DriverId): Promise<Pick<Vehicle, 'vin' | 'plate'>[]> {
  const { rows } = await sql<Pick<Vehicle, 'vin' | 'plate'>>`select vin, plate from party.vehicle
    where vin in (select vin from party.token where driver_id = ${driverId} and status = 'active') order by vin`.execute(
    work.db,
  );
  return rows;
}

/** Those of these pairs in which the driver still has a valid card of the vehicle. */
export async function stillOpen<Pair extends { readonly vin: Vin; readonly driverId: DriverId }>(
  work: Work,
  pairs: readonly Pair[],
): Promise<Pair[]> {
  const shape = { vin: 'text', driverId: 'text' };
  const { rows } = await sql<{ vin: Vin; driverId: DriverId }>`select distinct t.vin, t.driver_id
    from ${recordset<{ vin: Vin; driverId: DriverId }>(shape, pairs)}
    join party.token t on t.vin = r.vin and t.driver_id = r."driverId" where t.status = 'active'`.execute(work.db);
  const open = new Set(rows.map((it) => `${it.vin} ${it.driverId}`));
  return pairs.filter((it) => open.has(`${it.vin} ${it.driverId}`));
}

/** Vehicles with this plate, however it is spaced; more than one when somebody mistyped. */
export async function vehiclesByPlate(work: Work, plate: string): Promise<Vin[]> {
  const { rows } = await sql<{ vin: Vin }>`select vin from party.vehicle
    where upper(regexp_replace(plate, '[\\s·•.-]', '', 'g')) = upper(regexp_replace(${plate}, '[\\s·•.-]', '', 'g'))
    limit 2`.execute(work.db);
  return rows.map((it) => it.vin);
}

/** A token belongs to whom its driver belongs to. */
const ofDriver = (reach: Reach) => sql`driver_id in (select d.id from party.driver d
  where ${within(unconfined(reach), { tenant: 'd.party_id', driver: 'd.id' })})`;

/** Which of these tokens are registered, and within reach if one is given. */
export async function knownTokens(
  work: Work,
  idTokens: readonly string[],
  reach: Reach = everything,
): Promise<Set<string>> {
  const { rows } = await sql<{ idToken: string }>`select id_token from party.token
    where id_token = ${anyOf(idTokens.map(sameCase), 'text')} and ${reach.all ? sql`true` : ofDriver(reach)}`.execute(
    work.db,
  );
  return new Set(rows.map((it) => it.idToken));
}

export const setTokenStatus = (work: Work, idToken: string, status: Token['status'], reach: Reach = everything) =>
  sql`update party.token set status = ${status}
    where id_token = ${sameCase(idToken)} and ${reach.all ? sql`true` : ofDriver(reach)}`.execute(work.db);

/** In the order of their ids. */
export async function parties(work: Work, reach: Reach): Promise<Party[]> {
  const { rows } = await sql<Party>`select id, name, kind from party.party
    where ${within(unconfined(reach), { tenant: 'id' })} order by id`.execute(work.db);
  return rows;
}

export async function findParty(work: Work, id: PartyId): Promise<Party | undefined> {
  const { rows } = await sql<Party>`select id, name, kind from party.party where id = ${id}`.execute(work.db);
  return rows[0];
}

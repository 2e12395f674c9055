// Two organisations that have everything, each registered by its own key; what belongs to the second can be told by its names.
import { randomBytes } from 'node:crypto';
import { markSimulated } from '#kernel';
import { withCheckDigit } from '#pack';
import { addParties, makeKey } from '#party';
import { anomaly } from '#station';
import type { PartyId, StationId } from '#units';
import type { App } from '../src/app.ts';
import { type Browser, browser, somebody } from './people.ts';
import { packCode, vinOf } from './seed.ts';

export interface Tenant {
  readonly id: PartyId;
  readonly station: StationId;
  readonly region: string;
  readonly driver: string;
  readonly card: string;
  readonly vin: string;
  /** In the slots 1, 2, 3, and in the vehicle. */
  readonly packs: readonly string[];
  readonly swap: string;
  readonly command: string;
  readonly keyId: string;
  readonly membership: string;
  readonly invitation: string;
  readonly account: number;
  readonly transfer: string;
  /** With the key of its administrator. */
  readonly admin: Asks;
  /** Texts of which none may appear in an answer to somebody else. */
  readonly names: readonly string[];
}

interface Asks {
  get(path: string): ReturnType<Browser['get']>;
  post(path: string, body: unknown): ReturnType<Browser['post']>;
}

/** Asks with a key, from nobody's page. */
export function withKey(app: App, key: string): Asks {
  const page = browser(app);
  const authorization = { authorization: `Bearer ${key}` };
  return { get: (path) => page.get(path, authorization), post: (path, body) => page.post(path, body, authorization) };
}

/** Registers an operator with a station, packs, a driver with car and card, a swap, a command, a key, a member, an invitation. */
export async function tenant(app: App, id: string, n: number): Promise<Tenant> {
  const partyId = id as PartyId;
  const key = await app.doWork(async (work) => {
    await addParties(work, [{ id: partyId, name: `${id} operator`, kind: 'operator' }]);
    await markSimulated(work, 'a test');
    return await makeKey(work, { name: `${id} key`, scopes: ['admin'], partyId, random: randomBytes(32) });
  });
  const admin = withKey(app, key);
  const must = async (path: string, body: unknown) => {
    const { status, body: reply } = await admin.post(path, body);
    if (status !== 200) throw new Error(`${id} POST ${path}: ${status} ${JSON.stringify(reply)}`);
    return reply;
  };
  const station = `${id}-st` as StationId;
  const region = `CN-${id}`;
  const [driver, card, vin] = [`${id}-driver`, `${id}-card`, withCheckDigit(vinOf(n))];
  const packs = [1, 2, 3, 4].map((it) => packCode(n * 10 + it) as string);
  const place = { latitude: 22.5 + n / 100, longitude: 114 };
  const preset = { presetId: 'nio-g3', securityProfile: 1 };
  await must('/v1/stations', { id: station, name: `${id} station`, operatorId: id, region, place, ...preset });
  await must('/v1/drivers', { id: driver, name: `${id} person`, payment: 'prepaid' });
  await must(`/v1/drivers/${driver}/top-ups`, { amount: 100_000, payment: `${id}-pays` });
  await must('/v1/vehicles', { vin, modelId: 'nio-et5', plate: `${id}-plate`, firmware: '9.0.0' });
  await must('/v1/tokens', { idToken: card, type: 'ISO14443', driverId: driver, vin, status: 'active' });
  const pack = {
    model: 'nio-75',
    soh: 98,
    soc: 95,
    leakTestedOn: '2026-10-01',
    leakTestPassed: true,
    firmware: '9.0.0',
  };
  const owners = [{ party: id, millionths: 1_000_000 }];
  const standing = packs.slice(0, 3).map((code) => ({ ...pack, code, holder: `station:${station}`, owners }));
  await must('/v1/packs', [...standing, { ...pack, code: packs[3], soc: 10, holder: `vehicle:${vin}`, owners }]);
  const slots = packs.slice(0, 3).map((packCode, index) => ({ slotNo: index + 1, packCode }));
  await must(`/v1/stations/${station}/stock`, { slots });
  await must(`/v1/packs/${packs[2]}/quarantine`, { why: `${id} doubts it` });
  const arriveBy = '2026-11-22T08:30:00Z';
  const swap = (await must(`/v1/stations/${station}/reservations`, { idToken: card, arriveBy })).id;
  const reset = { action: 'Reset', payload: { type: 'OnIdle' } };
  const command = (await must(`/v1/stations/${station}/commands`, reset)).id;
  const keyId = (await must('/v1/keys', { name: `${id} second key`, scopes: ['read'] })).id;
  await somebody(app, { email: `admin@${id}.example`, post: { partyId, role: 'admin' } });
  const invitation = (await must('/v1/invitations', { role: 'auditor', name: `${id} guest` })).id;
  await app.doWork((work) =>
    anomaly(work, [
      { stationId: station, kind: 'refused', sentence: `${id} refused`, facts: { secret: `${id} fact` } },
    ]),
  );
  const membership = (await admin.get('/v1/members')).body.items[0].id;
  const [account] = (await admin.get(`/v1/ledger/accounts?holder=driver:${driver}`)).body.items;
  return {
    ...{ id: partyId, station, region, driver, card, vin, packs, swap, command, keyId, membership, invitation, admin },
    account: account.id,
    transfer: `payment/${id}-pays`,
    names: [`${id}-`, `${id} `, `"${id}"`, `@${id}.`, vin, ...packs, swap, command, keyId, membership, invitation],
  };
}

// Who is paid for a swap: whoever owned its packs when they went out, however late we hear of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addParties } from '#party';
import type { Instant, PackCode, PartyId } from '#units';
import { ownersThen } from '../pack/owned.ts';
import { giveKeys, say, transfer } from '../pack/title/testing.ts';
import { onTheStreet, type Street } from './testing.ts';

const buyer = 'buyer' as PartyId;

/** The bank sells all it has of a pack, 700,000 millionths, by signature and now. */
async function sell({ work }: Street, code: string): Promise<void> {
  await addParties(work, [{ id: buyer, name: 'Buyer', kind: 'owner' }]);
  await giveKeys(work, 'bank', buyer);
  await say(work, code as PackCode, transfer('bank', buyer, 700_000), ['bank', buyer]);
}

/** Tells an exchange for which the driver asked; the steps have the station's times. */
async function told(street: Street, stepAt: Instant | null): Promise<void> {
  const [vehicle] = street.vehicles;
  if (stepAt) await street.step(7, 'picked', { at: stepAt, by: vehicle! });
  await street.comesIn(7, vehicle!, [20, vehicle!.packs[0]!, 10]);
  await street.goesOut(7, vehicle!, [1, street.slots[0]!, 90]);
  await street.checks(7);
}

const paid = async (street: Street) => [await street.money('party:bank'), await street.money(`party:${buyer}`)];

test(
  'a pack was handed out, then sold, then the station could tell us of it: the old owner is paid',
  onTheStreet({}, async (street) => {
    const [vehicle] = street.vehicles;
    await street.authorised(vehicle!);
    street.work.later({ minutes: 5 });
    const handedOut = street.work.at;
    street.work.later({ minutes: 10 });
    await sell(street, street.slots[0]!);
    street.work.later({ minutes: 10 });
    await told(street, handedOut);
    const [old, now] = await paid(street);
    assert.ok(old! > 0);
    assert.equal(now, 0);
    const [swap] = await street.swaps();
    assert.equal(swap?.ownedAt?.toString(), handedOut.toString());
    await told(street, handedOut); // again, later still
    assert.deepEqual(await paid(street), [old, 0]);
  }),
);

test(
  'a pack was sold before it was handed out: the new owner is paid, also when nobody told a step',
  onTheStreet({}, async (street) => {
    const [vehicle] = street.vehicles;
    await street.authorised(vehicle!);
    await sell(street, street.slots[0]!);
    street.work.later({ minutes: 5 });
    await told(street, null);
    const [old, now] = await paid(street);
    assert.equal(old, 0);
    assert.ok(now! > 0);
  }),
);

test(
  'a station whose clock runs behind does not pay who had sold before the driver asked',
  onTheStreet({}, async (street) => {
    const [vehicle] = street.vehicles;
    const before = street.work.at;
    street.work.later({ hours: 1 });
    await sell(street, street.slots[0]!);
    street.work.later({ hours: 1 });
    await street.authorised(vehicle!);
    street.work.later({ minutes: 5 });
    await told(street, before);
    const [old, now] = await paid(street);
    assert.equal(old, 0);
    assert.ok(now! > 0);
  }),
);

test('title is read as of an instant: both sides of a sale, and before a pack entered those who entered it', () => {
  const at = Temporal.Instant.from('2026-11-22T08:00:00Z');
  const change = (holder: string, change: number, hours: number) => ({
    ...{ asset: 'PACK', holder: `party:${holder}`, change, seq: hours, at: at.add({ hours }) },
  });
  const changes = [change('a', 600, 0), change('b', 400, 0), change('a', -600, 2), change('c', 600, 2)];
  const owners = (hours: number) => ownersThen(changes, at.add({ hours })).map((it) => `${it.party} ${it.millionths}`);
  assert.deepEqual(owners(-1), ['a 600', 'b 400']);
  assert.deepEqual(owners(1), ['a 600', 'b 400']);
  assert.deepEqual(owners(2), ['b 400', 'c 600'], 'from the instant of the act on');
  assert.deepEqual(ownersThen([], at), []);
});

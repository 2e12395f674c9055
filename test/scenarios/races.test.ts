// Two things at one moment, and a station that is mistaken about its own slots.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reserve } from '#swap';
import type { StationId } from '#units';
import { scene } from './scene.ts';

test(
  'a driver who asks at several stations in one moment gets one swap',
  scene({ stations: 6, vehicles: 4 }, async ({ speak, vehicles, swaps, doWork, clock, built }) => {
    for (const vehicle of vehicles) {
      const asks = built.stations.map(({ id }, index) =>
        index % 2 === 0
          ? speak(id)
              .authorize(vehicle)
              .then((it) => it.status === 'Accepted')
          : doWork((work) =>
              reserve(work, {
                stationId: id as StationId,
                idToken: vehicle.idToken,
                arriveBy: clock.now.add({ minutes: 9 }),
              }),
            ).then(
              () => true,
              () => false,
            ),
      );
      const accepted = (await Promise.all(asks)).filter((it) => it).length;
      assert.equal(accepted, 1);
    }
    assert.equal((await swaps()).length, vehicles.length);
  }),
);

test(
  'a station that names the wrong slot for a pack that went out: the pack is gone from the slot where it was',
  scene({}, async ({ speak, vehicles: [vehicle], swaps, slot, built, lines }) => {
    const station = speak();
    const { slots } = await station.authorize(vehicle!);
    const [from] = slots as [number];
    const given = built.stations[0]!.slots[from - 1]!;
    const wrong = from + 1;
    await station.say(station.battery('BatteryIn', 1, vehicle!, [{ slot: 9, serial: vehicle!.packs[0]!, soC: 9 }]));
    await station.say(station.battery('BatteryOut', 1, vehicle!, [{ slot: wrong, serial: given, soC: 90 }]));
    assert.equal((await swaps())[0]!.state, 'released');
    assert.equal((await slot(from)).pack, null);
    assert.deepEqual(await slot(wrong), { state: 'occupied', pack: built.stations[0]!.slots[wrong - 1] });
    assert.ok((await lines()).includes('pack-from-another-slot'));
  }),
);

test(
  'a pack that comes into a slot where the books have another one: no slot holds two, and the operator looks for the other',
  scene({}, async ({ speak, vehicles: [vehicle], slot, built, holderOf, lines }) => {
    const station = speak();
    const { slots } = await station.authorize(vehicle!);
    const [from] = slots as [number];
    const taken = from + 1;
    const there = built.stations[0]!.slots[taken - 1]!;
    await station.say(station.battery('BatteryIn', 1, vehicle!, [{ slot: taken, serial: vehicle!.packs[0]!, soC: 9 }]));
    assert.deepEqual(await slot(taken), { state: 'occupied', pack: vehicle!.packs[0] });
    assert.equal(await holderOf(there), 'station:SZ-1');
    assert.ok((await lines()).includes('slot-was-taken'));
  }),
);

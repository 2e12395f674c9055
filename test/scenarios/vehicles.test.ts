// Every kind of vehicle and station swaps: told step by step by a simulated station, in the time that its kind takes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demandedChecks, timedSteps } from '#swap';
import type { Plan } from '../network.ts';
import { simulated, swapsOf } from './simulated.ts';

interface Kind {
  readonly name: string;
  readonly seconds: number;
  readonly profile: 'chassis-robot' | 'truck-side' | 'cabinet';
  readonly plan: Partial<Plan>;
}

const nio = { vehicleModel: 'nio-et5', packModel: 'nio-75' };
const blocks = { preset: 'choco-14', vehicleModel: 'bestune-nat', packModel: 'choco-block-26' };

const kinds: readonly Kind[] = [
  {
    name: 'a Livan 9 at a Geely station',
    seconds: 60,
    profile: 'chassis-robot',
    plan: { preset: 'geely-27', vehicleModel: 'livan-9', packModel: 'gbrc-50' },
  },
  {
    name: 'a taxi with a Choco #20 pack',
    seconds: 100,
    profile: 'chassis-robot',
    plan: { preset: 'choco-14', vehicleModel: 'oshan-520-taxi', packModel: 'choco-20-lfp' },
  },
  {
    name: 'an ET5 at a generation 5 station',
    seconds: 108,
    profile: 'chassis-robot',
    plan: { preset: 'nio-g5', ...nio },
  },
  {
    name: 'an ET5 at a generation 3 station',
    seconds: 144,
    profile: 'chassis-robot',
    plan: { preset: 'nio-g3', ...nio },
  },
  {
    name: 'a tractor with a pack at its side',
    seconds: 300,
    profile: 'truck-side',
    plan: { preset: 'truck-bay', vehicleModel: 'tractor-6x4', packModel: 'choco-75-lfp', standing: 3 },
  },
  { name: 'a modular car with two blocks', seconds: 100, profile: 'chassis-robot', plan: { ...blocks, packsEach: 2 } },
  {
    name: 'a modular car with three blocks',
    seconds: 100,
    profile: 'chassis-robot',
    plan: { ...blocks, packsEach: 3 },
  },
  {
    name: 'a scooter at a cabinet',
    seconds: 60,
    profile: 'cabinet',
    plan: { preset: 'cabinet-12', vehicleModel: 'courier-scooter', packModel: 'two-wheeler-48v' },
  },
  {
    name: 'a motorcycle with two packs at a cabinet',
    seconds: 60,
    profile: 'cabinet',
    plan: { preset: 'cabinet-12', vehicleModel: 'courier-motorcycle', packModel: 'two-wheeler-48v', packsEach: 2 },
  },
];

for (const { name, seconds, profile, plan } of kinds)
  test(
    `${name} swaps in ${seconds} s, each step in its share of it, checked and paid`,
    simulated(plan, async (it) => {
      const { scheduler, vehicles } = it;
      const [vehicle] = vehicles as [(typeof vehicles)[0]];
      const before = vehicle.packs.map((pack) => pack.serial).toSorted();
      vehicle.arrive();
      assert.ok(await scheduler.turnUntil(() => vehicle.outcomes.length > 0, 3600));
      assert.deepEqual(vehicle.outcomes, [{ kind: 'swapped' }]);
      const [swap, ...others] = await swapsOf(it);
      assert.deepEqual(others, []);
      assert.deepEqual([swap!.state, swap!.problems], ['released', []]);
      assert.deepEqual(swap!.returned.map((pack) => pack.code).toSorted(), before);
      assert.deepEqual(
        swap!.given.map((pack) => pack.code).toSorted(),
        vehicle.packs.map((pack) => pack.serial).toSorted(),
      );
      assert.deepEqual(Object.keys(swap!.checks).toSorted(), demandedChecks(profile).toSorted());
      assert.ok(swap!.bill!.total > 0);

      const at = (step: string) => Date.parse(swap!.steps[step]!) / 1000;
      let since = at('identified');
      for (const { step, seconds: share } of timedSteps(profile, seconds)) {
        since += share;
        assert.ok(Math.abs(at(step) - since) < 0.02, `${step} at ${at(step)}, not ${since}`);
      }
      assert.equal(Math.round(at('released') - at('arrived')), seconds);
    }),
  );

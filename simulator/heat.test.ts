import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { AMBIENT_C, warmedC } from './heat.ts';
import { scene } from './testing.ts';

const anyState = {
  nowC: fc.double({ min: -20, max: 60, noNaN: true }),
  powerW: fc.double({ min: 0, max: 400_000, noNaN: true }),
  seconds: fc.double({ min: 0, max: 36_000, noNaN: true }),
  capacityWh: fc.integer({ min: 1000, max: 200_000 }),
};

test('one long charge warms a pack as two that follow each other do', () => {
  fc.assert(
    fc.property(...(Object.values(anyState) as [fc.Arbitrary<number>, ...fc.Arbitrary<number>[]]), (...given) => {
      const [nowC, powerW, seconds, capacityWh] = given as [number, number, number, number];
      const half = warmedC(nowC, powerW, seconds / 2, capacityWh);
      const twice = warmedC(half, powerW, seconds / 2, capacityWh);
      assert.ok(Math.abs(twice - warmedC(nowC, powerW, seconds, capacityWh)) < 1e-6);
    }),
  );
});

test('a pack at rest comes to the temperature of the station, and a charged one stays above it', () => {
  assert.ok(Math.abs(warmedC(40, 0, 36_000, 75_000) - AMBIENT_C) < 0.01);
  const settled = warmedC(AMBIENT_C, 75_000, 36_000, 75_000);
  assert.ok(settled > AMBIENT_C + 5 && settled < AMBIENT_C + 12, `${settled}`);
});

test('a station tells how warm a pack is when it comes in, and each degree by which charging warms it', async () => {
  const { csms, scheduler, arrive } = await scene();
  await scheduler.turn(1800);
  const told = (slot: number) =>
    csms
      .of('NotifyEvent')
      .flatMap((it) => it.payload.eventData)
      .filter((it: { component: { evse?: { id: number } } }) => it.component.evse?.id === slot)
      .filter((it: { variable: { name: string } }) => it.variable.name === 'Temperature')
      .map((it: { actualValue: string }) => Number(it.actualValue));
  const warming = told(5);
  assert.equal(warming[0], AMBIENT_C);
  assert.ok(warming.length > 2);
  for (let i = 1; i < warming.length - 1; i++) assert.ok(Math.abs(warming[i]! - warming[i - 1]!) >= 0.9);

  arrive();
  await scheduler.turn(300);
  const locks = csms.events('SlotStatus').slice(5); // what each slot said at the boot comes first
  assert.deepEqual(
    locks.map((it) => it.replace(/@\d+$/, '')),
    ['SlotStatus=Locked', 'SlotStatus=Open'],
  );
});

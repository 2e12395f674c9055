import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { kWh, type PackCode, Percent, type SlotNo } from '#units';
import { allocate, type StandingPack, type Wish } from './allocation.ts';
import { packModel } from './catalogue/packs.ts';
import { stationPreset } from './catalogue/stations.ts';
import { vehicleModel } from './catalogue/vehicles.ts';
import { compatible } from './compatibility.ts';
import { Firmware } from './firmware.ts';
import { bayOf, type PackModelId, type StationPresetId, usableWh, type VehicleModelId } from './model.ts';

const place = (car: string, where: string) => {
  const station = stationPreset(where as StationPresetId)!;
  return {
    vehicle: vehicleModel(car as VehicleModelId)!,
    station,
    bay: bayOf(station),
    firmware: { vehicle: Firmware('1.0.0'), station: Firmware('1.0.0') },
    at: Temporal.Instant.from('2026-11-22T08:00:00Z'),
  };
};
const nio = place('nio-es6', 'nio-g4');
const modular = place('bestune-nat', 'choco-30');
const courier = place('courier-motorcycle', 'cabinet-12');

const standing = (slot: number, model: string, over: Partial<StandingPack> = {}): StandingPack => ({
  code: `001PB240000003F3C${String(slot).padStart(7, '0')}` as PackCode,
  model: model as PackModelId,
  capacityWh: packModel(model as PackModelId)!.energyWh,
  soh: Percent(100),
  soc: Percent(90),
  quarantined: false,
  recalled: false,
  producedOn: Temporal.PlainDate.from('2025-01-01'),
  leakTestedOn: Temporal.PlainDate.from('2026-11-01'),
  leakTestPassed: true,
  firmware: Firmware('1.0.0'),
  efc: 100,
  matingCycles: 100,
  slot: slot as SlotNo,
  held: false,
  ...over,
});
const chosen = (where: typeof nio, wish: Wish) => {
  const it = allocate(where, wish);
  assert.ok(it.chosen, JSON.stringify(it));
  return { slots: it.packs.map((one) => one.slot), ...it };
};
const none = (where: typeof nio, wish: Wish) => {
  const it = allocate(where, wish);
  assert.ok(!it.chosen);
  return it;
};

test('a driver gets just enough, so that the fuller pack serves the next one', () => {
  const it = chosen(nio, { promisedWh: kWh(60), standing: [standing(1, 'nio-100'), standing(2, 'nio-75')] });
  assert.deepEqual([it.slots, it.usableWh, it.reason.code], [[2], 67_500, 'just-enough']);
  assert.match(it.reason.sentence, /slot 2: 67\.5 kWh for the promised 60\.0 kWh; slot 1 would give 22\.5 kWh more/);
  assert.equal(it.reason.facts.choices, 2);
});

test('of packs that are equally enough the least worn goes, then the least mated, then the lowest slot', () => {
  const packs = [standing(1, 'nio-75', { efc: 900 }), standing(2, 'nio-75', { efc: 300, soc: Percent(91) })];
  assert.deepEqual(chosen(nio, { promisedWh: kWh(60), standing: packs }).reason.code, 'least-worn');
  assert.deepEqual(chosen(nio, { promisedWh: kWh(60), standing: packs }).slots, [2]);
  const mated = chosen(nio, {
    promisedWh: kWh(60),
    standing: [standing(1, 'nio-75', { matingCycles: 101 }), standing(2, 'nio-75')],
  });
  assert.deepEqual([mated.slots, mated.reason.code], [[2], 'least-mated']);
  const twins = chosen(nio, { promisedWh: kWh(60), standing: [standing(9, 'nio-75'), standing(4, 'nio-75')] });
  assert.deepEqual([twins.slots, twins.reason.code], [[4], 'first-slot']);
  assert.equal(chosen(nio, { promisedWh: kWh(60), standing: [standing(9, 'nio-75')] }).reason.code, 'only-choice');
});

test('health counts: a full but worn pack is not enough for what was promised', () => {
  const worn = standing(1, 'nio-75', { soc: Percent(100), soh: Percent(79.9) });
  const it = none(nio, { promisedWh: kWh(60), standing: [worn] });
  assert.deepEqual([it.reason.code, it.reason.facts.bestWh], ['too-little', 59_925]);
});

test('held packs stay, and a plan gets the models it covers', () => {
  const packs = [standing(1, 'nio-75', { held: true }), standing(2, 'nio-100')];
  assert.deepEqual(chosen(nio, { promisedWh: kWh(60), standing: packs }).slots, [2]);
  const entitledTo = ['nio-75' as PackModelId];
  assert.equal(none(nio, { promisedWh: kWh(60), standing: packs, entitledTo }).reason.code, 'not-entitled');
  assert.equal(none(nio, { promisedWh: kWh(60), standing: packs.slice(0, 1) }).reason.code, 'no-pack');
});

test('when every pack is denied, the answer says by which clauses', () => {
  const packs = [
    standing(1, 'nio-75', { quarantined: true }),
    standing(2, 'choco-25-lfp'),
    standing(3, 'nio-75', { quarantined: true }),
  ];
  const it = none(nio, { promisedWh: kWh(40), standing: packs });
  assert.equal(it.reason.code, 'all-denied');
  assert.equal(it.reason.facts.quarantine, 2);
  assert.deepEqual(
    it.denied.map((one) => one.about),
    ['quarantine'],
  );
});

test('a car that does not fit the station is told so, whatever stands there', () => {
  const long = { ...nio, vehicle: { ...nio.vehicle, wheelbaseMm: 3500 } };
  const it = none(long, { promisedWh: kWh(40), standing: [standing(1, 'nio-75')] });
  assert.equal(it.reason.code, 'not-served');
  assert.match(it.reason.sentence, /3500 mm/);
});

test('modular cars get matched blocks, also matched to those that stay', () => {
  const block = (slot: number, soc: number, over: Partial<StandingPack> = {}) =>
    standing(slot, 'choco-block-26', { soc: Percent(soc), ...over });
  const packs = [block(1, 95), block(2, 85), block(3, 88), block(4, 86, { soh: Percent(90) })];
  const pair = chosen(modular, { promisedWh: kWh(44), standing: packs, count: 2 });
  assert.deepEqual(pair.slots.toSorted(), [2, 3]);
  const staying = [{ ...block(11, 93) }];
  assert.deepEqual(chosen(modular, { promisedWh: kWh(22), standing: packs, count: 1, staying }).slots, [3]);
  const three = none(modular, { promisedWh: kWh(60), standing: packs, count: 3 });
  assert.equal(three.reason.code, 'no-matched-set');
  assert.ok(three.denied.some((it) => it.aspect === 'set'));
  assert.equal(
    none(modular, { promisedWh: kWh(22), standing: packs, count: 3, staying }).reason.code,
    'no-matched-set',
  );
});

test('a wish for nothing is a mistake', () => {
  assert.throws(() => allocate(nio, { promisedWh: kWh(0), standing: [] }), RangeError);
  assert.throws(() => allocate(nio, { promisedWh: kWh(1), standing: [], count: 0 }), RangeError);
});

const anyPack = (models: readonly string[]) =>
  fc
    .record({
      model: fc.constantFrom(...models),
      soc: fc.oneof(fc.integer({ min: 80, max: 90 }), fc.integer({ min: 0, max: 100 })).map(Percent),
      soh: fc.integer({ min: 80, max: 100 }).map(Percent),
      efc: fc.integer({ min: 0, max: 5 }).map((it) => it * 100),
      flaw: fc.constantFrom<Partial<StandingPack>>(
        {},
        {},
        {},
        {},
        { quarantined: true },
        { recalled: true },
        { leakTestedOn: null },
        { held: true },
      ),
    })
    .map(
      ({ model, soc, soh, efc, flaw }) =>
        (slot: number) =>
          standing(slot, model, { soc, soh, efc, ...flaw }),
    );
const cases = fc.constantFrom(
  { where: nio, models: ['nio-75', 'nio-100', 'choco-25-lfp'], count: 1, most: 100 },
  { where: modular, models: ['choco-block-26'], count: 1, most: 25 },
  { where: modular, models: ['choco-block-26'], count: 2, most: 50 },
  { where: modular, models: ['choco-block-26'], count: 3, most: 75 },
  { where: courier, models: ['two-wheeler-48v'], count: 2, most: 3 },
);
const anyWish = cases.chain((it) =>
  fc.record({
    where: fc.constant(it.where),
    count: fc.constant(it.count),
    promisedWh: fc.integer({ min: 1, max: it.most * 1000 }).map((wh) => kWh(wh / 1000)),
    standing: fc.array(anyPack(it.models), { maxLength: 8 }).map((all) => all.map((inSlot, n) => inSlot(n + 1))),
    staying:
      it.where === modular && it.count < 3
        ? fc.array(
            anyPack(it.models).map((inSlot) => inSlot(99)),
            { maxLength: 1 },
          )
        : fc.constant([]),
  }),
);
const subsets = (packs: readonly StandingPack[], count: number): StandingPack[][] =>
  count === 0 ? [[]] : packs.flatMap((it, n) => subsets(packs.slice(n + 1), count - 1).map((rest) => [it, ...rest]));

test('never less than promised, never a denied or a held pack, and none only if there is none', () => {
  fc.assert(
    fc.property(anyWish, ({ where, ...wish }) => {
      const energy = (packs: readonly StandingPack[]) => packs.reduce((sum, it) => sum + usableWh(it), 0);
      const good = subsets(wish.standing, wish.count).filter(
        (set) =>
          !set.some((it) => it.held) &&
          energy(set) >= wish.promisedWh &&
          compatible({ ...where, packs: [...wish.staying, ...set] }).allowed,
      );
      const it = allocate(where, wish);
      assert.equal(it.chosen, good.length > 0, it.reason.sentence);
      if (!it.chosen) return;
      const slots = it.packs
        .map((one) => one.slot)
        .toSorted()
        .join();
      assert.ok(
        good.some(
          (set) =>
            set
              .map((one) => one.slot)
              .toSorted()
              .join() === slots,
        ),
      );
      assert.equal(it.usableWh, energy(it.packs));
      const least = Math.min(...good.map(energy));
      assert.ok(it.usableWh <= least + Math.max(1, wish.promisedWh * 0.05), 'more than just enough');
      const band = (wh: number) => Math.floor((wh - wish.promisedWh) / Math.max(1, wish.promisedWh * 0.05));
      const wear = (set: readonly StandingPack[]) => set.reduce((sum, one) => sum + one.efc, 0);
      const equals = good.filter((set) => band(energy(set)) === band(it.usableWh));
      assert.equal(wear(it.packs), Math.min(...equals.map(wear)), 'a less worn pack was as good');
    }),
    { numRuns: 1000 },
  );
});

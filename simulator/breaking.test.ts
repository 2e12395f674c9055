import assert from 'node:assert/strict';
import test from 'node:test';
import { chance } from '#units';
import { broken, packsIn } from './breaking.ts';
import { parseFault } from './faults.ts';
import { rosterPack, rosterStation, rosterVehicle } from './testing.ts';

const stations = [rosterStation()];
const here = packsIn({ stations, vehicles: [] });
const vehicle = rosterVehicle({ packs: [rosterPack('V-1'), rosterPack('V-2')] });
const all = packsIn({ stations, vehicles: [vehicle] });
const breaks = (fault: string, seed = 1, packs = all) => broken([parseFault(fault)], packs, chance(seed));

test('a fault of a pack breaks the pack that is named, as strong and as late as it says', () => {
  assert.deepEqual(Object.fromEntries(breaks('short:pack=V-2,cell=4,ohm=3,after=60')), {
    'V-2': [{ kind: 'internal-short', fromS: 60, cell: 4, ohm: 3 }],
  });
  assert.deepEqual(Object.fromEntries(breaks('insulation:pack=PACK-3|PACK-5')), {
    'PACK-3': [{ kind: 'insulation', fromS: 600, withinS: 3600, kOhm: 10 }],
    'PACK-5': [{ kind: 'insulation', fromS: 600, withinS: 3600, kOhm: 10 }],
  });
  const [[sensor]] = [...breaks('sensor:pack=V-1,of=temperature,at=99,does=stuck').values()] as [[object]];
  assert.deepEqual(sensor, { kind: 'sensor', fromS: 600, of: 'temperature', at: 17, does: { is: 'stuck' } });
});

test('without a name it is so many packs by chance: the same ones for the same seed, of one station where one is named', () => {
  const struck = (fault: string, seed?: number) => [...breaks(fault, seed).keys()];
  assert.equal(struck('coolant').length, 1);
  assert.deepEqual(struck('coolant'), struck('coolant'));
  const seeds = new Set(Array.from({ length: 30 }, (_, seed) => struck('coolant', seed)[0]));
  assert.ok(seeds.size >= 4, `${[...seeds]}`);
  assert.equal(struck('resistance:packs=3').length, 3);
  assert.equal(struck('resistance:packs=99').length, all.length);
  assert.equal(struck('resistance:packs=99,times=2').length, 2);
  assert.equal(struck('resistance:packs=99,share=0').length, 0);
  assert.ok(struck('resistance:packs=99,station=T-1').every((it) => here.some(({ serial }) => serial === it)));
});

test('several faults of one pack all come; other faults break no pack', () => {
  const faults = ['short:pack=V-1', 'cut', 'coolant:pack=V-1'].map(parseFault);
  assert.deepEqual(
    broken(faults, all, chance(1))
      .get('V-1')!
      .map((it) => it.kind),
    ['internal-short', 'coolant'],
  );
});

test('a pack that is not there, and figures that cannot be, are refused in words', () => {
  assert.throws(() => breaks('short:pack=NONE'), /fault short: no pack NONE is in the roster/);
  assert.throws(() => breaks('short:pack=V-1,station=T-1'), /fault short: no pack V-1 stands there/);
  assert.throws(() => parseFault('short:ohm=0'), /ohm and kohm are above 0/);
  assert.throws(() => parseFault('coolant:remains=2'), /remains is at most 1/);
  assert.throws(() => parseFault('resistance:factor=0.5'), /factor at least 1/);
  assert.throws(() => parseFault('resistance:factor='), /option factor of fault resistance must be a number/);
  assert.throws(() => parseFault('sensor:of=mood'), /option of of fault sensor is one of cell-voltage, current/);
  assert.throws(() => parseFault('sensor:by=much'), /option by of fault sensor must be a number/);
  assert.deepEqual(parseFault('sensor:by=-0.2').name, 'sensor');
});

test('only packs at stations that are played can be named', () => {
  assert.deepEqual(packsIn({ stations, vehicles: [] }, new Set(['T-2'])), []);
  assert.equal(packsIn({ stations, vehicles: [] }, new Set(['T-1'])).length, 3);
});

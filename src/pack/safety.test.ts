import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chance, type PackCode, Percent } from '#units';
import { packModels } from './catalogue/packs.ts';
import { stationPresets } from './catalogue/stations.ts';
import { vehicleModels } from './catalogue/vehicles.ts';
import { compatible, isAllowed } from './compatibility.ts';
import { Firmware } from './firmware.ts';
import { type Bay, bayOf, type Mount, type PackFacts, type StationPreset, type VehicleModel } from './model.ts';
import type { Question } from './standards/clause.ts';

// A million random triples of vehicle, packs and station, half of them nearly right, judged by the engine and by an oracle
// that was written apart from it: plain comparisons of fields, calendar by Temporal.

const TRIPLES = 1_000_000;
const any = chance(20_261_122);
const often = (share: number) => any.next() < share;
const today = ['2026-06-15', '2026-11-22', '2029-03-01'].map((it) => Temporal.PlainDate.from(it));
const instants = today.map((it) => it.toZonedDateTime({ timeZone: 'Asia/Shanghai', plainTime: '09:30' }).toInstant());

const shifted = (mount: Mount): Mount => {
  const by = any.pick([-9, -3, -2, -1, 1, 2, 2.5, 9]);
  const point = any.pick(['fixingAt', 'electricalAt', 'coolingAt'] as const);
  const axis = any.pick(['x', 'y', 'z'] as const);
  const moved = () => ({ ...mount, [point]: { ...mount[point], [axis]: mount[point][axis] + by } });
  const side = any.pick(['lengthMm', 'widthMm', 'heightMm'] as const);
  return any.pick<() => Mount>([
    moved,
    moved,
    () => ({ ...mount, [side]: mount[side] + by }),
    () => ({ ...mount, [any.pick(['lock', 'electrical', 'cooling', 'bms'])]: 'other' }),
  ])();
};
const vehicles = vehicleModels.flatMap((base) =>
  Array.from({ length: 100 }, (_, n): VehicleModel => {
    if (n < 35) return base;
    return any.pick<() => VehicleModel>([
      () => ({ ...base, mount: shifted(base.mount) }),
      () => ({ ...base, mount: shifted(base.mount) }),
      () => ({ ...base, mount: shifted(base.mount) }),
      () => ({ ...base, wheelbaseMm: any.pick([null, 2100, 2650, 2900, 2901, 3100, 3500]) }),
      () => ({ ...base, chemistries: [any.pick(['LFP', 'NMC'] as const)] }),
      () => ({ ...base, voltage: { min: base.voltage.min + any.between(0, 60), max: base.voltage.max } }),
      () => ({ ...base, voltage: { min: base.voltage.min, max: base.voltage.max - any.between(0, 60) } }),
      () => ({ ...base, maxPackMassKg: base.maxPackMassKg - any.between(0, 120) }),
      () => ({ ...base, minPackFirmware: Firmware('2.0.0') }),
      () => ({ ...base, commonPlatform: true }),
      () => ({ ...base, swap: any.pick(['chassis-robot', 'truck-top', 'cabinet'] as const) }),
      () => ({ ...base, blocks: { min: 1, max: 3 } }),
    ])();
  }),
);
const stations = stationPresets.flatMap((base) =>
  Array.from({ length: 12 }, (_, n): StationPreset => {
    if (n < 6) return base;
    return any.pick<() => StationPreset>([
      () => ({ ...base, families: [any.pick(packModels).family] }),
      () => ({ ...base, maxLoadKg: any.between(5, 900) }),
      () => ({ ...base, wheelbaseMm: { min: any.between(2000, 2900), max: any.between(2800, 3300) } }),
      () => ({ ...base, profile: any.pick(['chassis-robot', 'truck-side', 'cabinet'] as const) }),
    ])();
  }),
);
const bays = new Map<StationPreset, readonly Bay[]>(
  stations.map((it) => {
    const bay = bayOf(it);
    return [
      it,
      [
        bay,
        bay,
        bay,
        bay,
        { ...bay, inService: false },
        { ...bay, profile: 'truck-top' },
        { ...bay, maxLoadKg: any.between(5, 900) },
      ],
    ];
  }),
);

/** Days on both sides of every limit: too new, too old, leap days. */
const births = [
  '2018-06-15',
  '2018-11-22',
  '2018-11-23',
  '2020-02-29',
  '2021-03-01',
  '2021-02-28',
  '2024-01-01',
  '2026-11-22',
  '2026-11-23',
];
let made = 0;
const packs = packModels.flatMap((model) =>
  Array.from({ length: 1500 }, (): PackFacts => {
    const serial = String(++made).padStart(7, '0');
    const flawed = often(0.5);
    const flaw = (share: number) => flawed && often(share);
    return {
      code: (flaw(0.1) ? `001PB24F3C${serial}RP` : `001PB240000003F3C${serial}`) as PackCode,
      model: model.id,
      capacityWh: model.energyWh,
      soh: Percent(flawed ? any.between(0, 100) : any.pick([86, 89, 90, 91, 92])),
      soc: Percent(flawed ? any.between(0, 100) : any.between(88, 92)),
      quarantined: flaw(0.15),
      recalled: flaw(0.15),
      producedOn: Temporal.PlainDate.from(flaw(0.4) ? any.pick(births) : '2024-05-05'),
      leakTestedOn: flaw(0.1) ? null : Temporal.PlainDate.from(flaw(0.1) ? '2026-11-23' : '2026-06-15'),
      leakTestPassed: !flaw(0.15),
      firmware: Firmware(flaw(0.3) ? any.pick(['0.9.9', '1.0.0', '2.0.0']) : '1.5.0'),
      efc: 100,
      matingCycles: flaw(0.1) ? any.pick([2999, 3000, 5000, 9000]) : 100,
    };
  }),
);
const packsOf = Map.groupBy(packs, (it) => packModels.find((model) => model.id === it.model)!.mount);

/** Facts about single packs that are slow to compute: by [instant] whether the calendar forbids the pack. */
const calendar = new Map(
  packs.map((it) => [
    it,
    today.map((now) => {
      const dies = it.producedOn.add({ years: packModels.find((model) => model.id === it.model)!.maxAgeYears });
      const tested = it.leakTestedOn;
      return (
        it.producedOn.since(now).sign > 0 ||
        now.until(dies).sign <= 0 ||
        tested === null ||
        tested.since(now).sign > 0 ||
        tested.since(it.producedOn).sign < 0 ||
        it.soh === 0 ||
        !it.leakTestPassed
      );
    }),
  ]),
);
const modelById = Object.fromEntries(packModels.map((it) => [it.id as string, it]));

const table1 = (mm: number) =>
  mm > 4000
    ? 0
    : mm > 2000
      ? 8
      : mm > 1000
        ? 6
        : mm > 400
          ? 4
          : mm > 120
            ? 3
            : mm > 30
              ? 2
              : mm > 6
                ? 1.5
                : mm > 3
                  ? 1
                  : 0.5;
const off = (a: number, b: number, by: number) => a - b > by || b - a > by;
const pointOff = (a: Mount['fixingAt'], b: Mount['fixingAt']) =>
  off(a.x, b.x, 2) || off(a.y, b.y, 2) || off(a.z, b.z, 2);

function isUnsafe(q: Question, now: number): boolean {
  const { vehicle: car, station, bay, packs: set } = q;
  if (set.length < car.blocks.min || set.length > car.blocks.max || new Set(set).size < set.length) return true;
  if (car.swap !== station.profile || car.swap !== bay.profile || !bay.inService) return true;
  const gate = station.wheelbaseMm;
  if (gate && (car.wheelbaseMm === null || car.wheelbaseMm < gate.min || car.wheelbaseMm > gate.max)) return true;
  const charges = set.map((it) => it.soc).sort((a, b) => a - b);
  const healths = set.map((it) => it.soh).sort((a, b) => a - b);
  if (charges.at(-1)! - charges[0]! > 5 || healths.at(-1)! - healths[0]! > 3) return true;
  for (const pack of set) {
    const { mount, ...model } = modelById[pack.model]!;
    const seat = car.mount;
    if (pack.quarantined || pack.recalled || calendar.get(pack)![now] || /R[PMC]$/.test(pack.code)) return true;
    if (pack.firmware !== set[0]!.firmware || model.chemistry !== modelById[set[0]!.model]!.chemistry) return true;
    if (!car.chemistries.some((it) => it === model.chemistry)) return true;
    if (mount.lock !== seat.lock || mount.electrical !== seat.electrical) return true;
    if (mount.cooling !== seat.cooling || mount.bms !== seat.bms) return true;
    if (off(mount.lengthMm, seat.lengthMm, table1(seat.lengthMm))) return true;
    if (off(mount.widthMm, seat.widthMm, table1(seat.widthMm))) return true;
    if (off(mount.heightMm, seat.heightMm, table1(seat.heightMm))) return true;
    // A two-wheeler's pack slides into a drawer: no positions are demanded of it.
    if (car.class !== 'L') {
      if (pointOff(mount.fixingAt, seat.fixingAt) || pointOff(mount.electricalAt, seat.electricalAt)) return true;
      if (pointOff(mount.coolingAt, seat.coolingAt)) return true;
    }
    if (model.voltage.min < car.voltage.min || model.voltage.max > car.voltage.max) return true;
    if (model.massKg > Math.min(car.maxPackMassKg, station.maxLoadKg, bay.maxLoadKg)) return true;
    if (!station.families.some((it) => it === model.family) || pack.matingCycles >= model.ratedMatings) return true;
    if (pack.firmware < car.minPackFirmware) return true;
    if (q.firmware.vehicle < model.needsVehicleFirmware || q.firmware.station < model.needsStationFirmware) return true;
    if (car.commonPlatform && car.class === 'M1' && now > 0 && !model.commonPlatform) return true;
  }
  return false;
}

const homeOf = new Map(
  vehicles.map((it) => {
    const base = vehicleModels.find((one) => one.id === it.id)!;
    return [it, { packs: packsOf.get(base.mount)!, stations: stations.filter((one) => one.profile === base.swap) }];
  }),
);

function randomQuestion(now: number): Question {
  const vehicle = any.pick(vehicles);
  const home = homeOf.get(vehicle)!;
  const station = often(0.8) ? any.pick(home.stations) : any.pick(stations);
  const count = often(0.9) ? any.between(vehicle.blocks.min, vehicle.blocks.max) : any.between(0, 4);
  return {
    vehicle,
    station,
    packs: Array.from({ length: count }, () => any.pick(often(0.95) ? home.packs : packs)),
    bay: any.pick(bays.get(station)!),
    firmware: { vehicle: Firmware1(), station: Firmware1() },
    at: instants[now]!,
  };
}
const [old, current] = [Firmware('0.9.0'), Firmware('1.0.0')];
const Firmware1 = () => (often(0.03) ? old : current);

test('of a million random triples none is allowed that is unsafe, and none denied that is safe', () => {
  let allowed = 0;
  for (let n = 0; n < TRIPLES; n++) {
    const now = n % instants.length;
    const q = randomQuestion(now);
    const verdict = isAllowed(q);
    if (verdict === isUnsafe(q, now))
      assert.fail(`${verdict ? 'unsafe allow' : 'needless denial'}: ${JSON.stringify(q)}`);
    if (verdict) allowed++;
  }
  // Both answers must be frequent, or the comparison says little.
  assert.ok(allowed > TRIPLES / 50 && allowed < TRIPLES / 2, `${allowed} allowed`);
});

test('the reasoned verdict is the fast one, names every denial once, and each says measured and required', () => {
  for (let n = 0; n < 20_000; n++) {
    const q = randomQuestion(n % instants.length);
    const verdict = compatible(q);
    assert.equal(verdict.allowed, isAllowed(q));
    if (verdict.allowed) continue;
    assert.ok(verdict.denied.length > 0);
    const facts = verdict.denied.map((it) => `${it.pack} ${it.about}`);
    assert.equal(new Set(facts).size, facts.length);
    for (const it of verdict.denied) assert.match(it.sentence, /measured .+, required .+ \(.+\)$/);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { kWh } from '#units';
import { stationPreset, stationPresets } from './catalogue/stations.ts';
import type { StationPresetId } from './model.ts';
import { throughput, turnHoursFor } from './throughput.ts';

const preset = (id: string) => stationPreset(id as StationPresetId)!;
const busy = { energyPerSwapWh: kWh(35), wantedPerDay: 5000 };

test('at two hours a turn, 27 packs make 324 swaps a day and 39 make 468, however fast the arm', () => {
  const small = throughput(preset('geely-27'), { ...busy, turnHours: 2 });
  const large = throughput(preset('geely-39'), { ...busy, turnHours: 2 });
  assert.deepEqual([small.perDay, small.limitedBy, small.mechanical], [324, 'charging', 1440]);
  assert.deepEqual([large.perDay, large.limitedBy], [468, 'charging']);
});

test('each limit can be the one that binds', () => {
  const by = (id: string, running = {}) => throughput(preset(id), { ...busy, ...running }).limitedBy;
  assert.equal(by('choco-30', { turnHours: 0.2, energyPerSwapWh: kWh(10) }), 'mechanical');
  assert.equal(by('nio-g3', { energyPerSwapWh: kWh(70) }), 'power');
  assert.equal(by('nio-g3', { wantedPerDay: 32 }), 'demand');
  assert.equal(throughput(preset('nio-g5'), { ...busy, family: 'firefly' }).mechanical, 411);
});

test('822 swaps a day with 30 packs ask for a 53-minute turn and about 1.2 MW', () => {
  assert.equal(Math.round(turnHoursFor(30, 822) * 60), 53);
  const choco = throughput(preset('choco-30'), busy);
  assert.ok(choco.perDay >= 800 && choco.perDay <= 864, `${choco.perDay}`);
  assert.equal(
    throughput({ ...preset('choco-30'), powerLimitW: preset('nio-g3').powerLimitW }, busy).limitedBy,
    'power',
  );
});

test('no preset claims more a day than its own turn and arm allow', () => {
  for (const it of stationPresets) {
    const { mechanical, charging } = throughput(it, busy);
    assert.ok((it.vendorMaxPerDay ?? 0) <= Math.min(mechanical, charging) * 1.01, it.id);
  }
});

test('more packs, more power or more drivers never make fewer swaps', () => {
  const any = fc.record({
    turnHours: fc.double({ min: 0.1, max: 10, noNaN: true }),
    packs: fc.nat(60),
    wantedPerDay: fc.nat(2000),
  });
  fc.assert(
    fc.property(any, fc.constantFrom(...stationPresets), fc.nat(20), (running, station, more) => {
      const before = throughput(station, { ...busy, ...running });
      const after = throughput(station, { ...busy, ...running, packs: running.packs + more });
      assert.ok(after.perDay >= before.perDay);
      assert.equal(before.perDay, Math.min(before.mechanical, before.charging, before.power, before.demand));
    }),
  );
});

test('a charging turn of no time is refused', () => {
  assert.throws(() => throughput(preset('geely-27'), { ...busy, turnHours: 0 }), RangeError);
});

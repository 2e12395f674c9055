import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mounts } from '../catalogue/mounts.ts';
import { diffProfiles, diffReport } from './diff.ts';
import { profiles, profilesInForce } from './profiles.ts';
import { cited, HOUSE, standards } from './registry.ts';
import { OUTLINE_TOLERANCE, outlineTolerance, sameOutline, samePosition } from './tolerance.ts';

const at = (day: string) => Temporal.Instant.from(`${day}T00:00:00+08:00`);
const byId = (id: string) => profiles.find((it) => it.id === id)!;

test('the wrongly cited GB/T 39084 leads to the right set of standards, in any spelling, and says so', () => {
  for (const text of ['GB/T 39084-2020', 'GB/T39084—2020', 'gbt 39084', 'ＧＢ／Ｔ 39084-2020']) {
    const it = cited(text);
    const numbers = it.means.map((one) => one.number);
    for (const wanted of ['GB/T 40032-2021', 'GB/T 40032.2-2025', 'GB/T 29772-2024', 'GB/T 45098-2024'])
      assert.ok(numbers.includes(wanted), `${text}: ${wanted}`);
    assert.equal(numbers.filter((one) => one.startsWith('QC/T 1204.')).length, 5);
    assert.equal(numbers.filter((one) => one.startsWith('QC/T 1201.')).length, 5);
    assert.ok(numbers.some((one) => one.startsWith('GB/T 33341')));
    assert.ok(!numbers.some((one) => one.includes('39084')));
    assert.match(it.note!, /express packaging/);
  }
});

test('a right citation leads to itself, an unknown one to nothing', () => {
  assert.deepEqual(
    cited('qc/t 1204.4—2024').means.map((it) => it.number),
    ['QC/T 1204.4-2024'],
  );
  assert.deepEqual(
    cited('GB/T 29772').means.map((it) => it.number),
    ['GB/T 29772-2024'],
  );
  assert.deepEqual(cited('GB/T 29772-2013').means, []);
  assert.deepEqual([cited('GB 1').means, cited('GB 1').note], [[], null]);
});

test('every clause cites a standard of the registry or is a house rule, and none claims to be certified', () => {
  const known = new Set(standards.map((it) => it.number));
  for (const { ref } of profiles.flatMap((it) => it.clauses)) {
    assert.ok(ref.standard === HOUSE ? ref.status === 'house rule' : known.has(ref.standard), ref.id);
    if (ref.standard !== HOUSE) assert.equal(ref.status, 'profile implemented, not certified');
    assert.ok(ref.evidence.length > 5);
  }
});

test('no profile cites a standard before it is in force', () => {
  const from = new Map(standards.map((it) => [it.number, it.inForceFrom]));
  for (const profile of profiles)
    for (const { ref } of profile.clauses)
      if (ref.standard !== HOUSE) assert.ok(from.get(ref.standard)! <= profile.validFrom, `${profile.id}: ${ref.id}`);
});

test('each day has one version of a profile: QC/T 1243 joins on 1 July 2026, Chinese time', () => {
  const versions = (instant: Temporal.Instant) => profilesInForce('passenger', instant).map((it) => it.id);
  const eve = at('2026-07-01').subtract({ nanoseconds: 1 });
  assert.ok(versions(eve).includes('passenger-lock@1') && !versions(eve).includes('passenger-lock@2'));
  assert.ok(versions(at('2026-07-01')).includes('passenger-lock@2'));
  for (const scope of ['passenger', 'commercial', 'light'] as const)
    for (const day of ['2025-11-01', '2026-06-30', '2026-07-01', '2030-01-01']) {
      const aspects = profilesInForce(scope, at(day)).map((it) => it.aspect);
      assert.equal(new Set(aspects).size, aspects.length);
      assert.ok(aspects.includes('lock') && aspects.includes('station'));
    }
  assert.deepEqual(profilesInForce('passenger', at('2020-01-01')), []);
});

test('the diff of two versions names what the common platform adds', () => {
  const diff = diffProfiles(byId('passenger-mechanical@1'), byId('passenger-mechanical@2'));
  assert.deepEqual(
    diff.added.map((it) => it.id),
    ['QC/T 1243.1-2025 annex A outline', 'QC/T 1243.1-2025 8 common-platform'],
  );
  assert.deepEqual([diff.removed, diff.changed], [[], []]);
  assert.match(diffReport(diff), /^passenger-mechanical@1 -> passenger-mechanical@2\n\+ QC\/T 1243\.1-2025 annex A/);
  assert.match(diffReport(diffProfiles(byId('light-lock@1'), byId('light-lock@1'))), /no change/);
});

test('the diff shows removed clauses and changed limits', () => {
  const cars = byId('passenger-station@1');
  const diff = diffProfiles(cars, {
    ...byId('commercial-station@1'),
    clauses: byId('commercial-station@1').clauses.slice(1),
  });
  assert.deepEqual(
    diff.removed.map((it) => it.about),
    ['swap-profile'],
  );
  assert.deepEqual(diff.changed.map((it) => [it.field, it.from, it.to])[1], [
    'limits',
    '{"seconds":300}',
    '{"seconds":360}',
  ]);
});

test('outlines may differ by table 1 of QC/T 1204.4-2024, interface positions by 2 mm', () => {
  assert.deepEqual(
    [3, 3.1, 30, 30.1, 400, 401, 1000, 2000, 2001, 4000, 4001].map(outlineTolerance),
    [0.5, 1, 1.5, 2, 3, 4, 4, 6, 8, 8, 0],
  );
  assert.equal(OUTLINE_TOLERANCE.length, 8);
  const { nio } = mounts;
  assert.ok(sameOutline({ ...nio, lengthMm: 2070, heightMm: 183 }, nio));
  assert.ok(!sameOutline({ ...nio, lengthMm: 2070.1 }, nio));
  assert.ok(!sameOutline({ ...nio, heightMm: 182.9 }, nio));
  assert.ok(!sameOutline({ ...nio, widthMm: Number.NaN }, nio));
  assert.ok(samePosition({ x: 1, y: 2, z: 3 }, { x: 3, y: 0, z: 3 }));
  assert.ok(!samePosition({ x: 1, y: 2, z: 3 }, { x: 3.01, y: 0, z: 3 }));
});

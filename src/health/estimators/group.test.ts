// The rules of every estimate, on SYNTHETIC cells: nothing here says how good an estimate of a real battery is.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Cell, MODES, SIGNALS } from './cells/cycle.ts';
import { syntheticCells, syntheticGroup } from './cells/synthetic.ts';
import { courses } from './courses.ts';
import { evaluate } from './evaluate.ts';
import { trainGroup } from './group.ts';
import { healthModel, readModel, written } from './kept/model.ts';
import { putInShadow } from './kept/registry.ts';
import { decide, modelOf, putModel, putRegistry, registryOf, replays } from './kept/shelf.ts';
import { trainGroups } from './parallel.ts';
import { predictions } from './predict.ts';

const group = { ...syntheticGroup, testEveryCycles: 40 };
const train = syntheticCells(5, 1, 130);
const unseen = syntheticCells(3, 2, 130);
const model = trainGroup(group, { train, calibration: [] });
const provenance = {
  hash: { SYNTHETIC: 'none' },
  split: { SYNTHETIC: { train: [], calibration: [] } },
  synthetic: true,
};

test('a charge to come changes no estimate, interval or forecast before it, to the last bit', () => {
  const anyFigure = fc.oneof(fc.double({ min: -10, max: 10 }), fc.constant(Number.NaN));
  fc.assert(
    fc.property(
      fc.nat(2),
      fc.nat(100),
      fc.array(anyFigure, { minLength: SIGNALS.length, maxLength: SIGNALS.length }),
      fc.double({ min: 0.3, max: 1.2, noNaN: true }),
      (which, row, figures, soh) => {
        const cell = unseen[which]!;
        const changed: Cell = { ...cell, signals: cell.signals.slice(), soh: cell.soh.slice() };
        changed.signals.set(figures, row * SIGNALS.length);
        changed.soh[row] = soh;
        const [before, after] = [courses(model, cell), courses(model, changed)];
        MODES.forEach((_, mode) => {
          for (const figure of ['soh', 'life'] as const)
            for (const what of ['value', 'half'] as const)
              assert.deepEqual(
                after.courses[mode]![figure]![what].subarray(0, row),
                before.courses[mode]![figure]![what].subarray(0, row),
              );
        });
        assert.deepEqual(after.standing.slice(0, row), before.standing.slice(0, row));
      },
    ),
    { numRuns: 40 },
  );
});

test('without a capacity test no label of the cell is used, nor is its own before it is measured', () => {
  const blind = unseen.map((it) => ({ ...it, soh: new Float64Array(it.rows).fill(Number.NaN) }));
  unseen.forEach((cell, i) => {
    const of = (it: Cell) => courses(model, it).courses;
    assert.deepEqual(of(blind[i]!)[0]!.soh, of(cell)[0]!.soh);
    const row = 80; // a test of capacity
    const other = { ...cell, soh: cell.soh.with(row, 0.5) };
    assert.equal(of(other)[2]!.soh.value[row], of(cell)[2]!.soh.value[row]);
    assert.notEqual(of(other)[2]!.soh.value[row + 1], of(cell)[2]!.soh.value[row + 1]);
    assert.deepEqual(of(other)[1]!.soh, of(cell)[1]!.soh);
  });
});

test('training twice, in threads or not, gives the same bytes, and the file reads back as it was', async () => {
  const again = await trainGroups([{ group, train, calibration: [] }]);
  const bytes = written(healthModel([model], provenance));
  assert.equal(written(healthModel(again, provenance)), bytes);
  const read = readModel(bytes);
  assert.ok(read.ok);
  assert.deepEqual(courses(read.model.groups[0]!, unseen[0]!), courses(model, unseen[0]!));
  const changed = readModel(bytes.replace('"meanSoh":0.', '"meanSoh":1.'));
  assert.deepEqual(changed, { ok: false, problem: 'it was changed since it was trained: its id does not fit' });
});

test('the order of the cells changes no score', () => {
  const scores = evaluate(model, unseen);
  const rounded = (it: unknown) =>
    JSON.stringify(it, (_, v) => (typeof v === 'number' ? Number(v.toPrecision(10)) : v));
  assert.equal(rounded(evaluate(model, unseen.toReversed())), rounded(scores));
  assert.deepEqual(
    scores.map((it) => it.rows),
    MODES.map(() => unseen.reduce((sum, it) => sum + it.rows, 0)),
    'every charge is scored',
  );
});

test('on synthetic cells the estimators beat what needs no model, and more knowledge does not hurt', () => {
  const [none, commissioned, retested] = evaluate(model, unseen);
  assert.ok(none!.mape < none!.baselines.meanSohMape / 2, JSON.stringify(none));
  for (const it of [commissioned!, retested!])
    assert.ok(it.mape < it.baselines.holdLastTestMape! / 2, JSON.stringify(it));
  assert.ok(retested!.rmse <= none!.rmse * 1.1);
  for (const it of [none!, commissioned!, retested!]) assert.ok(it.coverage90 > 0.7, JSON.stringify(it));
});

test('an estimate is a share between nothing and one and a half, inside its own interval, whatever a charge looks like', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 80, maxLength: 160 }),
      (figures) => {
        const rows = Math.floor(figures.length / SIGNALS.length);
        const cell = { name: 'any', rows, signals: Float64Array.from(figures), soh: new Float64Array(rows).fill(0.9) };
        for (const mode of MODES)
          for (const { soh } of predictions(model, cell, mode))
            if (soh) assert.ok(0 <= soh.low && soh.low <= soh.value && soh.value <= soh.high && soh.high <= 1.5);
      },
    ),
  );
});

test('the charge of a pack with more capacity is estimated higher, when they are five points apart', () => {
  const courseOf = unseen.map((it) => courses(model, it).courses);
  const place = fc.tuple(fc.nat(2), fc.integer({ min: 12, max: 100 }));
  fc.assert(
    fc.property(place, place, fc.constantFrom(0, 1, 2), ([a, i], [b, k], mode) => {
      const [one, other] = [unseen[a]!.soh[i]!, unseen[b]!.soh[k]!];
      if (one - other > 0.05)
        assert.ok(courseOf[a]![mode]!.soh.value[i]! > courseOf[b]![mode]!.soh.value[k]!, `${one} and ${other}`);
    }),
  );
});

test('charges unlike all training charges widen the interval, then nothing is said, with the reason', () => {
  const cell = unseen[0]!;
  const moved = (by: number) => {
    const signals = cell.signals.slice();
    for (let row = 50; row < 60; row++) for (const signal of [0, 7, 13]) signals[row * SIGNALS.length + signal]! *= by;
    return predictions(model, { ...cell, signals }, 'none')[55]!;
  };
  const [usual, odd, strange] = [moved(1), moved(1.005), moved(3)];
  assert.equal(usual.standing, 'sound');
  assert.equal(odd.standing, 'widened');
  assert.ok(odd.soh!.high - odd.soh!.low > usual.soh!.high - usual.soh!.low);
  assert.match(odd.reason!, /outside of the training charges: voltage mean/);
  assert.deepEqual([strange.standing, strange.soh, strange.remaining], ['abstained', null, null]);
  assert.match(strange.reason!, /far outside of all training charges: voltage mean, voltage entropy, CV charge time/);
});

test('gaps, copies and first charges are told, not guessed at', () => {
  const cell = unseen[0]!;
  const signals = cell.signals.slice();
  signals.fill(Number.NaN, 30 * SIGNALS.length, 30 * SIGNALS.length + 4);
  signals.copyWithin(40 * SIGNALS.length, 39 * SIGNALS.length, 40 * SIGNALS.length);
  signals[50 * SIGNALS.length + 7] = Number.NaN;
  const said = predictions(model, { ...cell, signals }, 'none');
  assert.match(said[0]!.reason!, /fewer than 3 charges/);
  assert.match(said[30]!.reason!, /no usable voltage mean/);
  assert.match(said[40]!.reason!, /same charge as charge 40/);
  assert.deepEqual([said[30]!.soh, said[40]!.soh, said[50]!.standing], [null, null, 'widened']);
  const replayed = cell.signals.slice();
  replayed.copyWithin(60 * SIGNALS.length, 20 * SIGNALS.length, 25 * SIGNALS.length);
  const again = predictions(model, { ...cell, signals: replayed }, 'none');
  assert.deepEqual(
    again.slice(60, 65).map((it) => it.reason),
    [21, 22, 23, 24, 25].map((it) => `the same charge as charge ${it}, to the last digit`),
  );
});

test('a decision is made again from its stored input to the last bit, by the model that is kept under its id', () => {
  const shelf = { folder: mkdtempSync(join(tmpdir(), 'packloop-shelf-')) };
  try {
    const whole = healthModel([model], provenance);
    putModel(shelf, whole);
    const decision = decide(whole, 'SYNTHETIC', unseen[0]!, 'retested');
    const stored = JSON.parse(JSON.stringify(decision));
    assert.equal(replays(stored, modelOf(shelf, decision.model), unseen[0]!), true);
    assert.equal(replays(stored, whole, unseen[1]!), false, 'another cell is another input');
    assert.equal(replays({ ...stored, mode: 'none' }, whole, unseen[0]!), false);
    assert.deepEqual(registryOf(shelf).live, null);
    const shadow = putInShadow(registryOf(shelf), whole.id, { at: '2026-01-01T00:00:00Z', by: 'engineer', why: 'new' });
    assert.ok(shadow.ok);
    putRegistry(shelf, shadow.registry);
    assert.equal(registryOf(shelf).shadow, whole.id);
  } finally {
    rmSync(shelf.folder, { recursive: true, force: true });
  }
});

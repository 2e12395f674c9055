// Each detector is held against sessions of a well pack in which one thing is changed from the twentieth day on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PointName, Session } from './session.ts';
import { DAY_S } from './shown.ts';
import { signsIn, wellFor } from './testing.ts';

const CELL = 41;
const CHANGES_S = 21 * DAY_S;
const well = { NMC: wellFor(30), LFP: wellFor(30, 'LFP'), NCA: wellFor(30, 'NCA') };

const from = (sessions: readonly Session[], change: (it: Session, days: number) => Session): Session[] =>
  sessions.map((it) => (it.endedS < CHANGES_S ? it : change(it, (it.endedS - CHANGES_S) / DAY_S)));
const movedAt = (session: Session, at: readonly PointName[], byMv: number, cell = CELL): Session => ({
  ...session,
  points: session.points.map((point) =>
    at.includes(point.at)
      ? { ...point, cellMv: point.cellMv.map((mv, i) => (i === cell && mv !== null ? Math.round(mv + byMv) : mv)) }
      : point,
  ),
});
const found = (sessions: readonly Session[], chemistry: keyof typeof well = 'NMC') =>
  signsIn(sessions, chemistry).filter((it) => it.level !== 'note');

test('a month of a well pack, NMC, LFP or NCA, raises nothing', () => {
  assert.deepEqual(found(well.NMC), []);
  assert.deepEqual(found(well.LFP, 'LFP'), []);
  assert.deepEqual(found(well.NCA, 'NCA'), []);
});

test('a cell that stands 40 mV apart under load and at rest is found as an outlier of voltage, by name', () => {
  const signs = found(from(well.NMC, (it) => movedAt(it, ['end-of-charge', 'rest-after'], 40)));
  const voltage = signs.filter((it) => it.detector === 'voltage');
  assert.ok(voltage.length > 0);
  assert.ok(voltage.every((it) => it.cell === CELL && it.value > it.threshold));
  assert.ok(
    signs.every((it) => it.detector !== 'leak'),
    'upwards is no leak',
  );
});

test('a cell that loses 6 mV a day at rest is found as a leak, with a short of a hundred ohm or so', () => {
  const signs = found(from(well.NMC, (it, days) => movedAt(it, ['end-of-charge', 'rest-after'], -6 * days)));
  const leak = signs.filter((it) => it.detector === 'leak');
  assert.ok(leak.length > 0 && leak.every((it) => it.cell === CELL));
  const { ohm } = leak.at(-1)!;
  assert.ok(ohm !== undefined && ohm > 30 && ohm < 300, `${ohm}`);
});

test('one charge is enough for a leak that two readings of it show; one wild reading is not', () => {
  const last = well.NMC.findLastIndex((it) => it.kind === 'charge');
  const once = (at: readonly PointName[]) =>
    found(well.NMC.slice(0, last + 1).map((it, n) => (n === last ? movedAt(it, at, -25) : it)));
  const both = once(['end-of-charge', 'rest-after']);
  assert.ok(
    both.some((it) => it.detector === 'leak' && it.by === 'once' && it.cell === CELL && it.level === 'inspect'),
    JSON.stringify(both),
  );
  assert.ok(once(['rest-after']).every((it) => it.by !== 'once'));
  assert.ok(once(['end-of-charge']).every((it) => it.detector !== 'leak'));
});

test('an LFP cell that does not reach the top any more is found as a leak, and so is one that is empty too early', () => {
  const top = found(
    from(well.LFP, (it) => movedAt(it, ['rest-after'], -14)),
    'LFP',
  );
  assert.ok(top.some((it) => it.detector === 'leak' && it.cell === CELL));
  const low = found(
    from(well.LFP, (it) => movedAt(it, ['rest-before'], -80)),
    'LFP',
  );
  assert.ok(low.some((it) => it.detector === 'leak-low' && it.cell === CELL));
});

test('a cell that falls a third further when the current ends is found as resistance', () => {
  const signs = found(from(well.NMC, (it) => movedAt(it, ['equal-soc', 'end-of-charge'], 28)));
  assert.ok(signs.some((it) => it.detector === 'resistance' && it.cell === CELL));
  assert.ok(signs.every((it) => it.cell === CELL));
});

test('a cell that rises further from rest to rest has lost capacity', () => {
  const signs = found(from(well.NMC, (it) => movedAt(it, ['rest-before'], -70)));
  assert.ok(signs.some((it) => it.detector === 'capacity' && it.cell === CELL));
});

test('a probe that is 4 °C warmer than its neighbours is found, and a pack that is 6 °C warmer than it should be', () => {
  const add = (it: Session, kelvin: number, only?: number): Session => ({
    ...it,
    probeAfterC: it.probeAfterC.map((c, p) => (c !== null && (only ?? p) === p ? c + kelvin : c)),
  });
  const one = found(from(well.NMC, (it) => add(it, 4, 9)));
  assert.ok(one.some((it) => it.detector === 'heat' && it.probe === 9));
  const all = found(from(well.NMC, (it) => add(it, 6)));
  assert.ok(all.some((it) => it.detector === 'heat-pack' && it.cell === null && it.probe === null));
  assert.ok(all.every((it) => it.detector === 'heat-pack'));
});

test('insulation that falls to a tenth is found by its trend; below 100 ohm for each volt the pack stands still', () => {
  const worn = (it: Session, share: number): Session => ({
    ...it,
    insulationKOhm: it.insulationKOhm === null ? null : Math.round(it.insulationKOhm * share),
  });
  const tenth = found(from(well.NMC, (it) => worn(it, 0.1)));
  assert.ok(tenth.some((it) => it.detector === 'insulation'));
  const law = found(from(well.NMC, (it) => ({ ...it, insulationKOhm: 30 })));
  assert.ok(law.some((it) => it.detector === 'insulation-law' && it.level === 'stop' && it.value < 100));
});

test('a told charge that jumps while nothing flows is found, and one that rises further than was counted', () => {
  const jumps = found(from(well.NMC, (it) => (it.kind === 'rest' ? { ...it, socAfter: it.socBefore! - 8 } : it)));
  assert.ok(jumps.some((it) => it.detector === 'soc-jump'));
  const counts = found(
    from(well.NMC, (it) => (it.chargedAh === null ? it : { ...it, chargedAh: it.chargedAh * 0.85 })),
  );
  assert.ok(counts.some((it) => it.detector === 'charge-count'));
});

test('features of shape name a cell that moves otherwise, and never raise an alarm', () => {
  const signs = signsIn(from(well.NMC, (it) => movedAt(it, ['end-of-charge'], -400)));
  assert.ok(signs.some((it) => it.detector === 'correlation' && it.cell === CELL));
  assert.ok(
    signs.filter((it) => it.detector === 'correlation' || it.detector === 'entropy').every((it) => it.level === 'note'),
  );
});

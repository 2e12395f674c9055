import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shipped } from './testing.ts';
import { tried } from './trial.ts';

test('a short that the twin puts into one cell is found, and the cell is named', () => {
  const ten = tried({
    chemistry: 'NMC',
    fault: (fromS) => ({ kind: 'internal-short', fromS, cell: 17, ohm: 10 }),
    seed: 31,
    thresholds: shipped,
  });
  assert.ok(ten.foundH <= 24 && ten.isRightCell && !ten.wasSuspected, JSON.stringify(ten));
  const nca = tried({
    chemistry: 'NCA',
    fault: (fromS) => ({ kind: 'internal-short', fromS, cell: 44, ohm: 10 }),
    seed: 34,
    thresholds: shipped,
  });
  assert.ok(nca.foundH <= 24 && nca.isRightCell && !nca.wasSuspected, JSON.stringify(nca));
  const lfp = tried({
    chemistry: 'LFP',
    fault: (fromS) => ({ kind: 'internal-short', fromS, cell: 80, ohm: 10 }),
    seed: 32,
    thresholds: shipped,
  });
  assert.ok(lfp.charges <= 2 && lfp.isRightCell, JSON.stringify(lfp));
});

test('a short that is none is not found', () => {
  const none = tried({
    chemistry: 'NMC',
    fault: (fromS) => ({ kind: 'internal-short', fromS, cell: 17, ohm: 1e9 }),
    seed: 33,
    thresholds: shipped,
  });
  assert.ok(Number.isNaN(none.foundH) && !none.wasSuspected, JSON.stringify(none));
});
